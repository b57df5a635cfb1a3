import { requireContract } from "../../contracts/testing/require-contract";
import { type ApiClient, apiClient } from "../testing/api-client";
import { type Receiver, startReceiver } from "../testing/receiver";
import { LINE, smallWorld } from "../testing/worlds";

/*
 * V2 and V3 act in turn on one world, and after each step both show the same of it.
 * Rests on A-event-participant, A-event-times, A-create-existing, A-contact-empty, A-forwarding-number, A-message-delete, A-attachment-limit, A-read-event, A-reaction-repeat, A-remove-reaction, A-reaction-one, A-list-order, A-message-order, A-v3-target-http, A-v3-chat-order, A-v3-idem-scope, A-v3-message-order, A-v3-display-name, A-v3-handles-order, A-v3-timestamps, A-v3-service-initial, A-v3-delays, A-v3-put-chat-status,
 * A-migrate, A-create-service, A-availability, A-v3-contact-card-status, A-v3-webhook-key-order, A-v3-leave-status, A-v3-leave-visibility, A-group-left, A-delivery, A-v3-reaction-one, A-v3-card-at-once, A-v3-linked-file, A-v3-group-clear.
 */

const ANY = "+12055550111";
const PEOPLE = ["+12055550112", "+12055550113", "+12055550114"];
const LATER = "+12055550115";
const BYTES = "a photo, of sorts";
const HEART = { type: "love", operation: "add" };
const text = (value: string): object => ({ type: "text", value });
const form = (name: string, value: string): FormData => {
  const made = new FormData();
  made.set("message[text]", name);
  made.set("message[attachments][]", new File([value], `${name}.png`, { type: "image/png" }));
  return made;
};

/**
 * Who acts, and by which call; its body; what both versions then show of the chat. In paths and bodies `{chat}`, `{last}` (its last message) and
 * `{file}` (the first file of that) stand for the ids that the version has of them, other names for fields of the answers before.
 */
type Step = readonly [call: string, body: object | string | undefined, seen: object];

