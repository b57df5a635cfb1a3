import type { OperationId } from "../../generated/v2/operations";
import { readPages } from "../../suite/api";
import { MARK } from "../../suite/cleanup/created";
import type { Answer, ApiRequest, MutantContext } from "../mutants/mutant";
import { body, eachField, eachObject, type Variation } from "./variation";

/** The refusals of operations that are documented with their bodies. */
const DOCUMENTED: Partial<Record<OperationId, readonly number[]>> = {
  listChats: [401],
  createChat: [400, 422],
  ...Object.fromEntries(
    ["getChat", "markChatAsRead", "startTyping", "stopTyping", "shareContact", "migrateChat"].map((id) => [id, [404]]),
  ),
  ...Object.fromEntries(["getContact", "updateContact", "patchContact", "deleteContact"].map((id) => [id, [404]])),
  createContact: [422],
  findContact: [400, 422],
  updatePhoneNumber: [403, 422],
};

/** Changes the refusals that nobody documents. */
const undocumented =
  (change: (answer: Answer) => void) =>
  (answer: Answer, { request }: MutantContext): void => {
    if (!DOCUMENTED[request.operation]?.includes(answer.status)) change(answer);
  };

const framework = (answer: Answer): void => {
  const title = { 400: "Bad Request", 404: "Not Found", 422: "Unprocessable Entity" }[answer.status] ?? "Error";
  answer.body = { status: answer.status, error: title };
};

const become =
  (from: number, to: number) =>
  (answer: Answer): void => {
    if (answer.status === from) answer.status = to;
  };

/** How others refuse. */
const refusals: readonly Variation[] = [
  {
    name: "contacts and subscriptions refuse a missing token in their own envelope",
    contradicts: ["A-auth-envelope"],
    withoutToken: true,
    refusal: {
      every: (answer, { request }) => {
        const isStandard = /Contact|WebhookSubscription/.test(request.operation) && request.operation !== "shareContact";
        if (answer.status !== 401 || !isStandard) return;
        answer.body = { status: "error", error_code: "UNAUTHORIZED", message: "Unauthorized", errors: ["Token missing"] };
      },
    },
  },
  {
    name: "errors that nobody documents have other codes",
    contradicts: ["A-error-wording"],
    refusal: {
      every: undocumented((answer) => {
        answer.body = eachField(answer.body, (value, name) =>
          name === "code" ? "E17" : name === "error_code" ? "E_17" : value,
        );
      }),
    },
  },
  {
    name: "errors have other words",
    hides: ["a chat that does not exist is told of in other words"],
    contradicts: ["A-error-wording"],
    refusal: {
      every: body((json) =>
        eachField(json, (value, name) => {
          if (name === "errors" && Array.isArray(value)) return value.map((one) => (typeof one === "string" ? "Oh no" : one));
          return ["title", "detail", "message"].includes(name) ? "Oh no" : value;
        }),
      ),
    },
  },
  {
    name: "what is nowhere gets the framework's own 404",
    contradicts: ["A-error-wording", "A-404-others"],
    refusal: { every: undocumented((answer) => (answer.status === 404 ? framework(answer) : undefined)) },
  },
  {
    name: "what cannot be read gets the framework's own 400",
    contradicts: ["A-error-wording"],
    refusal: { every: undocumented((answer) => (answer.status === 400 ? framework(answer) : undefined)) },
  },
  {
    name: "what cannot be read gets 422 where nobody documents anything",
    contradicts: ["A-create-status"],
    refusal: { every: undocumented(become(400, 422)) },
  },
  {
    name: "what is nowhere gets 405 where nobody documents anything",
    contradicts: ["A-404-others"],
    refusal: { getMessage: become(404, 405), getReaction: become(404, 405) },
  },
  {
    name: "what is nowhere gets a page for people where nobody documents anything",
    contradicts: ["A-error-wording", "A-404-others"],
    refusal: {
      every: undocumented((answer) => {
        if (answer.status !== 404) return;
        Object.assign(answer, { body: "<h1>Not Found</h1>", headers: { "content-type": "text/html" } });
      }),
    },
  },
];

/** Gives an update that names nobody the name that its contact has. */
async function judgedAsAWhole(
  { path, body: { contact } }: ApiRequest<{ contact?: Record<string, unknown> }>,
  { healthy }: MutantContext,
): Promise<void> {
  const identity = ["first_name", "last_name", "email", "phone_number"];
  if (!contact || identity.some((field) => field in contact)) return;
  const { response } = await healthy.request("GET", path);
  if (response.status === 200)
    contact["first_name"] = (response.body as { data: { first_name: string | null } }).data.first_name;
}

