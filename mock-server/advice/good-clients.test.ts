import { readFileSync } from "node:fs";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { sandboxClient } from "../testing/api-client";
import { fullWorld, goodRequests } from "../testing/good-requests";
import { startReceiver } from "../testing/receiver";
import { ANN, smallWorld } from "../testing/worlds";
import { adviceRules } from "./rules";

/* Clients that do it right are advised nothing, whatever they do. */

let mock: MockServer;
let box: TestSandbox;
beforeAll(async () => {
  mock = await startMockServer();
});
beforeEach(async () => {
  box = await mock.sandbox();
});
afterEach(async () => {
  expect(await box.advice()).toEqual([]);
});
afterAll(() => mock.stop());

const page = readFileSync("docs/testing.md", "utf8");

/** A file that docs/testing.md shows, as it stands there. */
function shown(name: string): Record<string, (options: object) => Promise<{ stop(): void }>> {
  const code = new RegExp(`\`\`\`js\\n(// ${name}\\n.*?)\`\`\``, "s").exec(page)?.[1];
  if (code === undefined) throw new Error(`docs/testing.md shows no ${name}`);
  const exports = {};
  new Function("exports", "require", code)(exports, require);
  return exports;
}

test("every operation, asked well", async () => {
  await box.load(fullWorld);
  const ids = Object.keys(goodRequests) as OperationId[];
  const deleting = ids.filter((id) => operations[id].method === "DELETE");
  const api = sandboxClient(box);
  for (const id of [...ids.filter((other) => !deleting.includes(other)), ...deleting]) {
    await api(operations[id].method, goodRequests[id].path, goodRequests[id].body);
  }
});

test("the app that answers every message, as the tests in docs/testing.md ask it", async () => {
  const startAutoReply = shown("auto-reply.js")["startAutoReply"];
  const app = await startAutoReply?.({ api: `${box.url}/api/partner/v2`, token: box.token });
  await box.simulate.message({ chat: 46, from: "+12055426109", text: "Are you open?" });
  await box.requests.waitFor({ operation: "sendMessage", status: "201" });
  const [delivery] = await box.deliveries.waitFor({ event: "message.received" });
  await box.deliveries.redeliver(delivery?.id ?? 0);
  await box.deliveries.waitFor({ event: "message.received" }, { count: 2 });
  app?.stop();
});

test.each(["/chats/46/chat_messages", "/chats/46", "/chats?phone_number=%2B12052761148", "/contacts"])(
  "who reads %s after each webhook, though nothing has changed in it",
  async (path) => {
    const api = sandboxClient(box);
    const receiver = await startReceiver();
    const events = ["message.received", "typing_indicator.received", "typing_indicator.removed"];
    const subscription = { webhook_url: receiver.url, version: 2, events };
    await api("POST", "/webhook_subscriptions", { webhook_subscription: subscription });
    for (let turn = 1; turn <= 12; turn += 1) {
      await box.simulate.typing({ chat: 46, typing: turn % 2 === 1 });
      await box.deliveries.waitFor({}, { count: turn });
      await api("GET", path);
    }
    await receiver.stop();
  },
);

test("the README's five minutes", async () => {
  const api = sandboxClient(box);
  const receiver = await startReceiver();
  const events = ["message.sent", "message.received", "typing_indicator.received", "typing_indicator.removed"];
  const webhook_subscription = { webhook_url: receiver.url, secret: "s3cret", version: 2, events };
  await api("POST", "/webhook_subscriptions", { webhook_subscription });
  await api("POST", "/chats/46/chat_messages", { message: { text: "Hello!" } });
  await box.simulate.message({ chat: 46, text: "Hi, are you open on Sunday?" });
  await api("GET", "/chats/46/chat_messages?sort=desc&per_page=2");
  await box.simulate.typing({ chat: 46 });
  await box.clock.advance(60_000);
  await box.deliveries.waitFor({}, { count: 4 });
  await receiver.stop();
  await api("POST", "/chats/46/chat_messages", { message: { text: "Are you there?" } });
  await box.clock.advance(30_000);
  await box.deliveries.waitFor({ status: "failed" });
});

test("a client that pages, waits, encodes, and sends again with a key", async () => {
  await box.load(smallWorld);
  const api = sandboxClient(box);
  for (let pages = 2, page = 1; page <= pages; page += 1) {
    const query = new URLSearchParams({ phone_number: "+12052761148", per_page: "2", page: String(page) });
    pages = (await api("GET", `/chats?${query}`)).meta.total_pages;
  }
  const message = { text: "Hi", idempotency_key: "order-7" };
  for (let i = 0; i < 3; i += 1) await api("POST", "/chats/1/chat_messages", { message });
  const check = () => api("POST", "/i_message_availability/check", { phone_number: ANN });
  await check();
  await expect(check()).rejects.toThrow("429");
  await box.clock.advance(10_000);
  await check();
});

test("every rule has an id and words of its own", () => {
  for (const field of ["id", "one", "many", "remedy"] as const) {
    expect(new Set(adviceRules.map((rule) => rule[field])).size).toBe(adviceRules.length);
  }
});
