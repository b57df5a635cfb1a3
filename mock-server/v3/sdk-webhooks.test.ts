import LinqAPIV3, { ConflictError, NotFoundError } from "@linqapp/sdk";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { type ReceivedEvent, type Receiver, startReceiver, status } from "../testing/receiver";
import { LINE, STRANGER, smallWorld } from "../testing/worlds";

/* The vendor's own SDK subscribes, and takes what is sent for what it is. It knows real time alone. */

let mock: MockServer;
let box: TestSandbox;
let receiver: Receiver;
let linq: LinqAPIV3;

beforeEach(async () => {
  [mock, receiver] = await Promise.all([
    startMockServer({ fixtures: smallWorld }),
    startReceiver((res, count) => status(count === 1 ? 503 : 200)(res, count)),
  ]);
  box = await mock.sandbox();
  linq = new LinqAPIV3({ apiKey: "test", baseURL: `${box.url}/api/partner`, maxRetries: 0 });
});

afterEach(async () => {
  await receiver.stop();
  await mock.stop();
});

function headersOf({ headers }: ReceivedEvent): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

test("the events of a message are unwrapped by the secret of their subscription, and by no other", async () => {
  const target_url = receiver.url;
  const { signing_secret: key } = await linq.webhookSubscriptions.create({ target_url, subscribed_events: ["message.sent"] });
  await linq.chats.create({ from: LINE, to: [STRANGER], message: { parts: [{ type: "text", value: "Grüße" }] } });
  await box.clock.advance(5000); // to the second attempt, by which the first is still fresh
  expect(receiver.received).toHaveLength(2);
  for (const one of receiver.received) {
    const event = linq.webhooks.unwrap(one.raw, { headers: headersOf(one), key });
    if (event.event_type !== "message.sent") throw new Error(`it is a ${event.event_type}`);
    expect(event.data).toMatchObject({ direction: "outbound", parts: [{ type: "text", value: "Grüße" }] });
    const other = `whsec_${Buffer.alloc(32).toString("base64")}`;
    expect(() => linq.webhooks.unwrap(one.raw, { headers: headersOf(one), key: other })).toThrow("No matching signature");
    expect(() => linq.webhooks.unwrap(`${one.raw} `, { headers: headersOf(one), key })).toThrow("No matching signature");
  }
});

test.each(["frozen", "advanced"])(
  "what is sent is fresh by the machine's time, at each attempt, with the clock %s (A-v3-webhook-timestamp)",
  async (how) => {
    if (how === "frozen") await box.clock.freeze("2025-12-05T14:40:00Z");
    else await box.clock.advance(86_400_000);
    const subscribed = { target_url: receiver.url, subscribed_events: ["message.sent" as const] };
    const { signing_secret: key } = await linq.webhookSubscriptions.create(subscribed);
    await linq.chats.create({ from: LINE, to: [STRANGER], message: { parts: [{ type: "text", value: "Hi" }] } });
    await box.clock.advance(0);
    await box.clock.advance(5000);
    expect(receiver.received).toHaveLength(2);
    for (const one of receiver.received)
      expect(linq.webhooks.unwrap(one.raw, { headers: headersOf(one), key }).event_type).toBe("message.sent");
    const [{ raw = "" } = {}] = receiver.received;
    expect(Math.abs(Date.parse(JSON.parse(raw).created_at) - Date.now())).toBeGreaterThan(3_600_000);
  },
);

test("every call that it has for webhooks", async () => {
  const target_url = "https://hooks.example.com/linq";
  const made = await linq.webhookSubscriptions.create({ target_url, subscribed_events: ["message.received"] });
  const { signing_secret: _, ...shown } = made;
  expect(await linq.webhookSubscriptions.retrieve(made.id)).toEqual(shown);
  expect((await linq.webhookSubscriptions.update(made.id, { is_active: false })).is_active).toBe(false);
  expect((await linq.webhookSubscriptions.list()).subscriptions.map(({ id }) => id)).toEqual([made.id]);
  expect((await linq.webhookEvents.list()).events).toContain("message.received");
  const again = linq.webhookSubscriptions.create({ target_url, subscribed_events: ["message.sent"] });
  await expect(again).rejects.toBeInstanceOf(ConflictError); // A-v3-target-http, A-v3-dup-target, A-v3-code-choice
  await linq.webhookSubscriptions.delete(made.id);
  await expect(linq.webhookSubscriptions.retrieve(made.id)).rejects.toBeInstanceOf(NotFoundError);
});