const STEPS: readonly Step[] = [
  [
    "v2 POST /chats",
    { send_from: LINE, chat: { phone_numbers: [ANY] }, message: { text: "V2" } },
    { people: [LINE, ANY], count: 1 },
  ],
  [
    "v3 POST /webhook-subscriptions",
    { target_url: "{hook}/v3", subscribed_events: ["message.sent", "message.received", "participant.added"] },
    { count: 1 },
  ],
  [
    "v2 POST /webhook_subscriptions",
    {
      webhook_subscription: {
        webhook_url: "{hook}/v2",
        version: 2,
        events: ["message.sent", "message.received", "participant.added"],
      },
    },
    { count: 1 },
  ],
  [
    "v3 POST /chats/{chat}/messages",
    { message: { parts: [text("V3")], effect: { type: "screen", name: "confetti" } } },
    { last: { text: "V3", from: LINE, status: "sent" } },
  ],
  ["mock PUT /clock", { advance_ms: 1000 }, { last: { status: "delivered" } }],
  ["v2 POST /chat_messages/{last}/reactions", HEART, { last: { reactions: [`love ${LINE}`] } }],
  ["v3 POST /messages/{last}/reactions", { operation: "add", type: "laugh" }, { last: { reactions: [`laugh ${LINE}`] } }],
  ["v2 POST /chat_messages/{last}/reactions", { type: "laugh", operation: "remove" }, { last: { reactions: [] } }],
  ["v3 POST /messages/{last}/reactions", { operation: "add", type: "custom", custom_emoji: "🎉" }, { last: { reactions: [] } }],
  ["v2 POST /chats/{chat}/chat_messages/{last}/edit", { text: "Edited by V2" }, { last: { text: "Edited by V2" } }],
  ["v3 PATCH /messages/{last}", { text: "Edited by V3" }, { last: { text: "Edited by V3" } }],
  [
    "mock POST /simulate/message",
    { chat: "{chat}", text: "Who is it?" },
    { last: { from: ANY, status: "received", read: false } },
  ],
  ["v2 PUT /chats/{chat}/mark_as_read", undefined, { last: { read: true } }],
  ["mock POST /simulate/message", { chat: "{chat}", text: "Hm" }, { last: { text: "Hm", read: false } }],
  ["v3 POST /chats/{chat}/read", undefined, { last: { read: true } }],
  ["mock POST /simulate/reaction", { message: "{last}", type: "like" }, { last: { reactions: [`like ${ANY}`] } }],
  ["v2 POST /chats/{chat}/start_typing", undefined, { typing: [LINE] }],
  ["v3 DELETE /chats/{chat}/typing", undefined, { typing: [] }],
  [
    "v2 POST /chats/{chat}/chat_messages",
    form("door", BYTES),
    { last: { text: "door", files: [expect.stringMatching(/^door.png http/)] } },
  ],
  [
    "v3 POST /chats/{chat}/messages",
    { message: { parts: [{ type: "media", attachment_id: "{file}" }] } },
    { last: { text: "", files: [expect.stringMatching(/^door.png http/)] } },
  ],
  [
    "v2 DELETE /chats/{chat}/chat_messages/{last}",
    undefined,
    { last: { text: "door", files: [expect.stringMatching(/^door.png http/)] } },
  ],
  ["v3 GET /attachments/{file}", undefined, { count: 5 }],
  ["v2 PUT /phone_numbers/1", { forwarding_number: ANY }, { calls: ANY }],
  ["v3 POST /attachments", { filename: "plan.pdf", content_type: "application/pdf", size_bytes: BYTES.length }, { count: 5 }],
  ["v2 POST /contacts", { contact: { first_name: "Nell", phone_number: ANY } }, { count: 5 }],
  ["v3 PUT {upload_url}", BYTES, { count: 5 }],
  ["v2 POST /chats/{chat}/chat_messages", { message: { text: "Here is the plan" } }, { count: 6 }],
  [
    "v3 POST /chats/{chat}/messages",
    { message: { parts: [text("One"), { type: "media", attachment_id: "{attachment_id}" }, text("Two")] } },
    { last: { text: "One\nTwo", files: [expect.stringMatching(/^plan.pdf http/)] } },
  ],
  [
    "v2 POST /chat_messages/{last}/reactions",
    { type: "question", operation: "add" },
    { last: { reactions: [`question ${LINE}`] } },
  ],
  [
    "v3 POST /messages/{last}/reactions",
    { ...HEART, part_index: 1 },
    { last: { reactions: [`love ${LINE}`, `question ${LINE}`] } },
  ],
  [
    "v2 POST /chat_messages/{last}/reactions",
    { type: "question", operation: "remove" },
    { last: { reactions: [`love ${LINE}`] } },
  ],
  [
    "v3 POST /messages/{last}/reactions",
    { operation: "add", type: "like", part_index: 2 },
    { last: { reactions: [`like ${LINE}`, `love ${LINE}`] } },
  ],
  [
    "v2 POST /chats/{chat}/chat_messages/{last}/edit",
    { text: "Only one" },
    {
      last: { text: "Only one", files: [expect.stringMatching(/^plan.pdf http/)], reactions: [`like ${LINE}`, `love ${LINE}`] },
    },
  ],
  ["v3 POST /messages/{last}/reactions", { operation: "remove", type: "like" }, { last: { reactions: [`love ${LINE}`] } }],
  ["v2 POST /chat_messages/{last}/reactions", { type: "love", operation: "remove" }, { last: { reactions: [] } }],
  [
    "v3 POST /chats/{chat}/messages",
    { message: { parts: [text("A reply")], reply_to: { message_id: "{last}" } } },
    { last: { text: "A reply" } },
  ],
  [
    "v2 POST /chats/{chat}/chat_messages",
    { message: { text: "Once", idempotency_key: "k" } },
    { count: 9, last: { text: "Once" } },
  ],
  [
    "v3 POST /chats/{chat}/messages",
    { message: { parts: [text("Twice")], idempotency_key: "k" } },
    { count: 9, last: { text: "Once" } },
  ],
  ["v2 DELETE /chats/{chat}/chat_messages/{last}", undefined, { count: 8, last: { text: "A reply" } }],
  ["v3 DELETE /messages/{last}", undefined, { count: 7, last: { text: "Only one" } }],
  ["v2 POST /chats/{chat}/share_contact", undefined, { count: 7 }],
  ["v3 POST /chats/{chat}/share_contact_card", undefined, { count: 7 }],
  [
    "v2 POST /chats",
    { send_from: LINE, chat: { phone_numbers: PEOPLE }, message: { text: "All" } },
    { people: [LINE, ...PEOPLE], group: true, count: 1 },
  ],
  ["v3 POST /chats/{chat}/participants", { handle: LATER }, { people: [LINE, ...PEOPLE, LATER] }],
  ["v2 POST /chats/{chat}/chat_messages", { message: { text: "Five now" } }, { last: { text: "Five now", status: "sent" } }],
  ["v3 PUT /chats/{chat}", { display_name: "Trip" }, { count: 2 }],
  ["mock PUT /clock", { advance_ms: 1000 }, { last: { status: "sent" } }],
  ["v2 GET /chats/{chat}/chat_messages", undefined, { count: 2 }],
  ["v3 DELETE /chats/{chat}/participants", { handle: LATER }, { people: [LINE, ...PEOPLE] }],
  [
    "mock POST /simulate/message",
    { chat: "{chat}", from: PEOPLE[0], text: "Where?" },
    { last: { from: PEOPLE[0], text: "Where?" } },
  ],
  [
    "v2 POST /chats",
    { send_from: LINE, chat: { phone_numbers: [ANY] }, message: { text: "linq-mock: undeliverable" } },
    { count: 8, last: { status: "sent" } },
  ],
  ["mock PUT /clock", { advance_ms: 1000 }, { last: { status: "failed" } }],
  [
    "v3 POST /chats",
    { from: LINE, to: [LATER, ...PEOPLE], message: { parts: [text("A group of V3")] } },
    { count: 1, group: true },
  ],
  ["v2 GET /chats/{chat}", undefined, { people: [LINE, ...PEOPLE, LATER] }],
  ["v3 POST /chats/{chat}/leave", undefined, { people: [...PEOPLE, LATER] }],
  ["v2 POST /chats/{chat}/chat_messages", { message: { text: "Still there?" } }, { last: { status: "sent" } }],
  ["mock PUT /clock", { advance_ms: 1000 }, { last: { status: "failed" } }],
  [
    "v2 POST /chats",
    { send_from: LINE, chat: { phone_numbers: [...PEOPLE, LATER] }, message: { text: "Again" } },
    { count: 1 },
  ],
];

