import { once } from "node:events";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, type Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { selfSigned } from "../../contracts/testing/self-signed";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { RawServer, rawAnswer } from "../testing/sockets";
import type { ProxiedExchange } from "./call";

/* Servers that are in trouble, or that speak another HTTP than one would wish. The proxy says so, and goes on. */

const LINES = JSON.stringify({ phone_numbers: [] });
const MEGABYTE = 1024 * 1024;

let server: RawServer;
let proxy: OpenProxy;
let exchanges: ProxiedExchange[];

beforeEach(async () => {
  server = await new RawServer((socket) => socket.write(rawAnswer(LINES))).start();
  exchanges = [];
  proxy = await openProxy({ target: server.url, timeoutMs: 20_000, onExchange: (exchange) => exchanges.push(exchange) });
});
afterEach(async () => {
  await proxy.stop();
  await server.stop();
  expect(proxy.defects).toEqual([]);
});

const read = () => proxy.ask("GET", "/phone_numbers");

const flood = (socket: Socket): void => {
  socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
  const chunk = Buffer.alloc(MEGABYTE, " ");
  const pour = (): void => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once("drain", pour);
  };
  pour();
};

test.each<[string, (socket: Socket) => unknown, RegExp]>([
  ["hangs up", (socket) => socket.destroy(), /the connection failed with ECONNRESET/],
  ["ends without a word", (socket) => socket.end(), /the connection failed with ECONNRESET/],
  ["resets the connection", (socket) => socket.resetAndDestroy(), /the connection failed with ECONNRESET/],
  ["speaks no HTTP", (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"), /does not speak HTTP as it should \(HPE_/],
  [
    "writes a broken header",
    (socket) => socket.end("HTTP/1.1 200 OK\r\nX Y: z\r\n\r\n"),
    /does not speak HTTP as it should \(HPE_/,
  ],
  [
    "says its length twice, otherwise",
    (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"),
    /does not speak HTTP as it should \(HPE_/,
  ],
  [
    "ends in the middle of the body",
    (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
    /ended in the middle of the answer/,
  ],
  [
    "resets in the middle of the body",
    (socket) => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", () => socket.resetAndDestroy()),
    /ended in the middle of the answer/,
  ],
  ["answers with a status that is none", (socket) => socket.write(rawAnswer(LINES, [], "099 What")), /its status is 99/],
  ["answers without end", flood, /has more than 10 MB/],
  [
    "hides a flood in gzip",
    (socket) => socket.write(rawAnswer(bomb, ["Content-Encoding: gzip"])),
    /cannot be decoded from gzip/,
  ],
  [
    "compresses what is cut off",
    (socket) => socket.write(rawAnswer(gzipSync(LINES).subarray(0, 20), ["Content-Encoding: gzip"])),
    /cannot be decoded from gzip/,
  ],
  [
    "compresses in an unknown way",
    (socket) => socket.write(rawAnswer("x", ["Content-Encoding: zstd"])),
    /in the encoding zstd, which cannot be read here/,
  ],
  [
    "switches to another protocol",
    (socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    /./,
  ],
])("a target that %s is a 502 that says so, and the next answer is passed on", async (_, answer, expected) => {
  server.answer = (socket, _head, count) => void (count === 1 ? answer(socket) : socket.write(rawAnswer(LINES)));
  const { status, detail, hint, body } = await read();
  expect({ status, envelope: body.errors[0].code }).toEqual({ status: 502, envelope: "bad_gateway" });
  expect(detail).toMatch(/^The target gave no answer that can be passed on: /);
  expect(detail).toMatch(expected);
  expect(hint).toBeTruthy();
  expect(exchanges.at(-1)?.response).toEqual({ ok: false, error: detail?.replace(/^[^:]+: /, "") });
  expect((await read()).body).toEqual({ phone_numbers: [] });
  expect(proxy.tally.unanswered).toBe(1);
});

const bomb = gzipSync(Buffer.alloc(20 * MEGABYTE));

test.each([
  ["hangs", ""],
  ["drips", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"],
])("a target that %s is left after the time that an answer may take: 504", async (_, said) => {
  server.answer = (socket) => void (said !== "" && socket.write(said));
  const impatient = await openProxy({ target: server.url, timeoutMs: 50 });
  const { status, detail, hint } = await impatient.ask("GET", "/contacts");
  expect({ status, detail }).toEqual({ status: 504, detail: expect.stringMatching(/within 0\.05 s$/) });
  expect(hint).toContain("--timeout");
  await impatient.stop();
});

test("a target that is not there", async () => {
  const lonely = await openProxy({ target: server.url });
  await server.stop(); // after the proxy has its port, which may else be this one
  const { status, detail } = await lonely.ask("GET", "/phone_numbers");
  expect({ status, detail }).toEqual({ status: 502, detail: expect.stringContaining("failed with ECONNREFUSED") });
  await lonely.stop();
  server = await new RawServer((socket) => socket.end()).start();
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
])("what comes compressed with %s, unasked, is passed on decoded", async (encoding, compress) => {
  server.answer = (socket) => void socket.write(rawAnswer(compress(LINES), [`Content-Encoding: ${encoding}`]));
  const response = await fetch(`${proxy.url}/api/partner/v2/phone_numbers`, { headers: { "Accept-Encoding": "gzip" } });
  expect(response.headers.get("content-encoding")).toBeNull();
  expect(response.headers.get("content-length")).toBe(String(LINES.length));
  expect(await response.text()).toBe(LINES);
  expect(server.heads[0]).toMatch(/accept-encoding: identity/i);
  expect(exchanges[0]?.response).toMatchObject({ status: 200, body: Buffer.from(LINES) });
});

test("HTTP/1.0 without a length, chunks, and 100 Continue are understood", async () => {
  const answers = [
    `HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n${LINES}`,
    `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${LINES.length.toString(16)}\r\n${LINES}\r\n0\r\n\r\n`,
    `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${LINES}`,
  ];
  for (const answer of answers) {
    server.answer = (socket) => void socket.end(answer);
    expect(await read()).toMatchObject({ status: 200, body: { phone_numbers: [] }, violation: null });
  }
});

test("a redirect is passed on and not followed", async () => {
  server.answer = (socket) => void socket.write(rawAnswer("", ["Location: https://elsewhere.example/?secret=1"], "302 Found"));
  const { status, headers, hint, violation } = await read();
  expect({ status, location: headers.get("location") }).toEqual({
    status: 302,
    location: "https://elsewhere.example/?secret=1",
  });
  expect(hint).toContain("redirects to https://elsewhere.example, and the token goes to no other address");
  expect(hint).not.toContain("secret");
  expect(violation).toContain("the status must be one of 200, 401");
  expect(server.heads).toHaveLength(1);
});

test.each(["/api/partner/v2/phone_numbers/?secret=1", "", "http://127.0.0.1:PORT/login"])(
  "a redirect to another address of the target has a hint that says so: %j",
  async (location) => {
    const there = location.replace("PORT", new URL(server.url).port);
    server.answer = (socket) => void socket.write(rawAnswer("", [`Location: ${there}`], "301 Moved Permanently"));
    const { hint, status } = await read();
    expect(status).toBe(301);
    expect(hint).toMatch(/^http:\/\/127\.0\.0\.1:\d+ redirects to another address of its own, which Location names; /);
    expect(hint).not.toContain("secret");
  },
);

test("headers pass but for those of the connection, in both directions", async () => {
  server.answer = (socket) => {
    const own = ["Connection: X-Hop", "X-Hop: 1", "Keep-Alive: timeout=9", "Upgrade: h2c", "Proxy-Authenticate: Basic"];
    const passed = [
      "Date: Wed, 21 May 2025 15:30:00 GMT",
      "Retry-After: 7",
      "X-Request-Id: theirs",
      "Set-Cookie: a=1",
      "Set-Cookie: b=2",
    ];
    socket.write(rawAnswer(LINES, [...own, ...passed, "Access-Control-Allow-Origin: https://elsewhere.example"]));
  };
  const headers = {
    "X-Trace": "1",
    "X-Request-Id": "mine",
    "If-None-Match": '"1"',
    Range: "bytes=0-1",
    Origin: "http://localhost:3000",
  };
  const answer = await proxy.ask("GET", "/phone_numbers", undefined, headers);
  const said = (name: string): string | null => answer.headers.get(name);
  expect(["date", "retry-after", "x-request-id", "x-hop", "upgrade", "proxy-authenticate"].map(said)).toEqual([
    "Wed, 21 May 2025 15:30:00 GMT",
    "7",
    "theirs",
    null,
    null,
    null,
  ]);
  expect(said("keep-alive")).not.toBe("timeout=9");
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(said("access-control-allow-origin")).toBe("http://localhost:3000");
  const [head = ""] = server.heads;
  expect(head).toMatch(/x-trace: 1/i);
  expect(head).toMatch(/x-request-id: mine/i);
  expect(head).not.toMatch(/^(origin|range|if-none-match):/im);
  expect(proxy.logged[0]).toMatchObject({ requestId: "mine/theirs" });
});

test.each([
  "/chats?phone_number=%2b1%20205&phone_numbers[]=a&phone_numbers%5b%5d=b",
  "/contacts?page=1&&page=2&=&%",
  "/odd/%7Epath/a+b/~'()*!|",
  "/ends/?",
])("the target gets %s to the letter", async (path) => {
  const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
  socket.write(`GET /api/partner/v2${path} HTTP/1.0\r\nHost: localhost\r\n\r\n`);
  await socket.toArray();
  expect(server.heads[0]?.split("\r\n")[0]).toBe(`GET /api/partner/v2${path} HTTP/1.1`);
  expect(exchanges[0]?.request.url).toBe(`/api/partner/v2${path}`);
});

test("a connection is used again, and one that is reset is a failure, which is not asked again", async () => {
  server.answer = (socket, _head, count) => {
    if (count === 3) socket.resetAndDestroy();
    else socket.write(rawAnswer(LINES));
  };
  await read();
  await read();
  expect(server.connections).toBe(1);
  expect((await read()).status).toBe(502);
  expect(server.heads).toHaveLength(3);
  expect((await read()).status).toBe(200);
});

test("a change is not sent twice", async () => {
  const writing = await openProxy({ target: server.url, allow: ["write"] });
  server.answer = (socket) => void socket.destroy();
  expect((await writing.ask("POST", "/contacts", { contact: { first_name: "Eve" } })).status).toBe(502);
  expect(server.heads).toHaveLength(1);
  await writing.stop();
});

test("a target without a certificate that is trusted", async () => {
  const secure = createTlsServer(selfSigned, (_, response) => response.end()).listen(0, "127.0.0.1");
  await once(secure, "listening");
  const distrustful = await openProxy({ target: `https://localhost:${(secure.address() as AddressInfo).port}` });
  expect((await distrustful.ask("GET", "/contacts")).status).toBe(502);
  expect((await distrustful.ask("GET", "/phone_numbers")).detail).toMatch(
    /certificate of https:\/\/localhost:\d+ is not trusted/,
  );
  await distrustful.stop();
  secure.close();
});

test("what is in flight is answered before the proxy stops", async () => {
  const asked = new Promise<Socket>((resolve) => {
    server.answer = (socket) => resolve(socket);
  });
  const answer = read();
  const socket = await asked;
  const stopped = proxy.stop();
  socket.write(rawAnswer(LINES));
  expect((await answer).status).toBe(200);
  await stopped;
});
