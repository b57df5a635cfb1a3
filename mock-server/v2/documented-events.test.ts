import { checkEvent } from "../../contracts/check";
import { examples } from "../../contracts/testing/documented-events.json";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { type Receiver, startReceiver } from "../testing/receiver";
import { ANN, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";

/* The events that the vendor documents: each obeys the contract as it stands, and the mock's own has the same fields of the same types. */

type Call = ReturnType<typeof sandboxClient>;

const contact = {
  ...{ first_name: "John", last_name: "Doe", email: "john@example.com", phone_number: STRANGER },
  ...{ company: "Acme Corp", title: "CEO", location: "San Francisco, CA" },
};
const recording = { url: "https://files.example.com/1.mp3", transcription: "What was said", summary: "What was said" };

/** What happens when the vendor sends such an event. */
const situations: Readonly<Record<string, (box: TestSandbox, call: Call, documented: string) => Promise<unknown>>> = {
  "message.received": (box, _, body) => {
    const attachments = body.includes('"attachments":[]') ? [] : [{ url: "https://files.example.com/a.pdf" }];
    return box.simulate.message({ chat: 1, text: "An example", attachments });
  },
  "message.read": (_, call) => call("PUT", "/chats/5/mark_as_read"),
  "call.completed": (box) => box.simulate.call({ line: LINE, with: ANN, recording }),
  "contact.created": (_, call) => call("POST", "/contacts", { contact }),
  "contact.deleted": (_, call) => call("DELETE", "/contacts/1"),
  "chat.created": (_, call) =>
    call("POST", "/chats", { send_from: LINE, chat: { phone_numbers: [STRANGER] }, message: { text: "An example" } }),
  "reaction.received": (box) => box.simulate.reaction({ message: 1, type: "like" }),
  "typing_indicator.received": (box) => box.simulate.typing({ chat: 1 }),
};

let mock: MockServer;
let receiver: Receiver;
beforeAll(async () => {
  const chats = (smallWorld.chats ?? []).with(4, {
    line: OTHER_LINE,
    participants: [ANN],
    messages: [{ from: ANN, text: "Hi", is_read: false }],
  });
  [mock, receiver] = await Promise.all([startMockServer({ fixtures: { ...smallWorld, chats } }), startReceiver()]);
});
afterAll(async () => {
  await receiver.stop();
  await mock.stop();
});

/** The fields and the types of a value; the entries of a list are as one. Times are told by their form. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value === "string") return formOf(value);
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}

function formOf(text: string): string {
  if (/^\d{4}-\d\d-\d\d[T ]\d/.test(text)) return text.replaceAll(/\d/g, "9").replace(/[+-](?=99:?99$)/, "-");
  return "string";
}

test.each(examples)("$event $body.event_id obeys the contract", ({ event, body }) => {
  expect(checkEvent(event, body)).toEqual([]);
});

test.each(examples)("the mock's $event is as that of $body.event_id", async ({ event, body }) => {
  const situation = situations[event];
  if (!situation) throw new Error(`nobody has said when ${event} comes`);
  const box = await mock.sandbox();
  const call = sandboxClient(box);
  const subscription = { webhook_url: receiver.url, events: [event], version: 2 };
  await call("POST", "/webhook_subscriptions", { webhook_subscription: subscription });
  await situation(box, call, JSON.stringify(body));
  const [delivery] = await box.deliveries.waitFor({ event: event as "message.received" });
  const documented = shapeOf(body) as { data: object };
  if ("timestamp" in documented.data) documented.data.timestamp = "9999-99-99T99:99:99-99:99"; // as in all that was observed
  expect(shapeOf(JSON.parse(delivery?.body ?? ""))).toEqual(documented);
});
