import { createHmac } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { RecordedDelivery } from "../recorded-delivery";
import type { MockServerOptions } from "../server/options";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { checkControlAnswers } from "../testing/control-contract";
import { type Answer, type Receiver, startReceiver } from "../testing/receiver";
import { smallWorld } from "../testing/worlds";

const NOON = Date.parse("2025-12-05T12:00:00-06:00");

checkControlAnswers();

let mock: MockServer;
let box: TestSandbox;
let receiver: Receiver;

afterEach(async () => {
  await receiver.stop();
  await mock.stop();
});

/** Starts a mock, and has its only subscription told of a message. */
async function deliver(answer?: Answer, { secret = "s3cret", ms = 0 } = {}, options: MockServerOptions = {}): Promise<number> {
  mock = await startMockServer({ fixtures: smallWorld, clock: new Date(NOON), ...options });
  box = await mock.sandbox();
  receiver = await startReceiver(answer);
  const webhook_subscription = { webhook_url: receiver.url, events: ["message.received"], version: 2, secret };
  await sandboxClient(box)("POST", "/webhook_subscriptions", { webhook_subscription });
  if (ms > 0) await box.faults.arm({ fault: "webhook-delay", ms, first: 1 });
  await box.simulate.message({ chat: 1, text: "Hi" });
  if (ms === 0) await box.deliveries.waitFor({});
  return 1;
}

interface Answered {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
  readonly hint: string | null;
}

async function call(method: string, path: string, body?: object): Promise<Answered> {
  const response = await fetch(`${box.url}/__mock/deliveries/${path}`, {
    method,
    ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json(), hint: response.headers.get("x-linq-mock-hint") };
}

async function read(id: number): Promise<RecordedDelivery> {
  return (await call("GET", String(id))).body.delivery;
}

/** When it is due, in milliseconds after noon. */
function due({ next_attempt_at }: RecordedDelivery): number | null {
  return next_attempt_at === null ? null : Date.parse(next_attempt_at) - NOON;
}

describe("a delivery is read with", () => {
  test("its bytes, its attempts, what the receiver answered, and how it was signed", async () => {
    const id = await deliver((res) => res.writeHead(200, { "Content-Type": "application/json" }).end('{"ok":true}'));
    const delivery = await read(id);
    const signature = `sha256=${createHmac("sha256", "s3cret").update(delivery.body).digest("hex")}`;
    expect(delivery).toMatchObject({
      status: "delivered",
      body: receiver.received[0]?.raw,
      attempts: [{ status: 200, answer: '{"ok":true}', error: null }],
      signature: { state: "good", headers: { "X-Webhook-Signature": signature } },
    });
    expect(delivery.attempts[0]?.ms).toBeGreaterThan(0);
  });

  test("no more than 2 KB of the answer", async () => {
    const id = await deliver((res) => res.end("ü".repeat(5000)));
    expect((await read(id)).attempts[0]?.answer).toBe("ü".repeat(1024));
  });

  test("an answer that comes later than its status, and nothing as long as it has not come", async () => {
    let late: ServerResponse | undefined;
    const id = await deliver((res) => {
      late = res;
      res.writeHead(200).flushHeaders();
    });
    expect((await read(id)).attempts[0]).toMatchObject({ status: 200, answer: null });
    late?.end("done");
    while ((await read(id)).attempts[0]?.answer === null); // until it has come
    expect((await read(id)).attempts[0]?.answer).toBe("done");
  });

  test("no signature without a secret, and none before an attempt", async () => {
    const id = await deliver(undefined, { secret: "" });
    expect((await read(id)).signature).toEqual({ state: "none", headers: {} });
    await box.deliveries.redeliver(id, { delay_ms: 1000 });
    expect((await read(2)).signature).toBeNull();
  });
});

describe("an event is sent again", () => {
  test("so often, so late and so badly signed as is said, as deliveries of one event", async () => {
    const id = await deliver();
    const { status, body } = await call("POST", `${id}/redeliver`, { copies: 2, signature: "spoilt", delay_ms: 5000 });
    expect([status, body.id, body.copies, due(body)]).toEqual([202, 2, [2, 3], 5000]);
    await box.clock.advance(4999);
    expect(receiver.received).toHaveLength(1);
    await box.clock.advance(1);
    expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1);
    expect(receiver.received).toHaveLength(3);
    expect(await read(2)).toMatchObject({
      fault: "by hand: delayed by 5000 ms, signature spoilt",
      signature: { state: "bad" },
    });
    expect((await box.webhookEvents())[0]?.deliveries).toEqual([1, 2, 3]);
    expect(receiver.received[2]?.headers["x-webhook-signature"]).not.toBe(receiver.received[0]?.headers["x-webhook-signature"]);
  });

  test("at once and well signed without a body, or with an empty one", async () => {
    const id = await deliver();
    expect((await call("POST", `${id}/redeliver`)).body).toMatchObject({ copies: [2], fault: null });
    expect((await call("POST", `${id}/redeliver`, {})).body).toMatchObject({ copies: [3], fault: null });
    await box.deliveries.waitFor({}, { count: 3 });
    expect(new Set(receiver.received.map(({ headers }) => headers["x-webhook-signature"])).size).toBe(1);
  });

  test("not badly signed where nothing is signed; a paused subscription gets it later, and that is told", async () => {
    const id = await deliver(undefined, { secret: "" });
    expect(await call("POST", `${id}/redeliver`, { signature: "spoilt" })).toMatchObject({
      status: 409,
      body: { error: { code: "unsigned", pointer: "/signature" } },
    });
    const paused = { webhook_url: receiver.url, events: ["message.received"], version: 2, active: false };
    await sandboxClient(box)("PUT", "/webhook_subscriptions/1", { webhook_subscription: paused });
    expect((await call("POST", `${id}/redeliver`)).hint).toContain("Subscription 1 is paused (active: false)");
    expect((await call("POST", "2/run")).hint).toContain("Subscription 1 is paused (active: false)");
  });

  test.each([
    [{ copies: 11 }, "/copies"],
    [{ copies: 0 }, "/copies"],
    [{ signature: "bad" }, "/signature"],
    [{ delay_ms: -1 }, "/delay_ms"],
    [{ copy: 2 }, ""],
    [[], ""],
  ])("not as %j says", async (body, pointer) => {
    const id = await deliver();
    const refused = await call("POST", `${id}/redeliver`, body);
    expect([refused.status, refused.body.error.pointer]).toEqual([422, pointer]);
    expect(await box.deliveries.list()).toHaveLength(1);
  });

  test("not for a body that nobody reads", async () => {
    const id = await deliver();
    const url = `${box.url}/__mock/deliveries/${id}/redeliver`;
    const response = await fetch(url, { method: "POST", body: new URLSearchParams({ copies: "2" }) });
    const { error } = (await response.json()) as { error: { message: string } };
    expect([response.status, error.message]).toEqual([
      422,
      expect.stringContaining("its Content-Type is application/x-www-form-urlencoded"),
    ]);
  });
});

