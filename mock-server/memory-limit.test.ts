import { once } from "node:events";
import { get, type IncomingMessage, request } from "node:http";
import { type MockServer, startMockServer } from "./server/start-mock-server";
import type { TestSandbox } from "./test-sandbox";
import { startReceiver } from "./testing/receiver";
import { smallWorld } from "./testing/worlds";

// Asserted here, too: A-delivery, A-attachment-limit, A-error-wording, A-body-limit, A-read-event.

/* One bound on what a mock keeps, whoever keeps it. Here it is 1 MB. */

const KB = 1024;

let mock: MockServer;

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld, maxMemory: 1 });
});
afterEach(() => mock.stop());

function upload(box: TestSandbox, ...sizes: number[]): Promise<Response> {
  const form = new FormData();
  form.set("message[text]", "Here");
  for (const size of sizes) form.append("message[attachments][]", new Blob([Buffer.alloc(size)]), "a.bin");
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "any" };
  return fetch(`${box.url}/api/partner/v2/chats/1/chat_messages`, { method: "POST", headers, body: form });
}

function send(box: TestSandbox, text: string): Promise<Response> {
  return fetch(`${box.url}/api/partner/v2/chats/1/chat_messages`, {
    method: "POST",
    headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ message: { text } }),
  });
}

async function expectSoon<T>(ask: () => Promise<T>, expected: T): Promise<void> {
  while ((await ask()) !== expected); // the test's own time is the limit
}

async function memory(): Promise<{ limit: number; held: number; dropped: Record<string, number> }> {
  const response = await fetch(`${mock.url}/__mock/health`);
  return ((await response.json()) as { memory: Awaited<ReturnType<typeof memory>> }).memory;
}

async function statusesOf(uploads: readonly Response[]): Promise<number[]> {
  const urls = await Promise.all(
    uploads.map(async (response) => {
      const { data } = (await response.json()) as { data: { attachments: { url: string }[] } };
      return data.attachments.map(({ url }) => url);
    }),
  );
  return Promise.all(urls.flat().map(async (url) => (await fetch(url)).status));
}

test("uploads of all sandboxes share it, and the oldest go", async () => {
  const boxes = await Promise.all([mock.sandbox(), mock.sandbox(), mock.sandbox()]);
  const uploads: Response[] = [];
  for (const box of boxes) uploads.push(await upload(box, 400 * KB));
  expect(await statusesOf(uploads)).toEqual([404, 200, 200]);
  const { limit, held, dropped } = await memory();
  expect([limit, held < limit, dropped["files"]]).toEqual([1024 * KB, true, 1]);
});

test("the files of one message are all kept, or refused", async () => {
  const box = await mock.sandbox();
  const earlier = await upload(box, 500 * KB);
  const kept = await upload(box, 400 * KB, 400 * KB);
  expect(await statusesOf([earlier, kept])).toEqual([404, 200, 200]);
  const { dropped } = await memory();
  const refused = await upload(box, 400 * KB, 400 * KB, 400 * KB);
  expect([refused.status, refused.headers.get("x-linq-mock-hint")]).toEqual([413, expect.stringMatching(/--max-memory/)]);
  expect((await memory()).dropped).toEqual(dropped); // what is refused costs nothing
});

test("bodies that are being read share it; small ones, and those that nobody reads, pass", async () => {
  const box = await mock.sandbox();
  const path = new URL(`${box.url}/api/partner/v2/chats/1/chat_messages`);
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json", "Content-Length": 900 * KB };
  const unfinished = request(path, { method: "POST", headers, agent: false }).on("error", () => {});
  unfinished.write('{"message": ');
  await expectSoon(async () => (await send(box, "x".repeat(200 * KB))).status, 413);
  const refused = await send(box, "x".repeat(200 * KB));
  expect([refused.status, refused.headers.get("x-linq-mock-hint")]).toEqual([413, expect.stringMatching(/--max-memory/)]);
  expect((await send(box, "Hi")).status).toBe(201);
  const unread = { method: "PUT", headers: { "X-LINQ-INTEGRATION-TOKEN": "any" }, body: "x".repeat(200 * KB) };
  expect((await fetch(`${box.url}/api/partner/v2/chats/1/mark_as_read`, unread)).status).toBe(204);
  unfinished.destroy();
  await expectSoon(async () => (await send(box, "x".repeat(200 * KB))).status, 201);
});

