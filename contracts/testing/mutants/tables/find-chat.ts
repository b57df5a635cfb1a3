import type { ApiChat } from "../../../api-types";
import { parseIdentifier } from "../../../identifiers";
import type { Answer, ApiRequest, Mutant, MutantContext } from "../mutant";

const PARTICIPANTS = "phone_numbers[]";

/** Defects of finding and listing chats. */
export const findingMutants: readonly Mutant[] = [
  {
    name: "find compares the participants in the order in which they joined",
    caughtBy: "law-1",
    answer: { findChat: loseUnless((request, chat) => isSorted(positions(request, chat))) },
  },
  {
    name: "find knows participants in E.164 alone",
    caughtBy: "law-2",
    answer: { findChat: loseUnless(({ query }) => !query.getAll(PARTICIPANTS).some(lacksPlus)) },
  },
  {
    name: "find takes any chat that all the participants are in",
    caughtBy: "law-3",
    answer: {
      findChat: async ({ body }, { request, healthy }) => {
        if (body.data.chat) return;
        const { items: chats } = await healthy.chats(lineIn(request), { per_page: 100 });
        const wider = chats.find((chat) => positions(request, chat).every((position) => position >= 0));
        if (wider) body.data = { chat: wider };
      },
    },
  },
  {
    name: "find takes two of a larger group for the group",
    caughtBy: "law-3",
    answer: {
      findChat: async ({ body }, { request, healthy }) => {
        if (body.data.chat || new Set(requestedParticipants(request)).size < 2) return;
        const { items: chats } = await healthy.chats(lineIn(request), { per_page: 100 });
        const wider = chats.find((chat) => positions(request, chat).every((position) => position >= 0));
        if (wider) body.data = { chat: wider };
      },
    },
  },
  {
    name: "find leaves out participants whom it does not know",
    caughtBy: "law-3",
    request: {
      findChat: async ({ query }, { healthy }) => {
        for (const participant of query.getAll(PARTICIPANTS)) {
          const isLast = query.getAll(PARTICIPANTS).length === 1;
          if (!isLast && (await healthy.chats(participant, { per_page: 1 })).items.length === 0)
            query.delete(PARTICIPANTS, participant);
        }
      },
    },
  },
  {
    name: "find takes a participant who is given twice for two",
    caughtBy: "law-4",
    answer: {
      findChat: loseUnless((request) => new Set(requestedParticipants(request)).size === requestedParticipants(request).length),
    },
  },
  {
    name: "find without participants finds nothing, and does not refuse",
    caughtBy: "law-5",
    instead: { findChat: ({ query }) => (query.has(PARTICIPANTS) ? undefined : found(null)) },
  },
  {
    name: "find without participants finds the first chat of the line",
    caughtBy: "law-5",
    instead: {
      findChat: async (request, { healthy }) =>
        request.query.has(PARTICIPANTS)
          ? undefined
          : found((await healthy.chats(lineIn(request), { per_page: 1 })).items[0] ?? null),
    },
  },
  {
    name: "find knows the line in E.164 alone",
    caughtBy: "law-6",
    answer: { findChat: loseUnless((request) => !lacksPlus(lineIn(request))) },
  },
  {
    name: "a chat that is found shows no messages",
    caughtBy: "law-7",
    answer: {
      findChat: everyChat((chat) => {
        chat.message_count = 0;
      }),
    },
  },
  {
    name: "find does not find groups",
    caughtBy: "law-8",
    answer: { findChat: loseUnless((_, chat) => !chat.group) },
  },
  {
    name: "the chats of a participant leave out groups",
    caughtBy: "law-8",
    answer: {
      listChats: async ({ body }, { request, healthy }) => {
        const number = parseIdentifier(lineIn(request));
        if ((await healthy.lines()).some(({ phone_number }) => phone_number === number)) return;
        body.data = body.data.filter(({ group }) => !group);
        body.meta.total_count = body.data.length;
      },
    },
  },
  {
    name: "a listed chat has a count of messages that is one behind",
    caughtBy: "law-9",
    answer: {
      listChats: everyChat((chat) => {
        chat.message_count = Math.max(0, chat.message_count - 1);
      }),
    },
  },
  {
    name: "the chats of a participant are all those of the lines",
    caughtBy: "law-10",
    request: {
      listChats: async ({ query }, { healthy }) => {
        const numbers = (await healthy.lines()).map(({ phone_number }) => phone_number);
        const number = parseIdentifier(query.get("phone_number") ?? "") ?? "";
        if (!numbers.includes(number)) query.set("phone_number", numbers[0] ?? "");
      },
    },
  },
  {
    name: "a chat counts as a group when it has several handles, the line's among them",
    caughtBy: "law-11",
    answer: {
      every: everyChat((chat) => {
        chat.group = chat.chat_handles.length > 1;
      }),
    },
    event: {
      "chat.created": ({ data }) => {
        data.is_group = data.chat_handles.length > 1;
        data.is_direct = !data.is_group;
      },
    },
  },
  {
    name: "a chat counts as a group when somebody has named it",
    caughtBy: "law-11",
    answer: {
      every: everyChat((chat) => {
        chat.group &&= !chat.display_name.includes(",");
      }),
    },
    event: {
      "chat.created": ({ data }) => {
        data.is_group &&= !data.display_name.includes(",");
        data.is_direct = !data.is_group;
      },
    },
  },
];

function found(chat: ApiChat | null): Answer {
  return { status: 200, headers: {}, body: { data: chat ? { chat } : { chat, messages: [] } } };
}

function loseUnless(
  isFound: (request: ApiRequest, chat: ApiChat) => boolean,
): NonNullable<NonNullable<Mutant["answer"]>["findChat"]> {
  return ({ body }, { request }) => {
    if (body.data.chat && !isFound(request, body.data.chat)) body.data = { chat: null, messages: [] };
  };
}

function lineIn({ query }: ApiRequest): string {
  return query.get("phone_number") ?? "";
}

function lacksPlus(identifier: string): boolean {
  return /^\d/.test(identifier);
}

/** Where the participants who are asked for stand among the handles of a chat. */
function positions(request: ApiRequest, { chat_handles: handles }: ApiChat): number[] {
  const unique = [...new Set(requestedParticipants(request))];
  return unique.map((participant) => handles.findIndex(({ phone_number }) => phone_number === participant));
}

function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0));
}

/** Whom Find Chat is asked for, as the API compares them. */
function requestedParticipants({ query }: ApiRequest): string[] {
  return query.getAll("phone_numbers[]").map((participant) => parseIdentifier(participant) ?? participant);
}

/** Changes every chat in an answer, wherever it stands. */
function everyChat(into: (chat: ApiChat, context: MutantContext) => void): (answer: Answer, context: MutantContext) => void {
  return ({ body }, context) => {
    for (const chat of chatsIn(body)) into(chat, context);
  };
}

function chatsIn(body: unknown): ApiChat[] {
  if (typeof body !== "object" || body === null) return [];
  return "chat_handles" in body ? [body as ApiChat] : Object.values(body).flatMap(chatsIn);
}