describe("a secret is tried on a signature:", () => {
  const verify = async (id: number, secret: string) => (await call("POST", `${id}/verify`, { secret })).body;

  test("the right one, a wrong one, one with blanks or quotation marks around it", async () => {
    const id = await deliver();
    expect(await verify(id, "s3cret")).toEqual({
      verified: true,
      why: "X-Webhook-Signature is the HMAC-SHA256 of the raw body by this secret.",
    });
    expect(await verify(id, "secret")).toEqual({ verified: false, why: "It was signed with another secret." });
    for (const untidy of [" s3cret\n", '"s3cret"'])
      expect(await verify(id, untidy)).toEqual({
        verified: false,
        why: "The secret itself does; here, blanks or quotation marks stand around it.",
      });
  });

  test("where it was spoilt, where nothing is signed, where nothing was sent", async () => {
    const id = await deliver();
    await call("POST", `${id}/redeliver`, { signature: "spoilt" });
    await box.deliveries.waitFor({}, { count: 2 });
    expect((await verify(2, "s3cret")).why).toBe("The signature was spoilt on purpose: it is that of no secret.");
    await call("POST", `${id}/redeliver`, { delay_ms: 1000 });
    expect((await verify(3, "s3cret")).why).toBe("Nothing was sent yet.");
    await Promise.all([receiver.stop(), mock.stop()]);
    expect((await verify(await deliver(undefined, { secret: "" }), "s3cret")).why).toBe(
      "Nothing was signed: subscription 1 had no secret.",
    );
  });
});