type ListBody = { readonly data: readonly unknown[] } | { readonly contacts: readonly unknown[] };

/** Serves the pages of a list as if it were in another order. */
function reordered(order: (all: readonly unknown[]) => unknown[]) {
  return async ({ body: page }: Answer<ListBody>, { request, healthy }: MutantContext): Promise<void> => {
    const [name, items] = Object.entries(page)[0] as [string, unknown[]];
    const { total_count: total } = Object.values(page)[1] as unknown as { total_count: number };
    if (items.length >= total || items.length > 100) return void Object.assign(page, { [name]: order(items) });
    const { page: number, per_page, ...query } = Object.fromEntries(request.query);
    const all = order((await readPages(healthy, request.path, { ...query, per_page: 100 })).flatMap((one) => one.items));
    const size = Math.min(Number(per_page ?? 25), 100);
    Object.assign(page, { [name]: all.slice((Number(number ?? 1) - 1) * size, Number(number ?? 1) * size) });
  };
}

const clamped = ({ query }: { readonly query: URLSearchParams }): void => {
  for (const name of ["page", "per_page"]) if (query.has(name) && !(Number(query.get(name)) >= 1)) query.delete(name);
};

const PAST_THE_END = ["a page past the end is the last page again", "a page past the end tells that there is nothing at all"];

/** How others list. */
const lists: readonly Variation[] = [
  {
    name: "a page that is none is the first",
    contradicts: ["A-page-invalid"],
    request: { listChats: clamped, listContacts: clamped, listMessages: clamped },
  },
  {
    name: "a page that is too long is refused",
    contradicts: [],
    instead: {
      listContacts: ({ query }) =>
        Number(query.get("per_page") ?? 0) > 100
          ? {
              status: 400,
              headers: {},
              body: { status: "error", error_code: "INVALID_PARAMS", message: "Invalid params", errors: ["per_page"] },
            }
          : undefined,
    },
  },
  {
    name: "the newest contacts come first",
    contradicts: ["A-list-order"],
    answer: { listContacts: reordered((all) => all.toReversed()) },
  },
  {
    name: "the newest chats come first",
    contradicts: ["A-list-order"],
    answer: { listChats: reordered((all) => all.toReversed()) },
  },
  {
    name: "the line is part of a chat's name in lists, and where it is read alone",
    contradicts: ["A-display-name"],
    answer: {
      listChats: ({ body: { data } }) => {
        for (const chat of data) chat.display_name = withLine(chat.display_name);
      },
      getChat: ({ body: { data } }) => {
        data.display_name = withLine(data.display_name);
      },
    },
  },
  {
    name: "the handles of a chat are in another order",
    contradicts: [],
    answer: {
      every: body((json) =>
        eachObject(json, (one) => {
          const { chat_handles: handles } = one;
          return Array.isArray(handles) ? { ...one, chat_handles: handles.toReversed() } : one;
        }),
      ),
    },
  },
  {
    name: "a page past the end is not found",
    hides: PAST_THE_END,
    contradicts: ["A-page-past-end", "A-404-others"],
    answer: {
      listContacts: (answer) => {
        const { current_page: page, total_pages: pages } = answer.body.pagination ?? {};
        if (!(page > pages)) return;
        const errors = ["There is no such page"];
        Object.assign(answer, {
          status: 404,
          body: { status: "error", error_code: "NOT_FOUND", message: "Not found", errors },
        });
      },
    },
  },
  {
    name: "a page past the end counts nothing",
    hides: PAST_THE_END,
    contradicts: ["A-page-past-end"],
    answer: {
      listChats: ({ body: { data, meta } }) => {
        if (data.length === 0 && meta.page > 1) Object.assign(meta, { total_count: 0, total_pages: 0 });
      },
    },
  },
];

/** Names that were set by hand stay. */
function withLine(name: string): string {
  return name.startsWith(MARK) ? name : `${name}, Ann Line`;
}

const counting = (count: (known: number) => number) =>
  body((json) => eachField(json, (value, name) => (name === "message_count" ? count(Number(value)) : value)));

