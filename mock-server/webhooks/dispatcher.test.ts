import { createHmac } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import type { MockServerOptions } from "../server/options";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { type Answer, type Receiver, startReceiver, status } from "../testing/receiver";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-list-order.

const NOON = "2025-12-05T12:00:00.000-06:00";
const HOUR_MS = 3_600_000;

/** One connection may wait while it is busy, for longer than Node gives each address of a host. */
const BUSY_RECEIVER = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:http").createServer((req, res) => res.end());
  server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => parentPort.postMessage(server.address().port));
  parentPort.on("message", () => {
    parentPort.postMessage("busy");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
  });
`;

let mock: MockServer;
let box: TestSandbox;
let call: ReturnType<typeof sandboxClient>;
const receivers: Receiver[] = [];

beforeEach(() => start());

async function start(options: MockServerOptions = {}): Promise<void> {
  await mock?.stop();
  mock = await startMockServer({ fixtures: smallWorld, clock: NOON, ...options });
  box = await mock.sandbox();
  call = sandboxClient(box);
}

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

/** Resolves when a receiver has got so many events. */
async function arrived({ received }: Receiver, count: number): Promise<void> {
  while (received.length < count) await box.deliveries.list(); // some time goes by
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

test("deliveries wait neither for each other nor for an answer", async () => {
  const unanswered: ServerResponse[] = [];
  const receiver = await receive((res) => unanswered.push(res));
  await subscribe(receiver.url);
  for (const text of ["one", "two", "three"]) await send(text);
  await arrived(receiver, 3);
  expect(await box.deliveries.list()).toMatchObject([{ status: "pending" }, { status: "pending" }, { status: "pending" }]);
  for (const res of unanswered.reverse()) res.end();
  await box.deliveries.waitFor({ event: "message.sent" }, { count: 3 });
});

test("a hundred are under way at most; the others start, in order, when one of them has ended", async () => {
  const unanswered: ServerResponse[] = [];
  const receiver = await receive((res, count) => (count > 100 ? res.end() : unanswered.push(res)));
  await subscribe(receiver.url);
  for (let i = 1; i <= 103; i += 1) await send(String(i));
  await arrived(receiver, 100);
  expect((await box.deliveries.list()).filter(({ attempts }) => attempts.length > 0)).toEqual([]);
  unanswered[50]?.end();
  await box.deliveries.waitFor({ event: "message.sent" }, { count: 4 });
  expect(texts(receiver).slice(100)).toEqual(["101", "102", "103"]);
  for (const res of unanswered) res.end();
});

test("in order, one is sent when the one before was answered or has failed", async () => {
  await start({ webhookOrder: "in-order" });
  const receiver = await receive((res, count) => count !== 1 && status(count === 2 ? 503 : 200)(res, count));
  await subscribe(receiver.url);
  for (const text of ["one", "two", "three"]) await send(text);
  await arrived(receiver, 1);
  await box.clock.advance(14_999);
  expect(texts(receiver)).toEqual(["one"]);
  await box.clock.advance(1);
  await box.deliveries.waitFor({ event: "message.sent" });
  expect(texts(receiver)).toEqual(["one", "two", "three"]);
  expect((await box.deliveries.list()).map(({ status }) => status)).toEqual(["delivered", "failed", "failed"]);
});

test("a subscription counts its attempts, and when one last succeeded", async () => {
  const receiver = await receive((res, count) => status(count === 2 ? 500 : 200)(res, count));
  await subscribe(receiver.url);
  expect(await subscription()).toMatchObject({ delivery_attempts: 0, last_delivered_at: null });
  await send("received");
  await box.clock.advance(2000);
  await send("refused");
  await box.clock.advance(2000);
  expect(await subscription()).toMatchObject({ delivery_attempts: 2, last_delivered_at: NOON });
});

describe("a delivery that fails", () => {
  test.each([
    ["500", status(500)],
    ["429", status(429)],
    ["404", status(404)],
    ["a connection that is reset", ((res) => res.socket?.resetAndDestroy()) as Answer],
    ["a connection that is closed", ((res) => res.socket?.destroy()) as Answer],
    ["something that is not HTTP", ((res) => res.socket?.end("hello\r\n\r\n")) as Answer],
  ])("with %s has failed, and is not tried again", async (_, answer) => {
    const receiver = await receive(answer);
    await subscribe(receiver.url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect(receiver.received).toHaveLength(1);
    expect(await box.deliveries.list()).toMatchObject([{ status: "failed", next_attempt_at: null, attempts: [{ at: NOON }] }]);
  });

  test("because nobody listens says so", async () => {
    const receiver = await receive();
    await receiver.stop();
    receivers.pop();
    await subscribe(receiver.url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect((await box.deliveries.list()).map(({ attempts }) => attempts)).toMatchObject([
      [{ status: null, error: `connection refused by ${new URL(receiver.url).host} (ECONNREFUSED)` }],
    ]);
  });

  test("can be sent again by hand, which is a delivery of its own", async () => {
    const receiver = await receive((res, count) => status(count === 1 ? 500 : 204)(res, count));
    await subscribe(receiver.url);
    await send("Hi");
    const [failed] = await box.deliveries.waitFor({ status: "failed" });
    const again = await box.deliveries.redeliver(failed?.id ?? 0);
    await box.deliveries.waitFor({ event: "message.sent" });
    expect((await box.deliveries.list()).map(({ id, status }) => [id, status])).toEqual([
      [again.id, "delivered"],
      [failed?.id, "failed"],
    ]);
    expect(receiver.received[1]?.raw).toBe(receiver.received[0]?.raw);
    expect(await subscription()).toMatchObject({ delivery_attempts: 2, last_delivered_at: NOON });
  });
});

test("a receiver that refuses the signature is told over what it is", async () => {
  const receiver = await receive(status(401));
  await subscribe(receiver.url, { secret: "s" });
  await send("Hi");
  const [delivery] = await box.deliveries.waitFor({ status: "failed" });
  expect(delivery?.attempts[0]?.error).toMatch(/^the receiver answered 401; .* over the raw bytes of the body/);
  expect(delivery?.attempts[0]?.error).toContain(
    `POST ${new URL(box.url).pathname.replace(/\/$/, "")}/__mock/deliveries/${delivery?.id}/verify`,
  );
});

test("a receiver that refuses what is not signed is told that there is no secret", async () => {
  const receiver = await receive(status(401));
  await subscribe(receiver.url);
  await send("Hi");
  const [delivery] = await box.deliveries.waitFor({ status: "failed" });
  expect(delivery?.attempts[0]?.error).toBe("the receiver answered 401; subscription 1 has no secret, so nothing was signed");
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

test.each([
  ["hangs", (() => {}) as Answer],
  ["drips its headers", ((res) => res.socket?.write("HTTP/1.1 200 OK\r\nX-Slow")) as Answer],
])("a receiver that %s has 15 s, by the sandbox's clock", async (_, answer) => {
  const receiver = await receive(answer);
  await subscribe(receiver.url);
  await send("Hi");
  await box.clock.advance(14_999);
  expect((await box.deliveries.list())[0]).toMatchObject({ status: "pending", attempts: [] });
  await box.clock.advance(1);
  const [delivery] = await box.deliveries.waitFor({ status: "failed" });
  expect(delivery?.attempts).toMatchObject([
    { error: "no answer within 15 s by the sandbox's clock, which was advanced", status: null, at: NOON },
  ]);
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

test("an event is sent once, though its receiver hangs up on every second one without an answer", async () => {
  let taken = 0;
  const receiver = await receive((res) => {
    taken += 1;
    if (taken % 2 === 0) res.socket?.destroy();
    else res.end();
  });
  await subscribe(receiver.url);
  for (const [text, status] of Object.entries({ 1: "delivered", 2: "failed", 3: "delivered" } as const)) {
    await send(text);
    await box.deliveries.waitFor({ status }, { count: text === "3" ? 2 : 1 });
  }
  expect(texts(receiver)).toEqual(["1", "2", "3"]);
  expect((await box.deliveries.list()).map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  expect(await subscription()).toMatchObject({ delivery_attempts: 3 });
});

test("a receiver at localhost that is too busy to take a connection is waited for", async () => {
  const worker = new Worker(BUSY_RECEIVER, { eval: true });
  const [port] = (await once(worker, "message")) as [number];
  worker.postMessage("be busy");
  await once(worker, "message");
  const queue = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => undefined)); // more than it lets wait
  await new Promise((resolve) => queue[0]?.on("connect", resolve));
  await subscribe(`http://localhost:${port}/`);
  await send("Hi");
  await box.deliveries.waitFor({ event: "message.sent" }, { timeoutMs: 10_000 });
  for (const socket of queue) socket.destroy();
  await worker.terminate();
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
  beforeEach(() => box.faults.arm({ fault: "webhook-delay", ms: 5000, first: 2 }));

  test("when paused holds what waits, drops what happens, and goes on when active again", async () => {
    const receiver = await receive();
    const { id } = await subscribe(receiver.url);
    const change = (active: boolean) =>
      call("PUT", `/webhook_subscriptions/${id}`, {
        webhook_subscription: { webhook_url: receiver.url, events: ["message.sent"], version: 2, active },
      });
    await send("before");
    await change(false);
    await send("meanwhile");
    await box.clock.advance(HOUR_MS);
    expect(texts(receiver)).toEqual([]);
    await change(true);
    await box.deliveries.waitFor({ event: "message.sent" });
    expect(texts(receiver)).toEqual(["before"]);
  });

  test("sends what waits to its new URL, signed with its new secret", async () => {
    const [old, young] = [await receive(), await receive()];
    const { id } = await subscribe(old.url, { secret: "old" });
    await send("Hi");
    await call("PUT", `/webhook_subscriptions/${id}`, {
      webhook_subscription: { webhook_url: young.url, events: [], version: 2, secret: "young" },
    });
    await box.clock.advance(HOUR_MS);
    expect([old.received.length, young.received.length]).toEqual([0, 1]);
    const [{ raw, headers }] = young.received as [Receiver["received"][number]];
    expect(headers["x-webhook-signature"]).toBe(`sha256=${createHmac("sha256", "young").update(raw).digest("hex")}`);
  });

  test("when deleted drops what waits, and counts it", async () => {
    const receiver = await receive();
    const { id } = await subscribe(receiver.url);
    await send("one");
    await send("two");
    await call("DELETE", `/webhook_subscriptions/${id}`);
    await box.clock.advance(HOUR_MS);
    expect(receiver.received).toHaveLength(0);
    expect((await box.deliveries.list()).map((delivery) => delivery.status)).toEqual(["dropped", "dropped"]);
  });
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
    "http://localhost.:9/",
    "http://app.localhost:9/",
    "http://127.8.8.8:9/",
    "http://[::1]:9/",
    "http://[::ffff:127.0.0.1]:9/",
  ])("%s is this machine", async (url) => {
    await subscribe(url);
    await send("Hi");
    await box.clock.advance(HOUR_MS);
    expect((await box.deliveries.list())[0]?.attempts[0]?.error).not.toMatch(/this machine only/);
  });
});