describe("a delivery that waits", () => {
  test("comes later, and then in time; nothing is left at the old instant", async () => {
    const id = await deliver(undefined, { ms: 1000 });
    expect(due((await call("POST", `${id}/delay`, { ms: 9000 })).body.delivery)).toBe(10_000);
    expect((await box.clock.read()).next).toEqual({
      at: "2025-12-05T12:00:10.000-06:00",
      what: "attempt 1 of message.received",
    });
    await box.clock.advance(9999);
    expect(receiver.received).toEqual([]);
    await box.clock.advance(1);
    expect((await read(id)).status).toBe("delivered");
  });

  test("comes later where webhooks arrive in order, and the next waits for it", async () => {
    const id = await deliver(undefined, { ms: 1000 }, { webhookOrder: "in-order" });
    await box.simulate.message({ chat: 1, text: "second" });
    await call("POST", `${id}/delay`, { ms: 4000 });
    await box.clock.advance(4999);
    expect(receiver.received).toEqual([]);
    await box.clock.advance(1);
    expect(receiver.received.map(({ event }) => event.data.text)).toEqual(["Hi", "second"]);
  });

  test("is dropped, and does not come; the next does", async () => {
    const id = await deliver(undefined, { ms: 1000 }, { webhookOrder: "in-order" });
    await box.simulate.message({ chat: 1, text: "second" });
    expect((await call("POST", `${id}/drop`)).body.delivery).toMatchObject({ status: "dropped", next_attempt_at: null });
    await box.clock.advance(60_000);
    expect(receiver.received.map(({ event }) => event.data.text)).toEqual(["second"]);
    const [, dropped] = await box.webhookEvents({ type: "message.received" });
    expect(dropped?.unreached).toMatchObject({
      reason: "dropped",
      message: `Subscription 1, ${receiver.url}: it was dropped by hand.`,
      hint: "POST /s/box-1/__mock/deliveries/1/redeliver sends it again.",
    });
  });

  test("is run: the clock goes to its attempt, and everything before happens, too", async () => {
    const id = await deliver(undefined, { ms: 60_000 });
    await box.simulate.typing({ chat: 1 });
    const { body } = await call("POST", `${id}/run`);
    expect(body).toMatchObject({ delivery: { status: "delivered" }, clock: { jumped_ms: 60_000, next: null } });
    expect((await box.webhookEvents({ type: "typing_indicator.removed" })).length).toBe(1);
  });

  test("for its receiver is dropped, too, but not delayed", async () => {
    mock = await startMockServer({ fixtures: smallWorld, clock: new Date(NOON) });
    box = await mock.sandbox();
    receiver = await startReceiver(() => {}); // never answers
    const webhook_subscription = { webhook_url: receiver.url, events: ["message.received"], version: 2 };
    await sandboxClient(box)("POST", "/webhook_subscriptions", { webhook_subscription });
    await box.simulate.message({ chat: 1, text: "Hi" });
    while (receiver.received.length === 0) await box.deliveries.list();
    expect((await call("POST", "1/delay", { ms: 1000 })).body.error.code).toBe("under_way");
    expect((await call("POST", "1/drop")).body.delivery).toMatchObject({ status: "dropped", attempts: [] });
    await box.clock.advance(60_000);
    expect((await read(1)).attempts).toEqual([]);
  });
});

test.each(["delay", "drop", "run"])("what has ended has nothing to %s, and is told how it is sent again", async (action) => {
  const id = await deliver();
  const { status, body } = await call("POST", `${id}/${action}`, action === "delay" ? { ms: 1 } : undefined);
  expect([status, body.error]).toEqual([
    409,
    {
      code: "not_pending",
      message: "Delivery 1 is delivered, and does not wait",
      hint: "POST /s/box-1/__mock/deliveries/1/redeliver sends it again.",
    },
  ]);
});

test.each([
  ["GET", "999", undefined],
  ["POST", "999/redeliver", undefined],
  ["POST", "999/verify", { secret: "s" }],
  ["POST", "999/delay", { ms: 1 }],
  ["POST", "999/drop", undefined],
  ["POST", "999/run", undefined],
])("a delivery that there is not: %s %s", async (method, path, body) => {
  await deliver();
  expect(await call(method, path, body)).toMatchObject({ status: 404, body: { error: { code: "delivery_unknown" } } });
});
