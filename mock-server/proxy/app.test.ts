import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { LoggingServer } from "../../contracts/testing/logging-server";
import { version } from "../../package.json";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { smallWorld } from "../testing/worlds";
import type { ProxiedExchange } from "./call";

/* Who may talk to the proxy, and how. */

const PREFIX = "/api/partner/v2";

let mock: MockServer;
let server: LoggingServer;
let proxy: OpenProxy;
let exchanges: ProxiedExchange[];

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
});
beforeEach(async () => {
  server = await new LoggingServer(mock.url).start();
  exchanges = [];
  proxy = await openProxy({
    target: server.url,
    cors: ["https://app.example"],
    onExchange: (exchange) => exchanges.push(exchange),
  });
});
afterEach(async () => {
  await proxy.stop();
  await server.stop();
  expect(proxy.defects).toEqual([]);
});
afterAll(() => mock.stop());

/** Bytes to the proxy, and all that comes back until it closes. */
async function talk(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
  socket.write(bytes);
  return Buffer.concat(await socket.toArray()).toString();
}

test.each(["http://localhost:3000", "http://127.0.0.1:5173", "https://app.example"])("a page of %s may ask", async (origin) => {
  const { headers, status } = await proxy.ask("GET", "/chats/1", undefined, { Origin: origin });
  expect({ status, allowed: headers.get("access-control-allow-origin") }).toEqual({ status: 200, allowed: origin });
  const exposed = headers.get("access-control-expose-headers")?.split(",");
  expect(exposed).toEqual(expect.arrayContaining(["X-Linq-Mock-Violation", "X-Linq-Mock-Answered-By", "X-Linq-Mock-Hint"]));
});

test.each([
  ["another origin", { Origin: "https://evil.example" }],
  ["a page without a name", { Origin: "null" }],
  ["another site that says no origin", { "Sec-Fetch-Site": "cross-site" }],
  ["a name that was pointed here", { Host: "evil.example" }],
])("%s does not reach the target", async (_, headers) => {
  const lines = Object.entries({ Host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const answer = await talk(
    `GET ${PREFIX}/chats/1 HTTP/1.1\r\n${lines.join("")}X-LINQ-INTEGRATION-TOKEN: t\r\nConnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 .*"errors":\[\{"status":403/s);
  expect(server.received).toEqual([]);
});

test.each(["http://localhost:3000", "https://evil.example"])(
  "what a page of %s asks first is answered here",
  async (origin) => {
    const headers = {
      Origin: origin,
      "Access-Control-Request-Method": "DELETE",
      "Access-Control-Request-Headers": "x-linq-integration-token",
    };
    const answer = await proxy.ask("OPTIONS", "/chats/1", undefined, headers);
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin.includes("evil") ? null : origin);
    expect(server.received).toEqual([]);
  },
);

test.each([
  "/",
  "/__mock/reset",
  "/api/partner/v1/chats",
  "/api/partner/v2",
  "/api/partner/v22/chats",
  "/s/x/api/partner/v2/chats/1",
])("%s is none of the API: 404 with a hint", async (path) => {
  const answer = await talk(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 404 .*X-Linq-Mock-Hint: Paths start with \/api\/partner\/v2\//s);
  expect(server.received).toEqual([]);
});

test("the proxy says itself that it is ready, and what it has seen", async () => {
  const health = () => fetch(`${proxy.url}/__mock/health`);
  expect(await (await health()).json()).toEqual({ status: "ok", version, target: server.url, violations: 0 });
  server.instead = (_, response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    return true;
  };
  await proxy.ask("GET", "/chats/1");
  expect(await (await health()).json()).toMatchObject({ violations: 1 });
  expect((await fetch(`${proxy.url}/__mock/health`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${proxy.url}/__mock/health`, { headers: { Origin: "https://evil.example" } })).status).toBe(403);
  expect(server.received.map(({ url }) => url)).toEqual([`${PREFIX}/chats/1`]);
});