test("a reset gives back what its world had, and files in a snapshot stay", async () => {
  const box = await mock.sandbox();
  const uploaded = await upload(box, 400 * KB);
  await box.snapshots.save("here");
  const { held } = await memory();
  await box.reset();
  await upload(box, 100 * KB);
  await box.reset();
  await box.reset(); // of the one before, what it takes to undo it is kept
  expect((await memory()).held).toBeLessThan(held + 20 * KB);
  await box.snapshots.restore("here");
  expect(await statusesOf([uploaded])).toEqual([200]);
  await box.snapshots.delete("here");
  await box.reset();
  await box.reset();
  expect((await memory()).held).toBeLessThan(20 * KB);
});

test("journals and finished deliveries share it by their bytes", async () => {
  const receiver = await startReceiver();
  const box = await mock.sandbox();
  const webhook_subscription = { webhook_url: receiver.url, version: 2, events: ["message.sent"] };
  await fetch(`${box.url}/api/partner/v2/webhook_subscriptions`, {
    method: "POST",
    headers: { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" },
    body: JSON.stringify({ webhook_subscription }),
  });
  for (let i = 0; i < 12; i += 1) await send(box, "x".repeat(50 * KB));
  await box.deliveries.waitFor({ status: "delivered" });
  await receiver.stop();
  const { held, limit, dropped } = await memory();
  expect(held).toBeLessThan(limit);
  expect([dropped["requests"], dropped["deliveries"]]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(dropped["requests"]).toBeGreaterThan(0);
  expect(dropped["deliveries"]).toBeGreaterThan(0);
  expect((await box.requests.list()).length).toBeLessThan(12);
});

test("long texts of messages share it and stay; what has no room beside them is refused, until a reset lets go of them", async () => {
  const box = await mock.sandbox();
  const text = "x".repeat(300 * KB);
  for (const status of [201, 201, 201, 413]) expect((await send(box, text)).status).toBe(status);
  const refused = await send(box, text);
  expect(refused.headers.get("x-linq-mock-hint")).toMatch(/--max-memory .* beside the long texts in its worlds; a reset /);
  expect((await send(box, "Hi")).status).toBe(201);
  const [chat] = (await box.state()).chats ?? [];
  expect(chat?.messages?.map((message) => message.text?.length)).toEqual([5, text.length, text.length, text.length, 2]);
  expect((await memory()).held).toBeGreaterThan(900 * KB);
  await box.reset();
  await box.reset(); // of the one before, what it takes to undo it is kept
  expect((await memory()).held).toBeLessThan(20 * KB);
  expect((await send(box, text)).status).toBe(201);
});

test("a listener to events that does not read is hung up on", async () => {
  const box = await mock.sandbox();
  const request = get(`${box.url}/__mock/events`);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.pause();
  const closed = once(response, "close").catch(() => {});
  for (let i = 0; i < 40 && (await memory()).dropped["streams"] === 0; i += 1) await send(box, "x".repeat(500 * KB));
  expect((await memory()).dropped["streams"]).toBe(1);
  response.on("error", () => {}).resume();
  await closed;
});

test("the log says what went, and what there was no room beyond", async () => {
  const written = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const logging = await startMockServer({ fixtures: smallWorld, maxMemory: 1, log: "warn" });
  const box = await logging.sandbox();
  for (const size of [400, 400, 400]) await upload(box, size * KB);
  await logging.stop();
  const lines = written.mock.calls.map(([chunk]) => String(chunk)).join("");
  written.mockRestore();
  expect(lines).toMatch(/ memory: no room beyond 1 MB \(--max-memory\), so the oldest went: .*\b1 files\b/);
});

test("a snapshot that had to make room says so", async () => {
  const box = await mock.sandbox();
  await box.snapshots.save("old");
  await upload(box, 900 * KB);
  await upload(box, 900 * KB);
  await expect(box.snapshots.restore("old")).rejects.toThrow(/There is no snapshot old.*make room.*--max-memory/);
  expect((await memory()).dropped["snapshots"]).toBe(1);
});

test("how a world was, for stale reads, is part of it, as long as a rule for them is armed", async () => {
  const box = await mock.sandbox();
  await box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  for (let i = 0; i < 40 && (await memory()).dropped["history"] === 0; i += 1)
    for (const text of "12345") await send(box, text);
  expect((await memory()).dropped["history"]).toBeGreaterThan(0);
  const { held } = await memory();
  await box.faults.disarm();
  expect((await memory()).held).toBeLessThan(held);
});
