import { startMockServer } from "../server/start-mock-server";
import { ask, CLOCK, pin, readable, startReceiver, WORLD } from "./golden";

/* What is delivered to receivers, to the byte: every event, signed and not, in the order in which it comes. */

const EVENTS = [
  ...["message.sent", "message.received", "message.read", "call.completed", "reaction.sent", "reaction.received"],
  ...["typing_indicator.received", "typing_indicator.removed", "chat.created", "contact.created", "contact.updated"],
  ...["contact.deleted", "participant.added", "participant.removed"],
];
const LINE = "+12052761148";
const ANN = "+12055550101";
const API = "/api/partner/v2";
const SIMULATE = "/__mock/simulate";

type Call = readonly [method: string, path: string, body?: object];

const happenings: readonly Call[] = [
  [
    "POST",
    `${API}/chats/1/chat_messages`,
    { message: { text: "Hi Łódź 👋", attachment_urls: ["https://files.example.com/map.png"] } },
  ],
  [
    "POST",
    `${API}/chats`,
    { send_from: LINE, chat: { phone_numbers: [ANN, "dee@example.com"], display_name: "Two" }, message: { text: "Both" } },
  ],
  ["POST", `${SIMULATE}/typing`, { chat: 1 }],
  ["POST", `${SIMULATE}/message`, { chat: 1, text: "Here", attachments: [{ filename: "note.txt", content_base64: "YWJj" }] }],
  ["POST", `${SIMULATE}/message`, { line: LINE, from: "+12055550188", text: "Who is this?" }],
  ["PUT", `${API}/chats/1/mark_as_read`],
  ["POST", `${SIMULATE}/read`, { chat: 1 }],
  ["POST", `${API}/chat_messages/1/reactions`, { type: "love", operation: "add" }],
  ["POST", `${API}/chat_messages/1/reactions`, { type: "love", operation: "remove" }],
  ["POST", `${SIMULATE}/reaction`, { message: 2, type: "laugh" }],
  ["POST", `${SIMULATE}/reaction`, { message: 2, type: "laugh", operation: "remove" }],
  ["POST", `${SIMULATE}/typing`, { chat: 5 }],
  ["PUT", "/__mock/clock", { advance_ms: 61_000 }],
  ["POST", `${API}/contacts`, { contact: { first_name: "Cleo", email: "cleo@example.com" }, user_email: "bo@example.com" }],
  ["PATCH", `${API}/contacts/4`, { contact: { first_name: "Cleo", title: "Baker" } }],
  ["DELETE", `${API}/contacts/4`],
  ["POST", `${SIMULATE}/participant_added`, { chat: 2, participant: "+12055550177" }],
  ["POST", `${SIMULATE}/participant_removed`, { chat: 2, participant: ANN }],
  ["POST", `${SIMULATE}/call`, { line: LINE, with: ANN, duration_s: 90 }],
  [
    "POST",
    `${SIMULATE}/call`,
    {
      ...{ line: LINE, with: ANN, direction: "outbound", voicemail: true, forwarded_from: "+12055550140" },
      recording: { url: "https://files.example.com/call.mp3", transcription: "Hello", summary: "A greeting" },
    },
  ],
  ["PUT", "/__mock/clock", { freeze: "2026-07-01T12:00:00Z" }],
  ["POST", `${API}/chats/5/chat_messages`, { message: { text: "In summer" } }],
];

/** Faults that need no time. */
const faults = ["webhook-bad-signature", "webhook-duplicate", "webhook-drop"].map((fault) => ({ fault }));

pin("webhooks.json", async () => {
  const [mock, receiver] = await Promise.all([
    startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7, webhookOrder: "in-order" }),
    startReceiver(),
  ]);
  const call = async (...[method, path, body]: Call): Promise<void> => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" };
    const { status = 0, body: text } = await ask(mock.url, method, path, { body, headers });
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`);
  };
  const settle = () => call("PUT", "/__mock/clock", { advance_ms: 0 });
  const subscribe = (path: string, fields: object) =>
    call("POST", `${API}/webhook_subscriptions`, {
      webhook_subscription: { webhook_url: `${receiver.url}${path}`, events: EVENTS, version: 2, ...fields },
    });
  try {
    await subscribe("/signed", { secret: "s3cret" });
    await subscribe("/unsigned?key=1", { secret: "" });
    await subscribe("/retried/503", { secret: "s3cret", events: ["contact.created"] });
    await subscribe("/refused/410", { secret: "s3cret", events: ["contact.created"] });
    for (const happening of happenings) {
      await call(...happening);
      await settle();
    }
    await call("PUT", "/__mock/clock", { advance_ms: 86_400_000 });
    for (const fault of faults) {
      await call("PUT", "/__mock/faults", { faults: [fault] });
      await call("POST", `${API}/contacts`, { contact: { first_name: fault.fault } });
      await settle();
    }
  } finally {
    await mock.stop();
    await receiver.stop();
  }

  const counts = new Map<string, number>();
  const entries = receiver.hooks.map(({ path, headers, body }) => {
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    const { event_type } = JSON.parse(body) as { event_type: string };
    return [`${path} ${String(count).padStart(2, "0")} ${event_type}`, { headers, body: readable(body) }];
  });
  return Object.fromEntries(entries);
});