test.each([
  "/chats/../../../__mock/state",
  "/chats/%2e%2E/%2e./x",
  "/..;/x",
  "/chats/..%2f..%2f..%2f__mock",
  "/chats/%252e%252e/x",
  "/chats\\..\\..\\x",
  "/chats/..%5cx",
  "/.",
])("%s might leave the API, and is refused", async (path) => {
  const answer = await talk(`GET ${PREFIX}${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 403 .*can be read in more than one way/s);
  expect(server.received).toEqual([]);
});

test("whoever takes it for a proxy of HTTP gets the same", async () => {
  const head = `Host: api.linqapp.com\r\nX-LINQ-INTEGRATION-TOKEN: t\r\nConnection: close\r\n\r\n`;
  expect(await talk(`GET http://api.linqapp.com${PREFIX}/chats/1 HTTP/1.1\r\n${head}`)).toMatch(/^HTTP\/1\.1 403/);
  const local = head.replace("api.linqapp.com", "localhost");
  expect(await talk(`GET http://api.linqapp.com${PREFIX}/chats/1 HTTP/1.1\r\n${local}`)).toMatch(/^HTTP\/1\.1 200/);
  expect(server.received.map(({ url }) => url)).toEqual([`${PREFIX}/chats/1`]);
});

test("reading with a body is refused", async () => {
  const answer = await talk(
    `GET ${PREFIX}/chats/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 .*it has a body/s);
  expect(server.received).toEqual([]);
});

test("what is no HTTP is refused, and the proxy goes on", async () => {
  expect(await talk("hello\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
  expect((await proxy.ask("GET", "/chats/1")).status).toBe(200);
});

test("a body that is cut off goes nowhere", async () => {
  const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
  socket.write(
    `POST ${PREFIX}/contacts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
  );
  await once(socket, "connect");
  socket.destroy();
  await once(socket, "close");
  expect((await proxy.ask("GET", "/chats/1")).status).toBe(200);
  expect(server.changes).toEqual([]);
});

test("a body that is too large is refused as a whole", async () => {
  const body = Buffer.alloc(111 * 1024 * 1024, " ");
  const response = await fetch(`${proxy.url}${PREFIX}/contacts`, { method: "POST", body });
  expect(response.status).toBe(413);
  expect(server.received).toEqual([]);
});

test("whoever goes away before the answer leaves nothing behind: it is checked and recorded all the same", async () => {
  const held = new Promise<() => void>((resolve) => {
    server.instead = (_, response) => {
      resolve(() => response.writeHead(200, { "Content-Type": "application/json" }).end("{}"));
      return true;
    };
  });
  const leaving = new AbortController();
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "t" };
  const asked = fetch(`${proxy.url}${PREFIX}/chats/1`, { headers, signal: leaving.signal }).catch(() => "left");
  const answer = await held;
  leaving.abort();
  expect(await asked).toBe("left");
  answer();
  server.instead = () => false;
  expect((await proxy.ask("GET", "/chats/2")).status).toBe(200);
  expect(exchanges.map(({ request: { url }, response }) => `${url} ${response.ok && response.status}`)).toEqual([
    `${PREFIX}/chats/1 200`,
    `${PREFIX}/chats/2 200`,
  ]);
  expect(proxy.tally.violations).toBe(1);
});

test("whoever goes away while it waits for its turn is not asked for", async () => {
  let release: (() => void) | undefined;
  const time = {
    now: () => 0,
    deadline: (ms: number) => AbortSignal.timeout(ms),
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("aborted")));
        release?.();
        if (!signal) resolve();
      }),
  };
  const waiting = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = await openProxy({ target: server.url, rate: 1, time });
  await slow.ask("GET", "/chats/1");
  const leaving = new AbortController();
  const asked = fetch(`${slow.url}${PREFIX}/chats/2`, { signal: leaving.signal }).catch(() => "left");
  await waiting;
  leaving.abort();
  await asked;
  await slow.stop();
  expect(server.received.map(({ url }) => url)).toEqual([`${PREFIX}/chats/1`]);
});

test("many ask at once, each gets its own answer, and a connection serves many", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 5 });
  const sockets = new Set<Socket>();
  const get = (id: number): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { "X-LINQ-INTEGRATION-TOKEN": "t" };
      const outgoing = request(`${proxy.url}${PREFIX}/chats/${id}`, { agent, headers }, async (incoming) => {
        const { data } = JSON.parse(Buffer.concat(await incoming.toArray()).toString()) as { data: { id: number } };
        resolve(data.id);
      });
      outgoing.on("socket", (socket) => sockets.add(socket));
      outgoing.on("error", reject);
      outgoing.end();
    });
  const ids = Array.from({ length: 200 }, (_, i) => (i % 5) + 1);
  expect(await Promise.all(ids.map(get))).toEqual(ids);
  expect(sockets.size).toBe(5);
  agent.destroy();
  expect(exchanges).toHaveLength(200);
});

test("an exchange tells when, how long, what was asked and what came", async () => {
  await proxy.ask("GET", "/chats/1?x=%2b");
  const [exchange] = exchanges;
  expect(exchange).toMatchObject({
    request: { method: "GET", url: `${PREFIX}/chats/1?x=%2b`, headers: { "x-linq-integration-token": "test" } },
    response: { status: 200, headers: { "content-type": "application/json; charset=utf-8" } },
  });
  expect(exchange?.startedAt).toBeGreaterThan(Date.UTC(2024, 0));
  expect(exchange?.ms).toBeGreaterThan(0);
});