// biome-ignore lint/suspicious/noExplicitAny: an answer, of which the comparison says what it needs
type Body = any;
type By = "v2" | "v3" | "mock";

/** Asks by either version, or the mock itself. A refusal fails the test, and so does an answer that breaks its contract. */
async function ask(api: ApiClient, by: By, method: string, path: string, body?: object | string): Promise<Body> {
  const token = by === "v2" ? { "X-LINQ-INTEGRATION-TOKEN": "test" } : {};
  const below = path.startsWith("http")
    ? `/${new URL(path).pathname}`
    : { v2: `//api/partner/v2${path}`, v3: path, mock: `//__mock${path}` }[by];
  const type = typeof body === "string" ? "application/pdf" : "application/json";
  const sent = { body: typeof body === "string" ? body : JSON.stringify(body), headers: { ...token, "Content-Type": type } };
  const answer =
    body instanceof FormData
      ? await api.postForm(below, body, token)
      : await api.send(method, below, body === undefined ? { headers: token } : sent);
  if (by === "v2") requireContract(method, path, answer.status, answer.body);
  expect({ by, method, path, ok: answer.status < 300, body: answer.body }).toMatchObject({ ok: true });
  return answer.body;
}

/** What a version shows of a chat: the ids are its own, the rest is in words that both have. */
interface Shown {
  readonly ids: readonly { readonly id: number | string; readonly file: string | undefined }[];
  readonly seen: { readonly messages: readonly object[]; readonly group: boolean; readonly people: readonly string[] };
}

const sentBy2 = (chat: Body, { delivery_status: status, is_read }: Body): string => {
  if (status === "pending") return "sent";
  if (status !== "delivered") return "failed";
  return chat.group || chat.service === "SMS" ? "sent" : is_read ? "read" : "delivered"; // there, V3 knows of no receipts
};

async function shownBy2(api: ApiClient, id: number): Promise<Shown> {
  const { data: chat } = await ask(api, "v2", "GET", `/chats/${id}`);
  const { data: list } = await ask(api, "v2", "GET", `/chats/${id}/chat_messages`);
  const { phone_numbers: lines } = await ask(api, "v2", "GET", "/phone_numbers");
  const messages = list.map((one: Body) => ({
    ...{ from: one.sent_from, text: one.text, read: one.is_read },
    files: one.attachments.map(({ filename, url }: Body) => `${filename} ${url}`),
    status: one.sent_from === LINE ? sentBy2(chat, one) : "received",
    reactions: one.reactions.map(({ reaction, from_phone }: Body) => `${reaction} ${from_phone}`).sort(),
  }));
  const people = chat.chat_handles.map(({ phone_number }: Body) => phone_number).sort();
  const ids = list.map((one: Body) => ({ id: one.id, file: one.attachments[0]?.id }));
  return {
    ids,
    seen: { messages, people, group: chat.group, ...{ service: chat.service, calls: lines[0].forwarding_number } },
  };
}