/** How others send. */
const sending: readonly Variation[] = [
  {
    name: "a chat is created with 201",
    contradicts: ["A-create-success"],
    answer: {
      createChat: (answer) => {
        answer.status = 201;
      },
    },
  },
  {
    name: "create shows the recipients alone",
    contradicts: [],
    answer: {
      createChat: ({ body: { data } }, { request }) => {
        const { send_from: line = lineInForm(request.body) } = request.body as { send_from?: string };
        data.chat_handles = data.chat_handles.filter(({ phone_number }) => !phone_number.endsWith(line.slice(-10)));
      },
    },
  },
  { name: "message_count is one more than there are", contradicts: [], answer: { every: counting((count) => count + 1) } },
  {
    name: "message_count is rounded to tens",
    hides: ["message_count leaves out messages without a key"],
    contradicts: ["A-message-count"],
    answer: { every: counting((count) => Math.floor(count / 10)) },
  },
  {
    name: "a removed reaction answers 200",
    contradicts: ["A-remove-reaction"],
    answer: {
      createReaction: (answer, { request }) => {
        if ((request.body as { operation?: string }).operation === "remove") answer.status = 200;
      },
    },
  },
  {
    name: "there is no typing in a chat where nothing happens",
    hides: ["typing that was started elsewhere cannot be stopped"],
    contradicts: ["A-create-status"],
    instead: {
      startTyping: ({ path }) =>
        /\/2147483647\//.test(path)
          ? undefined
          : {
              status: 422,
              headers: {},
              body: {
                errors: [{ status: 422, code: "invalid_request", title: "Invalid Request", detail: "The chat is not active" }],
              },
            },
    },
  },
  {
    name: "an update of a contact is judged by what the contact would be",
    contradicts: [],
    request: { updateContact: judgedAsAWhole, patchContact: judgedAsAWhole },
  },
  {
    name: "a message is delivered as soon as it is sent",
    contradicts: [],
    answer: {
      sendMessage: ({ body: { data } }) => {
        Object.assign(data, { delivery_status: "delivered", delivered_at: data.sent_at });
      },
    },
  },
  {
    name: "the addresses of files are signed anew whenever they are read",
    contradicts: [],
    answer: {
      every: (answer, { memory }) => {
        const signed = (url: string): string => `${url}?signature=${memory.count("signatures")}`;
        const every = body((json) =>
          eachField(json, (value, name) =>
            /^(?:image_)?url$/.test(name) && typeof value === "string" ? signed(value) : value,
          ),
        );
        every(answer);
      },
    },
  },
  {
    name: "own messages are read",
    contradicts: [],
    answer: {
      every: body((json) => eachObject(json, (one) => (one["sent_from"] === "+12052761148" ? { ...one, is_read: true } : one))),
    },
  },
];

function lineInForm(form: unknown): string {
  return /name="send_from"\s+(\S+)/.exec(String(form))?.[1] ?? "";
}

const found = (chat: unknown): Answer => ({
  status: 200,
  headers: {},
  body: { data: chat === null ? { chat, messages: [] } : { chat } },
});

/** How others find. */
const finding: readonly Variation[] = [
  {
    name: "find without participants finds nothing",
    hides: [
      "find without participants finds nothing, and does not refuse",
      "find without participants finds the first chat of the line",
    ],
    contradicts: ["A-find-missing"],
    instead: { findChat: ({ query }) => (query.has("phone_numbers[]") ? undefined : found(null)) },
  },
  {
    name: "find without a line finds nothing",
    contradicts: ["A-find-missing"],
    instead: { findChat: ({ query }) => (query.get("phone_number")?.trim() ? undefined : found(null)) },
  },
  {
    name: "chats are listed without a number, too",
    contradicts: ["A-list-required"],
    request: {
      listChats: ({ query }) => {
        if (!query.has("phone_number")) query.set("phone_number", "+12052761148");
      },
    },
  },
  {
    name: "find takes a participant who is given twice for two",
    hides: ["find takes a participant who is given twice for two"],
    contradicts: ["A-find-match"],
    instead: {
      findChat: ({ query }) => {
        const all = query.getAll("phone_numbers[]");
        return new Set(all).size < all.length ? found(null) : undefined;
      },
    },
  },
  {
    name: "find takes two or more of a larger group for the group",
    hides: ["find takes any chat that all the participants are in", "find takes two of a larger group for the group"],
    contradicts: ["A-find-match"],
    answer: {
      findChat: async ({ body: answered }, { request: { query }, healthy }) => {
        const given = new Set(query.getAll("phone_numbers[]").map((one) => one.slice(-10)));
        if (answered.data.chat || given.size < 2) return;
        const { items } = await healthy.chats(query.get("phone_number") ?? "", { per_page: 100 });
        const names = (chat: (typeof items)[number]) => chat.chat_handles.map(({ phone_number }) => phone_number.slice(-10));
        const chat = items.find((one) => [...given].every((name) => names(one).includes(name)));
        if (chat) answered.data = { chat };
      },
    },
  },
  {
    name: "an id that is a word is refused with 400",
    contradicts: ["A-id-shape"],
    instead: {
      getChat: ({ path }) =>
        /\/chats\/\d+$/.test(path)
          ? undefined
          : {
              status: 400,
              headers: {},
              body: { errors: [{ status: 400, code: "invalid_params", title: "Invalid Params", detail: "id" }] },
            },
    },
  },
  {
    name: "a number that is a word finds no chats",
    contradicts: ["A-number-invalid"],
    instead: {
      listChats: ({ query }) =>
        /\d/.test(query.get("phone_number") ?? "0")
          ? undefined
          : { status: 200, headers: {}, body: { data: [], meta: { page: 1, total_pages: 0, total_count: 0, per_page: 25 } } },
    },
  },
  {
    name: "a bare + is no number",
    contradicts: ["A-plus-space"],
    instead: {
      listChats: ({ query }) =>
        query.get("phone_number")?.startsWith(" ")
          ? { status: 200, headers: {}, body: { data: [], meta: { page: 1, total_pages: 0, total_count: 0, per_page: 25 } } }
          : undefined,
    },
  },
  {
    name: "a key counts in its chat only",
    hides: ["a key counts in one chat only"],
    contradicts: ["A-idempotency-scope"],
    request: {
      sendMessage: ({ body: sent, path }) => {
        const { message } = (sent ?? {}) as { message?: { idempotency_key?: string } };
        if (message?.idempotency_key !== undefined) message.idempotency_key += `-${path.replaceAll(/\D/g, "")}`;
      },
    },
  },
];