test("a name below localhost is this machine, whatever a name server says of it", async () => {
  const receiver = await receive();
  await subscribe(receiver.url.replace("127.0.0.1", "no-such-name.localhost"));
  await send("Hi");
  await box.deliveries.waitFor({ event: "message.sent" });
  expect(receiver.received[0]?.headers.host).toMatch(/^no-such-name\.localhost:/);
});

describe("a mock that other machines can reach does not post to this machine's own services", () => {
  const receiverAt = async (host: string, options: MockServerOptions, credentials = "") => {
    await start({ host: "0.0.0.0", controlToken: "t0p", ...options });
    const receiver = await receive();
    const url = receiver.url.replace("127.0.0.1", `${credentials}${host}`);
    const response = await fetch(`${box.url}/api/partner/v2/webhook_subscriptions`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "t", "Content-Type": "application/json" },
      body: JSON.stringify({ webhook_subscription: { webhook_url: url, events: ["message.sent"], version: 2 } }),
    });
    await fetch(`${box.url}/api/partner/v2/chats/1/chat_messages`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "t", "Content-Type": "application/json" },
      body: JSON.stringify({ message: { text: "Hi" } }),
    });
    await box.clock.advance(0);
    const [delivery] = await box.deliveries.list();
    const hint = response.headers.get("x-linq-mock-hint");
    const { last_delivered_at } = await subscription();
    return {
      received: receiver.received,
      status: delivery?.status,
      error: delivery?.attempts[0]?.error,
      hint,
      last_delivered_at,
    };
  };

  test.each(["127.0.0.1", "localhost", "app.localhost", "[::ffff:127.0.0.1]", "10.1.2.3", "2130706433"])(
    "at %s",
    async (host) => {
      const { received, status, error, hint, last_delivered_at } = await receiverAt(host, {});
      expect([received, status, last_delivered_at]).toEqual([[], "failed", null]);
      expect(error).toMatch(
        /^other machines can reach this mock, so webhooks go to named hosts only; --allow-webhook-host \S+ allows/,
      );
      expect(hint).toContain(error);
    },
  );

  test.each(["127.0.0.1", "localhost"])("unless %s was allowed", async (host) => {
    const { received, status } = await receiverAt(host, { allowWebhookHosts: [host] });
    expect([received.length, status]).toEqual([1, "delivered"]);
  });

  test("and sends no credentials anywhere", async () => {
    const { received, error } = await receiverAt("127.0.0.1", { allowWebhookHosts: ["127.0.0.1"] }, "admin:hunter2@");
    expect(received).toEqual([]);
    expect(error).toMatch(/no credentials are sent/);
  });
});

test("credentials in the URL of a receiver on this machine are sent to it", async () => {
  const receiver = await receive();
  await subscribe(receiver.url.replace("//", "//me:secret@"));
  await send("Hi");
  await box.deliveries.waitFor({ event: "message.sent" });
  expect(receiver.received[0]?.headers.authorization).toBe(`Basic ${btoa("me:secret")}`);
});

test("a reset drops what waits and what is in flight, and the mock counts it", async () => {
  const receiver = await receive(() => {});
  await subscribe(receiver.url);
  await box.faults.arm({ fault: "webhook-delay", ms: 5000, nth: 2 });
  await send("one");
  await send("two");
  await arrived(receiver, 1);
  await box.reset();
  expect(await box.deliveries.list()).toEqual([]);
  await box.clock.advance(HOUR_MS);
  expect(texts(receiver)).toEqual(["one"]);
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
