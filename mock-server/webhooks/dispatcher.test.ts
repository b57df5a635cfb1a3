import { createHmac } from "node:crypto";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { type Answer, type Receiver, startReceiver, status } from "../testing/receiver";
import { ANN, LINE, smallWorld } from "../testing/worlds";

const NOON = "2025-12-05T12:00:00.000-06:00";
const HOUR_MS = 3_600_000;

let mock: MockServer;
let box: TestSandbox;
let call: ReturnType<typeof sandboxClient>;
const receivers: Receiver[] = [];

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: NOON });
  box = await mock.sandbox();
  call = sandboxClient(box);
});

afterEach(async () => {
  expect(await box.contractViolations()).toEqual([]);
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
  await mock.stop();
});

async function receive(answer?: Answer): Promise<Receiver> {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  return receiver;
}

async function subscribe(webhook_url: string, fields: object = {}): Promise<{ id: number }> {
  const subscription = { webhook_url, events: ["message.sent", "contact.created"], version: 2, ...fields };
  return (await call("POST", "/webhook_subscriptions", { webhook_subscription: subscription })).webhook_subscription;
}

async function subscription(): Promise<{ delivery_attempts: number; last_delivered_at: string | null }> {
  return (await call("GET", "/webhook_subscriptions")).webhook_subscriptions[0];
}

function send(text: string): Promise<{ data: { id: number } }> {
  return call("POST", "/chats/1/chat_messages", { message: { text } });
}

function texts({ received }: Receiver): string[] {
  return received.map(({ event }) => event.data.text);
}

/** After how many seconds each attempt of the newest delivery was made. */
async function attemptedAfter(): Promise<number[]> {
  const [delivery] = await box.deliveries.list();
  return (delivery?.attempts ?? []).map(({ at }) => (Date.parse(at) - Date.parse(NOON)) / 1000);
}

test("an event is posted as JSON with its keys sorted at every level, signed over these bytes", async () => {
  const receiver = await receive();
  await subscribe(receiver.url, { secret: "s3cret" });
  await send("Größe 🙂");
  await box.deliveries.waitFor({ event: "message.sent" });
  const [{ raw, headers, event }] = receiver.received as [Receiver["received"][number]];
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "x-webhook-signature": `sha256=${createHmac("sha256", "s3cret").update(Buffer.from(raw, "utf8")).digest("hex")}`,
  });
  expect(raw).toBe(JSON.stringify(sorted(event)));
  expect(event.data.text).toBe("Größe 🙂");
});

test("without a secret there is no signature", async () => {
  const receiver = await receive();
  await subscribe(receiver.url);
  await send("Hi");
  await box.deliveries.waitFor({ event: "message.sent" });
  expect(receiver.received[0]?.headers).not.toHaveProperty("x-webhook-signature");
});

test("only the events that a subscription asks for are delivered to it", async () => {
  const receiver = await receive();
  await subscribe(receiver.url, { events: ["contact.created"] });
  await send("Hi");
  await call("POST", "/contacts", { contact: { first_name: "Cleo" } });
  await box.deliveries.waitFor({ event: "contact.created" });
  expect(receiver.received.map(({ event }) => event.event_type)).toEqual(["contact.created"]);
});

test("two subscriptions to one URL mean two deliveries of one event", async () => {
  const receiver = await receive();
  await subscribe(receiver.url);
  await subscribe(receiver.url);
  await send("Hi");
  await box.deliveries.waitFor({ event: "message.sent" }, { count: 2 });
  expect(texts(receiver)).toEqual(["Hi", "Hi"]);
  expect(receiver.received[0]?.event.event_id).toBe(receiver.received[1]?.event.event_id);
});

test("deliveries to a subscription keep their order, also while the first one fails", async () => {
  const receiver = await receive((res, count) => status(count <= 2 ? 503 : 200)(res, count));
  await subscribe(receiver.url);
  for (const text of ["one", "two", "three"]) await send(text);
  await box.clock.advance(HOUR_MS);
  expect(texts(receiver)).toEqual(["one", "one", "one", "two", "three"]);
});

test("a subscription counts its attempts, and knows when it was last delivered to", async () => {
  const receiver = await receive((res, count) => status(count === 1 ? 500 : 200)(res, count));
  await subscribe(receiver.url);
  expect(await subscription()).toMatchObject({ delivery_attempts: 0, last_delivered_at: null });
  await send("Hi");
  await box.clock.advance(2000);
  expect(await subscription()).toMatchObject({ delivery_attempts: 2, last_delivered_at: "2025-12-05T12:00:02.000-06:00" });
});