/** Writes the times of events that are in ISO form in another. */
const eventTimes = (write: (iso: string) => string): NonNullable<Variation["event"]> => ({
  every: (event) => {
    const isTime = (value: unknown): value is string => typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value);
    event.created_at = write(event.created_at);
    event.data = eachField(event.data, (value) => (isTime(value) ? write(value) : value)) as object;
  },
});

/** What else others deliver. */
const events: readonly Variation[] = [
  {
    name: "events of contacts have milliseconds",
    contradicts: ["A-time-form"],
    event: {
      "contact.created": ({ data }) => void Object.assign(data, eachField(data, withMilliseconds)),
      "contact.updated": ({ data }) => void Object.assign(data, eachField(data, withMilliseconds)),
    },
  },
  { name: "events are told in UTC", contradicts: ["A-time-form"], event: eventTimes((iso) => new Date(iso).toISOString()) },
  {
    name: "events keep the offset of winter",
    contradicts: [],
    event: eventTimes((iso) => new Date(Date.parse(iso) - 6 * 3_600_000).toISOString().replace(/\.\d+Z$/, "-06:00")),
  },
  {
    name: "events have fields more",
    hides: ["contact.deleted holds an address that was deleted, too"], // it is a field more
    contradicts: ["A-extra-fields"],
    event: {
      every: (event) => {
        Object.assign(event.data, { organization_id: 7 });
        Object.assign(event, { delivered_to: "us" });
      },
    },
  },
  {
    name: "events lack what is null",
    contradicts: ["A-always-present"],
    event: {
      every: (event) => {
        event.data = eachField(event.data, (value) => (value === null ? undefined : value)) as object;
      },
    },
  },
  {
    name: "the own handle comes last in events, and is named",
    hides: ["the own handle comes last in events", "events call the line by a name"],
    contradicts: ["A-event-own-handle"],
    event: {
      every: ({ data }) => {
        const { chat_handles: handles } = data as { chat_handles?: { is_me?: boolean; display_name: string }[] };
        handles?.sort((one, other) => Number(one.is_me) - Number(other.is_me));
        for (const handle of handles ?? []) if (handle.is_me) handle.display_name = "Your Linq Number";
      },
    },
  },
  {
    name: "the ids of events are no UUIDs",
    contradicts: [],
    event: { every: (event) => void Object.assign(event, { event_id: `wh_evt_${Math.random().toString(36).slice(2)}` }) },
  },
  {
    name: "deliveries are signed without a secret, too",
    contradicts: ["A-event-unsigned"],
    delivery: ({ headers, secret }) => {
      if (secret === undefined) headers["x-webhook-signature"] = "sha256=0";
    },
  },
];

function withMilliseconds(value: unknown, name: string): unknown {
  return name.endsWith("_at") && typeof value === "string" ? value.replace(/(?=[+-]\d\d:\d\d$)/, ".000") : value;
}

/** Variations of what a server does, by what they are about. */
export const behaviourVariations = { refusals, lists, sending, finding, events };
