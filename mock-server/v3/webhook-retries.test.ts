import type { MockOptions } from "../server/options";
import { type ApiClient, apiClient } from "../testing/api-client";
import { type Answer, type ReceivedEvent, type Receiver, startReceiver, status } from "../testing/receiver";
import { smallWorld } from "../testing/worlds";

// Rests on A-v3-target-http, A-v3-timestamps, A-v3-webhook-key-order; the times of the attempts on A-v3-retry-schedule.

const CLOCK = "2026-09-01T12:00:00.000Z";
const STEPS_S = [5, 15, 30, 60, 120, 240, 300, 480, 550];

let receiver: Receiver | undefined;
afterEach(() => {
  jest.restoreAllMocks();
  return receiver?.stop();
});

async function subscribed(target_url: string, options: MockOptions = {}): Promise<ApiClient> {
  const api = apiClient({ fixtures: smallWorld, clock: CLOCK, ...options }, "v3");
  await api.post("/webhook-subscriptions", { target_url, subscribed_events: ["message.received"] });
  await api.post("//__mock/simulate/message", { chat: 1, text: "Hi" });
  await api.advance(0);
  return api;
}

async function tried(answer: Answer): Promise<{ api: ApiClient; received: ReceivedEvent[] }> {
  receiver = await startReceiver(answer);
  return { api: await subscribed(receiver.url), received: receiver.received };
}

async function deliveryOf(api: ApiClient) {
  return (await api.get("//__mock/deliveries")).body.deliveries[0];
}

test.each([500, 503, 429])("%i is tried ten times within half an hour, each time with its own time", async (code) => {
  let machine = Date.parse("2030-01-01T00:00:00Z");
  jest.spyOn(Date, "now").mockImplementation(() => {
    machine += 1000;
    return machine;
  }); // A-v3-webhook-timestamp
  const { api, received } = await tried(status(code));
  const started = Date.parse(CLOCK);
  const times = [started];
  for (const [i, stepS] of STEPS_S.entries()) {
    const last = times[i] ?? 0;
    const next = Date.parse((await deliveryOf(api)).next_attempt_at);
    expect(next - last).toBeLessThanOrEqual(stepS * 1000);
    expect(next - last).toBeGreaterThanOrEqual(stepS * 900);
    await api.advance(next - last - 1);
    expect(received).toHaveLength(i + 1);
    await api.advance(1);
    expect(received).toHaveLength(i + 2);
    times.push(next);
  }
  const sentAt = received.map(({ headers }) => Number(headers["webhook-timestamp"]));
  expect([...new Set(sentAt)].sort()).toEqual(sentAt);
  expect(new Date((sentAt[0] ?? 0) * 1000).getUTCFullYear()).toBe(2030);
  const { attempts } = await deliveryOf(api);
  expect(attempts.map(({ at }: { at: string }) => Date.parse(at))).toEqual(times);
  expect((times.at(-1) ?? 0) - started).toBeLessThan(30 * 60_000);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(received.map(({ headers }) => headers["webhook-signature"])).size).toBe(10);
  expect(new Set(received.map(({ headers }) => headers["x-webhook-signature"])).size).toBe(10);
  expect(new Set(received.map(({ raw }) => raw)).size).toBe(1);
  await api.advance(3_600_000);
  expect(received).toHaveLength(10);
  expect((await deliveryOf(api)).status).toBe("failed");
});

test("the times of the attempts follow from the seed", async () => {
  receiver = await startReceiver(status(500));
  const { url } = receiver;
  const nextBy = async (seed: number) => (await deliveryOf(await subscribed(url, { seed }))).next_attempt_at;
  const [one, again, other] = [await nextBy(1), await nextBy(1), await nextBy(2)];
  expect(again).toBe(one);
  expect(other).not.toBe(one);
});

test.each([400, 401, 404, 410])("%i is not tried again", async (code) => {
  const { api, received } = await tried(status(code));
  await api.advance(3_600_000);
  expect([received.length, (await deliveryOf(api)).status]).toEqual([1, "failed"]);
});

test("what arrives at the second attempt is not sent a third time", async () => {
  const { api, received } = await tried((res, count) => res.writeHead(count === 1 ? 500 : 204).end());
  await api.advance(3_600_000);
  expect([received.length, (await deliveryOf(api)).status]).toEqual([2, "delivered"]);
});

test("who does not answer within 10 s is tried again", async () => {
  receiver = await startReceiver((res, count) => {
    if (count > 1) res.end();
  });
  const api = apiClient({ fixtures: smallWorld, clock: CLOCK }, "v3");
  await api.post("/webhook-subscriptions", { target_url: receiver.url, subscribed_events: ["message.received"] });
  await api.post("//__mock/simulate/message", { chat: 1, text: "Hi" });
  await api.advance(10_000);
  await api.advance(0);
  const delivery = await deliveryOf(api);
  expect(delivery.attempts.map(({ error }: { error: string | null }) => error)).toEqual([
    "no answer within 10 s by the sandbox's clock, which was advanced",
    null,
  ]);
  expect(delivery.status).toBe("delivered");
});

test("the next step runs from the start of the attempt before, be that late because one was too slow", async () => {
  receiver = await startReceiver(() => {}); // never answers
  const api = await subscribed(receiver.url);
  const started = Date.parse(CLOCK);
  for (const ms of [10_000, 10_000]) await api.advance(ms);
  const { attempts, next_attempt_at } = await deliveryOf(api);
  expect(attempts.map(({ at }: { at: string }) => Date.parse(at) - started)).toEqual([0, 10_000]);
  const third = Date.parse(next_attempt_at) - started;
  expect(third).toBeGreaterThanOrEqual(23_500);
  expect(third).toBeLessThanOrEqual(25_000);
});

test("a refused connection is tried again; a host without an address is not", async () => {
  const closed = await subscribed("http://127.0.0.1:1/hook");
  await closed.advance(5000);
  const refused = await deliveryOf(closed);
  expect([refused.status, refused.attempts.length]).toEqual(["pending", 2]);
  const nowhere = await subscribed("https://nowhere.invalid/hook", { allowWebhookHosts: ["nowhere.invalid"] });
  await nowhere.advance(5000);
  const lost = await deliveryOf(nowhere);
  expect([lost.status, lost.attempts.length]).toEqual(["failed", 1]);
});
