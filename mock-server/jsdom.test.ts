/** @jest-environment jsdom */
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type * as Package from "./index";
import { ASSUMPTION_HEADER, watched } from "./testing/named-assumptions";

// Asserted here, too: A-delivery.

/* The built package where there is no fetch, no setImmediate, no TextDecoder, and a `setTimeout` that returns numbers. */

const { createApp, startMockServer, TestSandbox } = require(join(__dirname, "../dist/index.js")) as typeof Package;
const CHAT = "/api/partner/v2/chats/46";
const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "any" };

async function ask(url: string, method: string, headers: Record<string, string>, body?: object) {
  const type = body !== undefined && { "Content-Type": "application/json" };
  const sent = request(url, { method, headers: { ...TOKEN, ...type, ...headers }, agent: false });
  sent.end(body && JSON.stringify(body));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString();
  const answer = { status: response.statusCode, text };
  return watched(answer, ["status", "text"], `${method} ${url}`, response.headers[ASSUMPTION_HEADER]);
}

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("nothing of Node's own globals is there", () => {
  expect(["fetch", "setImmediate", "TextDecoder", "structuredClone"].filter((name) => name in globalThis)).toEqual([]);
});

test("a sandbox is steered, and its webhooks arrive", async () => {
  const bodies: string[] = [];
  const receiver = createServer(async (req, res) => {
    bodies.push(Buffer.concat(await req.toArray()).toString());
    res.end();
  });
  const webhook_subscription = { webhook_url: await listening(receiver), events: ["message.received"], version: 2 };
  const mock = await startMockServer();
  const box = new TestSandbox(mock.url, "page");
  const created = await ask(`${box.url}/api/partner/v2/webhook_subscriptions`, "POST", {}, { webhook_subscription });
  expect(created.status).toBe(201);
  await box.simulate.message({ chat: 46, from: "+12055426109", text: "hi" });
  const [delivery] = await box.deliveries.waitFor({ event: "message.received" });
  expect(bodies).toEqual([delivery?.body]);
  expect(await box.contractViolations()).toEqual([]);
  await mock.stop();
  receiver.close();
});

test("an app answers: at once, when its answer is forced, to a form, to a preflight, to a body in UTF-16", async () => {
  const server = createServer(createApp({ fixtures: "edge-cases" }));
  const url = `${await listening(server)}${CHAT.replace("46", "1")}`;
  expect(await ask(url, "GET", {})).toMatchObject({ status: 200 });
  for (const prefer of ["code=404", "dynamic=true"])
    expect([prefer, (await ask(url, "GET", { Prefer: prefer })).status]).toEqual([prefer, prefer === "code=404" ? 404 : 200]);
  const preflight = { Origin: "http://localhost:5173", "Access-Control-Request-Method": "POST" };
  expect(await ask(url, "OPTIONS", preflight)).toMatchObject({ status: 204 });
  const form = '--x\r\nContent-Disposition: form-data; name="message[text]"\r\n\r\nHi\r\n--x--\r\n';
  const sent = request(`${url}/chat_messages`, {
    method: "POST",
    agent: false,
    headers: { ...TOKEN, "Content-Type": "multipart/form-data; boundary=x" },
  }).end(form);
  expect(((await once(sent, "response")) as [IncomingMessage])[0].statusCode).toBe(201);
  const utf16 = request(`${url}/chat_messages`, {
    method: "POST",
    agent: false,
    headers: { ...TOKEN, "Content-Type": "application/json; charset=utf-16le" },
  }).end(Buffer.from(JSON.stringify({ message: { text: "Hi" } }), "utf16le"));
  expect(((await once(utf16, "response")) as [IncomingMessage])[0].statusCode).toBe(201);
  server.close();
});

test("a wait for what does not come ends in time, under fake timers", async () => {
  const mock = await startMockServer();
  jest.useFakeTimers();
  const box = await mock.sandbox();
  await expect(box.requests.waitFor({ operation: "sendMessage" }, { timeoutMs: 50 })).rejects.toThrow("Waited 50 ms");
  jest.useRealTimers();
  await mock.stop();
});

test("a clock that runs makes happen what falls due, and fixtures that are wrong are told as such", async () => {
  const mock = await startMockServer();
  const box = await mock.sandbox();
  await box.simulate.typing({ chat: 46, from: "+12055426109" });
  expect((await box.clock.advance(600_000)).mode).toBe("real");
  await mock.stop();
  await expect(startMockServer({ fixtures: { version: 1, chats: [{}] } as never })).rejects.toThrow(/chats/);
});
