import type { ApiMessage } from "../../../api-types";
import { formatTimestamp, parseTimestamp } from "../../../timestamps";
import type { ApiRequest, Mutant } from "../mutant";

const OFFSET = /(?:Z|[+-]\d\d:\d\d)$/;

/** Defects of reading messages. */
export const messageMutants: readonly Mutant[] = [
  {
    name: "sort is not heard",
    caughtBy: "law-18",
    request: { listMessages: ({ query }) => query.delete("sort") },
  },
  {
    name: "sort=desc turns round each page for itself",
    caughtBy: "law-18",
    request: { listMessages: ({ query }) => query.set("sort", "asc") },
    answer: {
      listMessages: ({ body }, { request }) => {
        if (request.query.get("sort") === "desc") body.data.reverse();
      },
    },
  },
  {
    name: "sort=desc leaves messages of the same moment in ascending order",
    caughtBy: "law-18",
    answer: {
      listMessages: ({ body }, { request }) => {
        if (request.query.get("sort") === "desc") body.data.sort(byTimeDescending);
      },
    },
  },
  {
    name: "before lets the moment itself in",
    caughtBy: "law-19",
    request: { listMessages: shift("before", 1) },
  },
  {
    name: "after lets the moment itself in",
    caughtBy: "law-19",
    request: { listMessages: shift("after", -1) },
  },
  {
    name: "the offset of a moment is overlooked",
    caughtBy: "law-19",
    request: {
      listMessages: ({ query }) => {
        for (const side of ["before", "after"]) {
          const moment = query.get(side);
          if (moment !== null) query.set(side, moment.replace(OFFSET, "-06:00"));
        }
      },
    },
  },
  {
    name: "after is not heard where the newest come first",
    caughtBy: "law-19",
    request: {
      listMessages: ({ query }) => {
        if (query.get("sort") === "desc") query.delete("after");
      },
    },
  },
  {
    name: "before is not heard where there is an after",
    caughtBy: "law-20",
    request: {
      listMessages: ({ query }) => {
        if (query.has("after")) query.delete("before");
      },
    },
  },
  {
    name: "a listed message has no reactions",
    caughtBy: "law-21",
    answer: {
      listMessages: ({ body }) => {
        for (const message of body.data) message.reactions = [];
      },
    },
  },
  {
    name: "a listed message is always read",
    caughtBy: "law-21",
    answer: {
      listMessages: ({ body }) => {
        for (const message of body.data) message.is_read = true;
      },
    },
  },
  {
    name: "a message read alone says that the line has sent it, whoever has",
    caughtBy: "law-21",
    answer: {
      getMessage: async ({ body }, { healthy }) => {
        body.data.sent_from = (await healthy.lines())[0]?.phone_number ?? "";
      },
    },
  },
  {
    name: "a message is found under any chat",
    caughtBy: "law-22",
    answer: {
      listMessages: ({ body }, { request, memory }) => {
        for (const { id } of body.data) memory.first(`the chat of ${id}`, request.path);
      },
    },
    request: {
      getMessage: (request, { memory }) => {
        const id = request.path.split("/").at(-1);
        request.path = `${memory.first(`the chat of ${id}`, request.path.replace(/\/\d+$/, ""))}/${id}`;
      },
    },
  },
  {
    name: "a message is found under any chat, but for the first of a list",
    caughtBy: "law-22",
    answer: {
      listMessages: ({ body }, { request, memory }) => {
        for (const { id } of body.data.slice(1)) memory.first(`the chat of ${id}`, request.path);
      },
    },
    request: {
      getMessage: (request, { memory }) => {
        const id = request.path.split("/").at(-1);
        request.path = `${memory.kept(`the chat of ${id}`) ?? request.path.replace(/\/\d+$/, "")}/${id}`;
      },
    },
  },
  {
    name: "listing messages marks them as read",
    caughtBy: "law-23",
    answer: {
      listMessages: ({ body }, { request, memory }) => {
        if (memory.count(request.path) > 0) for (const message of body.data) message.is_read = true;
      },
    },
  },
  {
    name: "reading a reaction updates it",
    caughtBy: "law-23",
    answer: {
      getReaction: ({ body }, { request, memory }) => {
        if (memory.count(request.path) > 0) body.data.updated_at = formatTimestamp(Date.now());
      },
    },
  },
];

function shift(side: "before" | "after", ms: number): (request: ApiRequest) => void {
  return ({ query }) => {
    const moment = parseTimestamp(query.get(side) ?? "");
    if (!Number.isNaN(moment)) query.set(side, new Date(moment + ms).toISOString());
  };
}

function byTimeDescending(one: ApiMessage, other: ApiMessage): number {
  return Date.parse(other.sent_at) - Date.parse(one.sent_at) || one.id - other.id;
}
