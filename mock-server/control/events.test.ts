import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

interface SentEvent {
  readonly id: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly data: any;
}

let mock: MockServer;
let box: TestSandbox;

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: "2025-07-01T12:00:00-05:00" });
  box = await mock.sandbox();
});

afterEach(() => mock.stop());

/** What a client of server-sent events is told, one after the other. The stream is open when this resolves. */
async function listen(url: string, lastEventId?: number): Promise<AsyncGenerator<SentEvent, undefined>> {
  const headers = lastEventId === undefined ? {} : { "Last-Event-ID": String(lastEventId) };
  const response = await fetch(`${url}/__mock/events`, { headers });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const blocks = readBlocks(response.body as ReadableStream<Uint8Array>);
  expect((await blocks.next()).value).toBe(": linq-mock");
  return readEvents(blocks);
}

async function* readBlocks(body: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop() ?? "";
    yield* blocks;
  }
  return undefined;
}

async function* readEvents(blocks: AsyncIterable<string>): AsyncGenerator<SentEvent, undefined> {
  for await (const block of blocks) {
    const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/, 2)));
    yield { id: Number(fields["id"]), event: fields["event"], data: JSON.parse(fields["data"]) };
  }
  return undefined;
}

/** The next that is not of the webhook log. */
async function next(events: AsyncGenerator<SentEvent, undefined>): Promise<SentEvent> {
  const { value, done } = await events.next();
  if (done) throw new Error("the stream has ended");
  return value.event === "webhook_event" ? next(events) : value;
}

function api(path: string, options: RequestInit = {}): Promise<Response> {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" };
  return fetch(`${box.url}/api/partner/v2${path}`, { headers, ...options });
}

test("a listener is told of a delivery at its instant, and of a failure; receivers are not", async () => {
  const events = await listen(box.url);
  const webhook_subscription = { webhook_url: "http://127.0.0.1:9/", events: ["message.read"], version: 2 };
  await api("/webhook_subscriptions", { method: "POST", body: JSON.stringify({ webhook_subscription }) });
  for (const text of ["Hi", "linq-mock: undeliverable"])
    await api("/chats/1/chat_messages", { method: "POST", body: JSON.stringify({ message: { text } }) });
  await box.clock.advance(500);
  const told: SentEvent[] = [];
  while (told.at(-1)?.event !== "clock") told.push(await next(events));
  expect(told.filter(({ event }) => /delivered|failed/.test(event)).map(({ event, data }) => [event, data])).toEqual([
    ["message.delivered", { chat_id: 1, message_id: 2 }],
    ["message.failed", { chat_id: 1, message_id: 3 }],
  ]);
  expect(await box.deliveries.list()).toEqual([]);
});

test("a listener is told what a receiver would be told", async () => {
  const events = await listen(box.url);
  await box.simulate.message({ chat: 1, text: "Hi\nthere" });
  expect(await next(events)).toMatchObject({
    event: "message.received",
    data: { id: "2", chat_id: "1", text: "Hi\nthere", from_phone: ANN },
  });
});

test("a listener is told of requests, as the journal has them", async () => {
  const events = await listen(box.url);
  await api("/chats/1");
  const { event, data } = await next(events);
  expect([event, data]).toEqual(["request", (await box.requests.list())[0]]);
  expect(data).toMatchObject({
    operation: "getChat",
    status: 200,
    request: { headers: { "x-linq-integration-token": "(hidden)" } },
  });
});

test("a listener is told of deliveries, as they are listed", async () => {
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["message.received"] };
  await api("/webhook_subscriptions", { method: "POST", body: JSON.stringify({ webhook_subscription }) });
  const events = await listen(box.url);
  await box.simulate.message({ chat: 1, text: "Hi" });
  expect((await next(events)).event).toBe("message.received");
  const { event, data } = await next(events);
  expect([event, data]).toEqual(["delivery", (await box.deliveries.list())[0]]);
  expect(data).toMatchObject({ status: "failed", attempts: [{ error: "connection refused by 127.0.0.1:1 (ECONNREFUSED)" }] });
});