/** Of a group that the line has left V3 shows no messages (A-v3-leave-visibility). */
async function shownBy3(api: ApiClient, id: string): Promise<Shown & { readonly hasLeft: boolean }> {
  const chat = await ask(api, "v3", "GET", `/chats/${id}`);
  const hasLeft = chat.handles.some(({ is_me, status }: Body) => is_me && status === "left");
  const list = hasLeft ? [] : (await ask(api, "v3", "GET", `/chats/${id}/messages`)).messages.reverse();
  const lines = (await ask(api, "v3", "GET", "/phone_numbers")).phone_numbers;
  const filesOf = ({ parts }: Body) => parts.filter(({ type }: Body) => type === "media");
  const messages = list.map((one: Body) => ({
    ...{ from: one.from, read: one.is_read, status: one.delivery_status },
    text: one.parts.flatMap(({ type, value }: Body) => (type === "text" ? [value] : [])).join("\n"),
    files: filesOf(one).map(({ filename, url }: Body) => `${filename} ${url.replace(/\?expires=\d+$/, "")}`),
    reactions: one.parts
      .flatMap(({ reactions }: Body) => reactions)
      .flatMap(({ type, handle }: Body) => (type === "custom" ? [] : [`${type} ${handle.handle}`]))
      .sort(),
  }));
  const people = chat.handles.flatMap(({ handle, status }: Body) => (status === "active" ? [handle] : [])).sort();
  const ids = list.map((one: Body) => ({ id: one.id, file: filesOf(one)[0]?.id }));
  return {
    hasLeft,
    ids,
    seen: { messages, people, group: chat.is_group, ...{ service: chat.service, calls: lines[0].forwarding_number } },
  };
}

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

test("both versions act in turn on one world, and at each step they agree on it", async () => {
  const api = apiClient(
    { fixtures: smallWorld, clock: "2026-01-05T12:00:00Z", webhookOrder: "in-order", rateLimits: false },
    "v3",
  );
  const chat = { v2: 0, v3: "" };
  const chats = new Map<string, number>();
  let known: Record<string, Record<string, unknown>> = { v2: {}, v3: {}, mock: {} };
  const answers: Record<string, unknown> = { hook: receiver.url };

  for (const [call, body, expected] of STEPS) {
    const [by, method, template] = call.split(" ") as [By, string, string];
    const fill = (written: string): string =>
      written.replaceAll(/"?\{(\w+)\}"?/g, (placeholder, name: string) => {
        const value = known[by]?.[name] ?? answers[name];
        const isWhole = placeholder.startsWith('"') && placeholder.endsWith('"');
        return isWhole ? JSON.stringify(value) : placeholder.replace(`{${name}}`, String(value));
      });
    const filled =
      body === undefined || typeof body === "string" || body instanceof FormData
        ? body
        : JSON.parse(fill(JSON.stringify(body)));
    const answer = await ask(api, by, method, fill(template), filled);
    for (const [name, value] of Object.entries(answer ?? {})) if (typeof value === "string") answers[name] = value;

    if (call === "v2 POST /chats") {
      chat.v2 = answer.data.id;
      chat.v3 = (await ask(api, "v2", "GET", `/chats/${chat.v2}/migrate_to_v3`)).data.v3_chat_id;
    } else if (call === "v3 POST /chats") {
      chat.v3 = answer.chat.id;
      chat.v2 = (await ask(api, "mock", "GET", "/chats")).chats.find(({ v3_id }: Body) => v3_id === chat.v3).id;
    }
    chats.set(chat.v3, chat.v2);
    const [by2, by3] = [await shownBy2(api, chat.v2), await shownBy3(api, chat.v3)];
    const { messages } = by3.hasLeft ? by2.seen : by3.seen;
    expect({ call, ...by2.seen }).toEqual({ call, ...by3.seen, messages });
    const typing = (await ask(api, "mock", "GET", `/chats/${chat.v2}`)).chat.participants.filter(({ typing }: Body) => typing);
    const now = {
      call,
      ...by3.seen,
      typing: typing.map(({ identifier }: Body) => identifier),
      count: messages.length,
      last: messages.at(-1),
    };
    expect(now).toMatchObject({ call, ...expected });
    const [last2, last3] = [by2.ids.at(-1), by3.ids.at(-1)];
    known = {
      v2: { chat: chat.v2, last: last2?.id, file: last2?.file },
      v3: { chat: chat.v3, last: last3?.id, file: last3?.file },
      mock: { chat: chat.v2, last: last2?.id },
    };
  }

  await api.advance(0);
  const told = (path: string) => receiver.received.filter((one) => one.path.endsWith(path)).map(({ event }) => event);
  const [by2, by3] = [told("/v2"), told("/v3")];
  expect(by2.length).toBeGreaterThan(12);
  expect(by2.map(({ event_type, data }) => [event_type, data.text, Number(data.chat_id)])).toEqual(
    by3.map(({ event_type, data }) => [
      event_type,
      data.parts?.flatMap(({ type, value }: Body) => (type === "text" ? [value] : [])).join("\n"),
      chats.get(data.chat?.id ?? data.chat_id),
    ]),
  );
});