describe("a delivery that fails", () => {
  test.each([
    ["500", status(500)],
    ["503", status(503)],
    ["429", status(429)],
    ["a connection that is reset", ((res) => res.socket?.resetAndDestroy()) as Answer],
    ["a connection that is closed", ((res) => res.socket?.destroy()) as Answer],
    ["something that is not HTTP", ((res) => res.socket?.end("hello\r\n\r\n")) as Answer],
  ])("with %s is tried at 0, 2, 4, 8, 16 and 30 s, and then given up: an hour in no time", async (_, answer) => {
    const receiver = await receive(answer);
    await subscribe(receiver.url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect(await attemptedAfter()).toEqual([0, 2, 4, 8, 16, 30]);
    expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1); // the same bytes each time
    expect(await box.deliveries.list()).toMatchObject([{ status: "failed", next_attempt_at: null }]);
  });

  test("because nobody listens says so, and is tried again", async () => {
    const receiver = await receive();
    await receiver.stop();
    receivers.pop();
    await subscribe(receiver.url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect(await attemptedAfter()).toEqual([0, 2, 4, 8, 16, 30]);
    expect((await box.deliveries.list())[0]?.attempts[0]).toMatchObject({
      status: null,
      error: `connection refused by ${new URL(receiver.url).host} (ECONNREFUSED)`,
    });
  });

  test.each([400, 404, 410, 422])("with %i is final", async (code) => {
    const receiver = await receive(status(code));
    await subscribe(receiver.url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect(receiver.received).toHaveLength(1);
    expect(await box.deliveries.list()).toMatchObject([{ status: "failed", attempts: [{ status: code }] }]);
  });

  test("is received at last, when the receiver recovers", async () => {
    const receiver = await receive((res, count) => status(count < 4 ? 500 : 204)(res, count));
    await subscribe(receiver.url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect(await attemptedAfter()).toEqual([0, 2, 4, 8]);
    expect(await box.deliveries.list()).toMatchObject([{ status: "delivered" }]);
  });
});

test("a receiver that refuses the signature is told over what it is", async () => {
  const receiver = await receive(status(401));
  await subscribe(receiver.url, { secret: "s" });
  await send("Hi");
  const [delivery] = await box.deliveries.waitFor({ status: "failed" });
  expect(delivery?.attempts[0]?.error).toMatch(/^the receiver answered 401; .* over the raw bytes of the body/);
});

test("a redirect is not followed", async () => {
  const target = await receive();
  const receiver = await receive((res) => res.writeHead(302, { Location: target.url }).end());
  await subscribe(receiver.url);
  await send("Hi");
  await box.clock.advance(HOUR_MS);
  expect(target.received).toEqual([]);
  expect(await box.deliveries.list()).toMatchObject([{ status: "failed", attempts: [{ status: 302 }] }]);
});

test("a receiver that hangs has 10 s, by the sandbox's clock", async () => {
  const receiver = await receive((res, count) => count > 1 && res.end());
  await subscribe(receiver.url);
  await send("Hi");
  await box.clock.advance(9_999);
  expect((await box.deliveries.list())[0]).toMatchObject({ status: "pending", attempts: [] });
  await box.clock.advance(1);
  const [delivery] = await box.deliveries.waitFor({ event: "message.sent" });
  expect(delivery?.attempts[0]).toMatchObject({ error: "no answer within 10 s", status: null });
  expect(await attemptedAfter()).toEqual([0, 10]);
});

test("a receiver that drips its headers has 10 s, too", async () => {
  const receiver = await receive((res, count) => (count > 1 ? res.end() : res.socket?.write("HTTP/1.1 200 OK\r\nX-Slow")));
  await subscribe(receiver.url);
  await send("Hi");
  await box.clock.advance(10_000);
  const [delivery] = await box.deliveries.waitFor({ event: "message.sent" });
  expect(delivery?.attempts.map(({ error }) => error)).toEqual(["no answer within 10 s", null]);
});

test.each([
  ["10 MB", ((res) => res.end(Buffer.alloc(10 * 1024 * 1024))) as Answer],
  ["that never ends", ((res) => res.write("a little")) as Answer],
])("an answer of %s has been received with its status", async (_, answer) => {
  const receiver = await receive(answer);
  await subscribe(receiver.url);
  await send("one");
  await send("two");
  await box.deliveries.waitFor({ event: "message.sent" }, { count: 2 });
  expect(texts(receiver)).toEqual(["one", "two"]);
});

test("a connection that was kept open and is closed by then costs no attempt", async () => {
  const receiver = await receive((res) => res.end(() => setImmediate(() => res.socket?.destroy())));
  await subscribe(receiver.url);
  for (const count of [1, 2, 3]) {
    await send(String(count));
    await box.deliveries.waitFor({ event: "message.sent" }, { count });
  }
  expect((await box.deliveries.list()).map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
});

test("the reply comes before the webhook", async () => {
  let replied = (): void => {};
  const reply = new Promise<void>((resolve) => {
    replied = resolve;
  });
  const receiver = await receive((res) => void reply.then(() => res.end())); // a webhook before the reply would wait for ever
  await subscribe(receiver.url);
  await send("Hi");
  replied();
  await box.deliveries.waitFor({ event: "message.sent" });
});

describe("a subscription that is changed while deliveries wait", () => {
  test("when paused holds what waits, drops what happens, and goes on when active again", async () => {
    const receiver = await receive((res, count) => status(count === 1 ? 500 : 200)(res, count));
    const { id } = await subscribe(receiver.url);
    const change = (active: boolean) =>
      call("PUT", `/webhook_subscriptions/${id}`, {
        webhook_subscription: { webhook_url: receiver.url, events: ["message.sent"], version: 2, active },
      });
    await send("before");
    await box.clock.advance(1000);
    await change(false);
    await send("meanwhile");
    await box.clock.advance(HOUR_MS);
    expect(texts(receiver)).toEqual(["before"]);
    await change(true);
    await send("after");
    await box.deliveries.waitFor({ event: "message.sent" }, { count: 2 });
    expect(texts(receiver)).toEqual(["before", "before", "after"]);
  });

  test("sends what waits to its new URL, signed with its new secret", async () => {
    const [old, young] = [await receive(status(500)), await receive()];
    const { id } = await subscribe(old.url, { secret: "old" });
    await send("Hi");
    await box.clock.advance(1000);
    await call("PUT", `/webhook_subscriptions/${id}`, {
      webhook_subscription: { webhook_url: young.url, events: [], version: 2, secret: "young" },
    });
    await box.clock.advance(HOUR_MS);
    expect([old.received.length, young.received.length]).toEqual([1, 1]);
    const [{ raw, headers }] = young.received as [Receiver["received"][number]];
    expect(headers["x-webhook-signature"]).toBe(`sha256=${createHmac("sha256", "young").update(raw).digest("hex")}`);
  });

  test("when deleted drops what waits, and counts it", async () => {
    const receiver = await receive(status(500));
    const { id } = await subscribe(receiver.url);
    await send("one");
    await send("two");
    await box.clock.advance(1000);
    await call("DELETE", `/webhook_subscriptions/${id}`);
    await box.clock.advance(HOUR_MS);
    expect(receiver.received).toHaveLength(1);
    expect((await box.deliveries.list()).map((delivery) => delivery.status)).toEqual(["dropped", "dropped"]);
  });
});

test("an event can be sent again, as a delivery of its own", async () => {
  const receiver = await receive();
  await subscribe(receiver.url);
  await send("Hi");
  const [first] = await box.deliveries.waitFor({ event: "message.sent" });
  const again = await box.deliveries.redeliver(first?.id ?? 0);
  await box.deliveries.waitFor({ event: "message.sent" }, { count: 2 });
  expect(again.id).not.toBe(first?.id);
  expect(receiver.received[1]?.raw).toBe(receiver.received[0]?.raw);
});

describe("webhooks go to this machine only", () => {
  test("so another host is not delivered to, and the subscription says so", async () => {
    const response = await fetch(`${box.url}/api/partner/v2/webhook_subscriptions`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "t", "Content-Type": "application/json" },
      body: JSON.stringify({
        webhook_subscription: { webhook_url: "https://app.example.com/hook", events: ["message.sent"], version: 2 },
      }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-linq-mock-hint")).toMatch(/--allow-webhook-host app\.example\.com/);
    await send("Hi");
    const [delivery] = await box.deliveries.waitFor({ status: "failed" });
    expect(delivery?.attempts).toMatchObject([
      {
        status: null,
        error: expect.stringMatching(/^webhooks go to this machine only; --allow-webhook-host app\.example\.com/),
      },
    ]);
  });

  test("unless it is allowed", async () => {
    const other = await startMockServer({ fixtures: smallWorld, clock: NOON, allowWebhookHosts: ["no-such-host.invalid"] });
    const own = await other.sandbox();
    const webhook_subscription = { webhook_url: "http://no-such-host.invalid/", events: ["message.sent"], version: 2 };
    await sandboxClient(own)("POST", "/webhook_subscriptions", { webhook_subscription });
    await sandboxClient(own)("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
    await own.clock.advance(HOUR_MS);
    expect((await own.deliveries.list())[0]?.attempts[0]?.error).not.toMatch(/this machine only/);
    await other.stop();
  });

  test.each([
    "http://localhost:9/",
    "http://app.localhost:9/",
    "http://127.8.8.8:9/",
    "http://[::1]:9/",
    "http://[::ffff:127.0.0.1]:9/",
  ])("%s is this machine", async (url) => {
    await subscribe(url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect((await box.deliveries.list())[0]?.attempts).toHaveLength(6);
  });
});

test("a reset drops what waits and what is in flight, and the mock counts it", async () => {
  const receiver = await receive((res, count) => count < 2 && res.writeHead(500).end());
  await subscribe(receiver.url);
  await send("one");
  await send("two");
  await box.clock.advance(2000); // the second attempt of the first is in flight, and the second delivery waits behind it
  await box.reset();
  expect(await box.deliveries.list()).toEqual([]);
  await box.clock.advance(HOUR_MS);
  expect(texts(receiver)).toEqual(["one", "one"]);
  const health = await fetch(`${mock.url}/__mock/health`);
  expect(await health.json()).toMatchObject({ deliveries_dropped: 2 });
});

test("stopping waits for what is in flight", async () => {
  const own = await startMockServer({ fixtures: smallWorld });
  const ownBox = await own.sandbox();
  let answer = (): void => {};
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const receiver = await receive((res) => {
    answer = () => res.end();
    arrive();
  });
  const webhook_subscription = { webhook_url: receiver.url, events: ["message.sent"], version: 2 };
  await sandboxClient(ownBox)("POST", "/webhook_subscriptions", { webhook_subscription });
  await sandboxClient(ownBox)("POST", "/chats/1/chat_messages", { message: { text: "Hi" } });
  await arrived;
  let isStopped = false;
  const stopped = own.stop().then(() => {
    isStopped = true;
  });
  await fetch(`${mock.url}/__mock/health`); // some time goes by
  expect(isStopped).toBe(false);
  answer();
  await stopped;
});

test("parallel sandboxes see only their own events", async () => {
  const [mine, theirs] = [await receive(), await receive()];
  const other = await mock.sandbox();
  await subscribe(mine.url);
  const webhook_subscription = { webhook_url: theirs.url, events: ["message.sent"], version: 2 };
  await sandboxClient(other)("POST", "/webhook_subscriptions", { webhook_subscription });
  await Promise.all([send("mine"), sandboxClient(other)("POST", "/chats/1/chat_messages", { message: { text: "theirs" } })]);
  await Promise.all([box, other].map((sandbox) => sandbox.deliveries.waitFor({ event: "message.sent" })));
  expect([texts(mine), texts(theirs)]).toEqual([["mine"], ["theirs"]]);
});

test("with a seed, event ids are the same each time; without, never", async () => {
  const ids = async (options: object): Promise<string[]> => {
    const own = await startMockServer({ fixtures: smallWorld, clock: NOON, ...options });
    const ownBox = await own.sandbox("seeded");
    const webhook_subscription = { webhook_url: "http://127.0.0.1:9/", events: ["message.sent"], version: 2 };
    await sandboxClient(ownBox)("POST", "/webhook_subscriptions", { webhook_subscription });
    await sandboxClient(ownBox)("POST", "/chats", { send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "a" } });
    await sandboxClient(ownBox)("POST", "/chats/1/chat_messages", { message: { text: "b" } });
    const found = (await ownBox.deliveries.list()).map(({ event_id }) => event_id);
    await own.stop();
    return found;
  };
  expect(await ids({ seed: 7 })).toEqual(await ids({ seed: 7 }));
  expect(await ids({ seed: 7 })).not.toEqual(await ids({ seed: 8 }));
  expect(await ids({})).not.toEqual(await ids({}));
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