test("what the vendor has no event for has a name of its own, and says only what it was about", async () => {
  const events = await listen(box.url);
  await api("/chats/1/start_typing", { method: "POST" });
  await api("/chats/1/stop_typing", { method: "DELETE" });
  await box.clock.advance(500);
  const told = [await next(events), await next(events), await next(events), await next(events), await next(events)];
  expect(told.map(({ event, data }) => [event, event === "request" ? data.operation : data])).toEqual([
    ["typing.started", { chat_id: 1, handle_id: 2 }],
    ["request", "startTyping"],
    ["typing.stopped", { chat_id: 1, handle_id: 2 }],
    ["request", "stopTyping"],
    ["clock", { mode: "frozen", now: "2025-07-01T12:00:00.500-05:00", next_due: null, jumped_ms: 500 }],
  ]);
});

test("changes are numbered, and a listener is told of them in order", async () => {
  await box.simulate.typing({ chat: 1 });
  const events = await listen(box.url);
  await box.simulate.message({ line: LINE, from: "+12055550177", text: "Hi" });
  const [first, second] = [await next(events), await next(events)];
  expect([first.event, second.event]).toEqual(["chat.opened", "message.received"]);
  expect([first.id, second.id]).toEqual([3, 4]);
});

test("a listener is told of what falls due while the clock is advanced", async () => {
  await box.simulate.typing({ chat: 1 });
  const events = await listen(box.url);
  await box.clock.advance(60_000);
  expect([(await next(events)).event, (await next(events)).event]).toEqual(["typing_indicator.removed", "clock"]);
});

test("the stream goes on over a reset, a restored snapshot and other fixtures", async () => {
  await box.snapshots.save("start");
  const events = await listen(box.url);
  for (const begin of [() => box.reset(), () => box.snapshots.restore("start"), () => box.load(smallWorld)]) {
    await begin();
    await box.simulate.typing({ chat: 1 });
    expect(await next(events)).toMatchObject({ event: "reset", data: {} });
    expect((await next(events)).event).toBe("typing_indicator.received");
  }
});

test("a listener is told of its own sandbox only", async () => {
  const other = await mock.sandbox();
  const events = await listen(box.url);
  await other.simulate.message({ chat: 1, text: "Elsewhere" });
  await box.simulate.message({ chat: 1, text: "Here" });
  expect((await next(events)).data.text).toBe("Here");
});

test("several may listen, and who hangs up does no harm", async () => {
  const [one, two] = [await listen(box.url), await listen(box.url)];
  await box.simulate.typing({ chat: 1 });
  expect((await next(one)).event).toBe("typing_indicator.received");
  await one.return(undefined);
  await box.simulate.typing({ chat: 1, typing: false });
  expect([(await next(two)).event, (await next(two)).event]).toEqual(["typing_indicator.received", "typing_indicator.removed"]);
});

test("the stream ends when its sandbox is dropped", async () => {
  const events = await listen(box.url);
  await box.drop();
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("the stream ends when the mock stops, and does not keep it", async () => {
  const events = await listen(box.url);
  await mock.stop();
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("whoever listens and does not read is hung up on", async () => {
  const request = get(`${box.url}/__mock/events`);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const text = "x".repeat(1_000_000);
  const api = sandboxClient(box);
  for (let i = 0; i < 40; i += 1) await api("POST", "/chats/1/chat_messages", { message: { text } });
  response.resume();
  await expect(once(response, "end")).rejects.toThrow("aborted");
});

test("a listener that comes back is told what it has missed, in order, and then what happens", async () => {
  const events = await listen(box.url);
  await box.simulate.message({ chat: 1, text: "one" });
  const { id } = await next(events);
  await events.return(undefined);
  await box.simulate.message({ chat: 1, text: "two" });
  await box.simulate.message({ chat: 1, text: "three" });
  const again = await listen(box.url, id);
  await box.simulate.message({ chat: 1, text: "four" });
  const told = [await next(again), await next(again), await next(again)];
  expect(told.map((event) => [event.id, event.data.text])).toEqual([
    [id + 2, "two"],
    [id + 4, "three"],
    [id + 6, "four"],
  ]);
});

test.each([
  ["what is not kept any more", 0, { after: 0, events: 2 }],
  ["that the mock was started anew", 1000, { after: 1000, events: null }],
])("a listener that comes back is told %s", async (_, last, data) => {
  await box.simulate.message({ chat: 1, text: "nobody listens yet" });
  const events = await listen(box.url, last);
  expect(await next(events)).toEqual({ id: 2, event: "missed", data });
});
