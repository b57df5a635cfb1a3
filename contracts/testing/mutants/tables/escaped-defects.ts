import { createHmac } from "node:crypto";
import type { ApiSubscription } from "../../../api-types";
import { NO_ID } from "../../../client/guard";
import type { Fields } from "../../../exchange";
import { type Answer, type ApiRequest, change, type Mutant, type OutgoingWebhook } from "../mutant";

interface Handles {
  readonly chat_handles: { display_name: string; identifier: string; is_me: boolean }[];
}

/** Defects that the suite did not notice until somebody thought of them. */
export const escapedDefects: readonly Mutant[] = [
  {
    name: "the keys of an event are not sorted",
    caughtBy: "law-53",
    delivery: rewrite((event) => Object.fromEntries(Object.entries(event).toReversed())),
  },
  {
    name: "the keys in the data of an event are not sorted",
    caughtBy: "law-53",
    delivery: rewrite((event) => ({
      ...event,
      data: Object.fromEntries(Object.entries(event["data"] as Fields).toReversed()),
    })),
  },
  {
    name: "all events have one id",
    caughtBy: "law-53",
    delivery: rewrite((event) => ({ ...event, event_id: "3c9e1a25-5b2d-4f60-8e1a-7d4c0a9b2003" })),
  },
  {
    name: "everybody in an event is the line itself",
    caughtBy: "law-54",
    event: ofHandles((handle) => ({ ...handle, is_me: true })),
  },
  {
    name: "events call people by their bare numbers",
    caughtBy: "law-54",
    event: ofHandles((handle) => ({ ...handle, display_name: handle.is_me ? "You" : handle.identifier })),
  },
  {
    name: "events call the line by a name",
    caughtBy: "law-54",
    event: ofHandles((handle) => ({ ...handle, display_name: handle.is_me ? "Front desk" : handle.display_name })),
  },
  {
    name: "the own handle comes last in events",
    caughtBy: "law-54",
    event: { "message.sent": ({ data }) => void data.chat_handles.reverse() },
  },
  {
    name: "a subscription loses its third event of a kind",
    caughtBy: "law-55",
    delivery: (delivered, memory) => {
      const to = delivered.headers["host"] ?? "";
      const { data } = JSON.parse(delivered.body ?? "{}") as { data?: { last_name?: unknown; email?: unknown } };
      const isPlain = !data?.last_name && !data?.email; // one of those that are counted
      if (delivered.type === "contact.created" && isPlain && memory.count(to) % 3 === 2) delivered.body = undefined;
    },
  },
  {
    name: "delivery_attempts does not move",
    caughtBy: "law-55",
    answer: { listWebhookSubscriptions: change("/webhook_subscriptions/*/delivery_attempts", () => 0) },
  },
  {
    name: "last_delivered_at does not move",
    caughtBy: "law-55",
    answer: { listWebhookSubscriptions: change("/webhook_subscriptions/*/last_delivered_at", () => null) },
  },
  {
    name: "a subscription gets events that it has not asked for",
    caughtBy: "law-55",
    request: { createWebhookSubscription: ({ body }) => void addEvent(body, "contact.updated") },
    answer: {
      createWebhookSubscription: ({ body: { webhook_subscription: made } }, { request }) => {
        made.events = (request.body as { webhook_subscription: ApiSubscription }).webhook_subscription.events;
      },
    },
  },
  {
    name: "a second subscription to a URL is the first",
    caughtBy: "law-56",
    answer: {
      createWebhookSubscription: ({ body }, { memory }) => {
        const { webhook_subscription: made } = body;
        body.webhook_subscription = memory.first(`subscription to ${made.webhook_url}`, made);
      },
    },
  },
  {
    name: "an update of a subscription is answered and not made",
    caughtBy: "law-57",
    instead: {
      updateWebhookSubscription: async ({ path, body }, { healthy }) => {
        const known = (await healthy.subscriptions()).find(({ id }) => path.endsWith(`/${id}`));
        const { secret: _, ...given } = (body as { webhook_subscription?: Fields } | undefined)?.webhook_subscription ?? {};
        if (!known || given["active"] === undefined) return undefined;
        return { status: 200, headers: {}, body: { webhook_subscription: { ...known, ...given } } };
      },
    },
  },
  {
    name: "a subscription that is deleted stays",
    caughtBy: "law-57",
    instead: {
      deleteWebhookSubscription: async ({ path }, { healthy }) => {
        const isThere = (await healthy.subscriptions()).some(({ id }) => path.endsWith(`/${id}`));
        return isThere ? { status: 204, headers: {}, body: undefined } : undefined;
      },
    },
  },
  {
    name: "a subscription that is not active is delivered to",
    caughtBy: "law-57",
    request: {
      updateWebhookSubscription: ({ body }) => {
        const { webhook_subscription: given } = (body ?? {}) as { webhook_subscription?: { active?: boolean } };
        if (given?.active === false) given.active = true;
      },
    },
    answer: {
      updateWebhookSubscription: change("/webhook_subscription/active", () => false),
      listWebhookSubscriptions: ({ body: { webhook_subscriptions: all } }) => {
        for (const one of all) if (one.events.length > 1) one.active = false;
      },
    },
  },
  {
    name: "chats are called by bare numbers",
    caughtBy: "law-58",
    answer: {
      listChats: change("/data/*/display_name", bareNumber),
      getChat: change("/data/display_name", bareNumber),
      findChat: change("/data/chat/display_name", bareNumber),
    },
  },
  {
    name: "every message is of the handle of the line",
    caughtBy: "law-59",
    answer: {
      listMessages: change("/data/*/chat_handle_id", () => 2_000_000_000),
      getMessage: change("/data/chat_handle_id", () => 2_000_000_000),
    },
  },
  {
    name: "reactions name another message",
    caughtBy: "law-59",
    answer: {
      listMessages: change("/data/*/reactions/*/chat_message_id", (id) => Number(id) + 1),
      getMessage: change("/data/reactions/*/chat_message_id", (id) => Number(id) + 1),
    },
  },
  {
    name: "messages are delivered before they are sent",
    caughtBy: "law-59",
    answer: {
      listMessages: change("/data/*/delivered_at", (time) => time && "2001-01-01T00:00:00.000-06:00"),
      getMessage: change("/data/delivered_at", (time) => time && "2001-01-01T00:00:00.000-06:00"),
    },
  },
  {
    name: "a message that is deleted stays",
    caughtBy: "law-60",
    instead: {
      deleteMessage: () => ({ status: 200, headers: {}, body: { message: "Chat message deleted successfully" } }),
    },
  },
  {
    name: "attachment_urls are overlooked",
    caughtBy: "law-60",
    request: {
      sendMessage: ({ body }) =>
        void delete (body as { message?: { attachment_urls?: unknown } } | undefined)?.message?.attachment_urls,
    },
  },
  {
    name: "the name of a new group is overlooked",
    caughtBy: "law-61",
    request: {
      createChat: ({ body }) => void delete (body as { chat?: { display_name?: unknown } } | undefined)?.chat?.display_name,
    },
  },
  {
    name: "availability can be checked without limit",
    caughtBy: "law-70",
    instead: {
      checkIMessageAvailability: ({ body }) => {
        const { phone_number } = (body ?? {}) as { phone_number?: unknown };
        return typeof phone_number === "string"
          ? { status: 200, headers: {}, body: { available: true, phone_number } }
          : undefined;
      },
    },
  },
  {
    name: "availability cannot be checked with POST",
    caughtBy: "shape-checkIMessageAvailability-405",
    elsewhere: "law-62",
    instead: { checkIMessageAvailability: () => refused(405, "method_not_allowed", "Method Not Allowed") },
  },
  {
    name: "sharing the contact card answers with what was shared",
    caughtBy: "shape-shareContact-200",
    elsewhere: "law-63",
    answer: { shareContact: (answer) => Object.assign(answer, { status: 200, body: { shared: true } }) },
  },
  {
    name: "no chat is found to share the contact card in",
    caughtBy: "law-63",
    instead: { shareContact: () => refused(404, "not_found", "Not Found", "Chat not found") },
  },
  {
    name: "messages are listed the newest first where nothing is asked for",
    caughtBy: "law-18",
    request: {
      listMessages: ({ query }) => {
        if (!query.has("sort")) query.set("sort", "desc");
      },
    },
  },
  {
    name: "`group` says the opposite",
    caughtBy: "law-11",
    answer: {
      listChats: change("/data/*/group", (group) => !group),
      getChat: change("/data/group", (group) => !group),
      findChat: change("/data/chat/group", (group) => !group),
    },
  },
  {
    name: "chats of another line than the first say that they are no groups",
    caughtBy: "law-11",
    answer: {
      listChats: async ({ body }, { healthy, request }) => {
        const [first] = await healthy.lines();
        if (request.query.get("phone_number") === first?.phone_number) return;
        for (const chat of body.data) chat.group = false;
      },
    },
  },
  {
    name: "a new group says that it is none",
    caughtBy: "law-41",
    answer: { createChat: change("/data/group", () => false) },
  },
  {
    name: "typing stops with 204 in a chat that does not exist",
    caughtBy: "law-64",
    instead: { stopTyping: answerForNobody },
  },
  {
    name: "a contact that does not exist is deleted with 204",
    caughtBy: "law-65",
    instead: { deleteContact: answerForNobody },
  },
  {
    name: "an owner who does not exist is overlooked",
    caughtBy: "law-65",
    request: { createContact: ({ body }) => void delete (body as { user_email?: string } | undefined)?.user_email },
  },
  {
    name: "find does not look at the line",
    caughtBy: "law-66",
    instead: {
      findChat: async ({ query }, { healthy }) => {
        for (const { phone_number } of await healthy.lines()) {
          const chat = await healthy.find(phone_number, query.getAll("phone_numbers[]")).catch(() => null);
          if (chat) return { status: 200, headers: {}, body: { data: { chat } } };
        }
        return undefined;
      },
    },
  },
  {
    name: "find looks at other lines when the line has no chat with somebody",
    caughtBy: "law-66",
    answer: {
      findChat: async ({ body: answered }, { request: { query }, healthy }) => {
        if (answered.data.chat) return;
        for (const { phone_number } of await healthy.lines()) {
          const chat = await healthy.find(phone_number, query.getAll("phone_numbers[]")).catch(() => null);
          if (chat) answered.data = { chat };
        }
      },
    },
  },
  {
    name: "brackets that are not encoded are overlooked",
    caughtBy: "law-67",
    request: {
      findChat: ({ search, query }) => {
        if (/[[\]]/.test(search)) query.delete("phone_numbers[]");
      },
    },
  },
  {
    name: "brackets that are encoded in lower case are overlooked",
    caughtBy: "law-67",
    request: {
      findChat: ({ search, query }) => {
        if (/%5b/.test(search)) query.delete("phone_numbers[]");
      },
    },
  },
  {
    name: "files that are sent along are dropped",
    caughtBy: "law-69",
    request: {
      sendMessage: (request: ApiRequest) => {
        if (typeof request.body === "string") request.body = request.body.replace("[attachments]", "[enclosures]");
      },
    },
  },
  {
    name: "files that are sent along with a new chat are dropped",
    caughtBy: "law-71",
    request: {
      createChat: (request: ApiRequest) => {
        if (typeof request.body === "string") request.body = request.body.replace("[attachments]", "[enclosures]");
      },
    },
  },
  {
    name: "removing a reaction sends the event of adding it again",
    caughtBy: "law-54",
    delivery: (delivered, memory) => {
      if (delivered.type === "reaction.sent") memory.first<OutgoingWebhook[]>("reactions", []).push({ ...delivered });
    },
    answer: {
      createReaction: async (_, { request, memory }) => {
        if ((request.body as { operation: string }).operation !== "remove") return;
        for (const { url, headers, body = "" } of memory.first<OutgoingWebhook[]>("reactions", []).splice(0))
          await deliver(
            url,
            headers,
            body.replace(/"event_id":"./, (start) => `${start.slice(0, -1)}${start.endsWith("a") ? "b" : "a"}`),
          );
      },
    },
  },
  {
    name: "what was delivered is delivered again when the next message is sent",
    caughtBy: "law-68",
    delivery: (delivered, memory) => {
      if (delivered.type === "contact.created") memory.first<OutgoingWebhook[]>("contacts", []).push({ ...delivered });
    },
    answer: {
      sendMessage: async (_, { memory }) => {
        for (const { url, headers, body = "" } of memory.first<OutgoingWebhook[]>("contacts", []).splice(0))
          await deliver(url, headers, body);
      },
    },
  },
  {
    name: "a delivery that fails is tried again",
    caughtBy: "law-68",
    delivery: (delivered) => {
      delivered.tries = 3;
    },
  },
  {
    name: "a delivery that fails counts as delivered",
    caughtBy: "law-68",
    answer: {
      listWebhookSubscriptions: ({ body: { webhook_subscriptions: all } }) => {
        for (const one of all) if (one.delivery_attempts > 0) one.last_delivered_at ??= "2025-05-21T15:30:00.000-05:00";
      },
    },
  },
  {
    name: "availability tells numbers without their country code",
    caughtBy: "law-62",
    answer: { checkIMessageAvailability: change("/phone_number", (number) => String(number).replace("+1", "")) },
  },
  {
    name: "an error tells another status than its answer",
    caughtBy: "law-26",
    refusal: { getChat: change("/errors/*/status", () => 400) },
  },
];

/** Delivers something once more. */
async function deliver(url: string, headers: OutgoingWebhook["headers"], body: string): Promise<void> {
  const { "content-length": _, ...others } = headers;
  await fetch(url, { method: "POST", headers: others, body }).catch(() => undefined); // its receiver may be gone
}

/** Changes an event after it was signed, and signs it again. */
function rewrite(into: (event: Fields) => Fields): (delivered: OutgoingWebhook) => void {
  return (delivered) => {
    const { body, secret, headers } = delivered;
    delivered.body = JSON.stringify(into(JSON.parse(body ?? "{}") as Fields));
    if (secret === undefined) return;
    headers["x-webhook-signature"] = `sha256=${createHmac("sha256", secret).update(delivered.body).digest("hex")}`;
  };
}

function ofHandles(into: (handle: Handles["chat_handles"][number]) => object): NonNullable<Mutant["event"]> {
  return {
    "message.sent": ({ data }) => void Object.assign(data, { chat_handles: data.chat_handles.map(into) }),
  };
}

function addEvent(body: unknown, event: string): void {
  const { webhook_subscription: given } = (body ?? {}) as { webhook_subscription?: { events?: unknown } };
  if (Array.isArray(given?.events)) given.events = [...(given.events as string[]), event];
}

/** Success where there is nothing, or undefined. */
function answerForNobody({ path }: ApiRequest): Answer | undefined {
  return path.includes(String(NO_ID)) ? { status: 204, headers: {}, body: undefined } : undefined;
}

function bareNumber(name: unknown): unknown {
  return /^\+1 \(/.test(String(name)) ? String(name).replaceAll(/[^+\d]/g, "") : name;
}

function refused(status: number, code: string, title: string, detail = title): Answer {
  return { status, headers: {}, body: { errors: [{ status, code, title, detail }] } };
}
