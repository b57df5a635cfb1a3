import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { findChatPath } from "../contracts/operations";
import { type MockServer, startMockServer } from "./server/start-mock-server";
import { ASSUMPTION_HEADER, requireNamed } from "./testing/named-assumptions";
import { ANN, LINE, smallWorld } from "./testing/worlds";

// Asserted here, too: A-find-match, A-create-service, A-availability, A-delivery, A-group-limit,
// A-create-existing, A-create-status, A-error-wording, A-404-others, A-method-unknown, A-head.

let mock: MockServer;

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
});

afterEach(() => mock.stop());

const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };

function api(path: string): string {
  return `${mock.url}/api/partner/v2${path}`;
}

function open(): Promise<Socket> {
  const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
  return once(socket, "connect").then(() => socket);
}

/** Sends bytes as they are, and reads until the server closes the connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = await open();
  socket.write(bytes, "latin1");
  let answer = "";
  for await (const chunk of socket) answer += chunk;
  const ids = new RegExp(`^${ASSUMPTION_HEADER}: (.*)\r`, "im").exec(answer)?.[1]?.split(", ");
  requireNamed(`The answer to ${bytes.slice(0, 50)}`, ids ?? []);
  return answer;
}

const HEAD = "Host: localhost\r\nX-LINQ-INTEGRATION-TOKEN: test\r\nConnection: close\r\n";

test("listens on a free port of the loopback address", async () => {
  expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const response = await fetch(api(findChatPath(LINE, [ANN])), { headers: TOKEN });
  expect(((await response.json()) as { data: { chat: { id: number } } }).data.chat.id).toBe(1);
});

test("a Find Chat with 500 participants is answered", async () => {
  const participants = Array.from({ length: 500 }, (_, i) => `+1205555${String(i).padStart(4, "0")}`);
  const response = await fetch(api(findChatPath(LINE, participants)), { headers: TOKEN });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ data: { chat: null, messages: [] } });
});

test("a chat of 500 participants is created and found", async () => {
  const phone_numbers = Array.from({ length: 500 }, (_, i) => `+1205555${String(i).padStart(4, "0")}`);
  const headers = { ...TOKEN, "Content-Type": "application/json" };
  const body = JSON.stringify({ send_from: LINE, chat: { phone_numbers }, message: { text: "Hi" } });
  expect((await fetch(api("/chats"), { method: "POST", headers, body })).status).toBe(200);
  const response = await fetch(api(findChatPath(LINE, phone_numbers.toReversed())), { headers: TOKEN });
  expect(((await response.json()) as { data: { chat: { id: number } } }).data.chat.id).toBe(6);
});

test.each([1000, 1500])("a chat of %i participants is found, and it with a stranger is not", async (size) => {
  const phone_numbers = Array.from({ length: size }, (_, i) => `+1205555${String(i).padStart(4, "0")}`);
  const crowd = await startMockServer({
    fixtures: { version: 1, lines: [{ phone_number: LINE }], chats: [{ line: LINE, participants: phone_numbers }] },
  });
  const found = async (participants: readonly string[]): Promise<number | undefined> => {
    const query = participants.map((participant) => `&phone_numbers[]=${encodeURIComponent(participant)}`).join("");
    const response = await fetch(`${crowd.url}/api/partner/v2/chats/find?phone_number=2052761148${query}`, { headers: TOKEN });
    return ((await response.json()) as { data: { chat: { id: number } | null } }).data.chat?.id;
  };
  try {
    expect(await found(phone_numbers)).toBe(1);
    expect(await found([...phone_numbers, "+19075550000"])).toBeUndefined();
  } finally {
    await crowd.stop();
  }
});

describe("sandboxes", () => {
  test("are apart, by URL and by token", async () => {
    const [one, two] = [await mock.sandbox(), await mock.sandbox("named")];
    const body = JSON.stringify({ send_from: LINE, chat: { phone_numbers: ["+12055550177"] }, message: { text: "Hi" } });
    const headers = { ...TOKEN, "Content-Type": "application/json" };
    await fetch(`${one.url}/api/partner/v2/chats`, { method: "POST", headers, body });
    const isFound = async (base: string, token: string): Promise<boolean> => {
      const path = `/api/partner/v2${findChatPath(LINE, ["+12055550177"])}`;
      const response = await fetch(`${base}${path}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": token } });
      return ((await response.json()) as { data: { chat: unknown } }).data.chat !== null;
    };
    expect([await isFound(one.url, "any"), await isFound(mock.url, one.token)]).toEqual([true, true]);
    expect([await isFound(two.url, "any"), await isFound(mock.url, two.token), await isFound(mock.url, "any")]).toEqual([
      false,
      false,
      false,
    ]);
    await one.reset();
    expect(await isFound(one.url, "any")).toBe(false);
  });

  test("get names of their own", async () => {
    const taken = await mock.sandbox("box-1");
    const names = [taken.name, (await mock.sandbox()).name, (await mock.sandbox()).name];
    expect(new Set(names).size).toBe(3);
  });

  test("cannot be called anything", async () => {
    await expect(mock.sandbox("no good")).rejects.toThrow("A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -");
  });

  test("are all reset by the server's reset", async () => {
    const box = await mock.sandbox();
    const body = JSON.stringify({ send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "Hi" } });
    const headers = { ...TOKEN, "Content-Type": "application/json" };
    const count = async (base: string): Promise<number> => {
      const response = await fetch(`${base}/api/partner/v2/chats/1`, { headers: TOKEN });
      return ((await response.json()) as { data: { message_count: number } }).data.message_count;
    };
    for (const base of [mock.url, box.url]) await fetch(`${base}/api/partner/v2/chats`, { method: "POST", headers, body });
    expect([await count(mock.url), await count(box.url)]).toEqual([2, 2]);
    await mock.reset();
    expect([await count(mock.url), await count(box.url)]).toEqual([1, 1]);
  });
});

describe("from a raw socket", () => {
  test("raw brackets are read", async () => {
    const answer = await exchange(
      `GET /api/partner/v2/chats/find?phone_number=2052761148&phone_numbers[]=2055550101 HTTP/1.1\r\n${HEAD}\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('"chat":{"id":1,');
  });

  test.each([
    ["what is no HTTP", "hello\r\n\r\n", 400, "The request is not valid HTTP"],
    ["an unknown method", `FETCH / HTTP/1.1\r\n${HEAD}\r\n`, 400, "The request is not valid HTTP"],
    [
      "a header that is too long",
      `GET / HTTP/1.1\r\nX-Long: ${"x".repeat(70_000)}\r\n\r\n`,
      431,
      "over the limit of 65536 bytes",
    ],
    [
      "HTTP/1.1 without a host",
      "GET /api/partner/v2/chats/1 HTTP/1.1\r\nConnection: close\r\n\r\n",
      400,
      "The header Host is missing",
    ],
    ["an expectation that is none", `GET /nothing HTTP/1.1\r\nExpect: miracles\r\n${HEAD}\r\n`, 404, "Route not found"],
    ["CONNECT", `CONNECT example.com:443 HTTP/1.1\r\n${HEAD}\r\n`, 404, "There is no CONNECT here"],
    ["TRACE", `TRACE /api/partner/v2/chats/find HTTP/1.1\r\n${HEAD}\r\n`, 404, "Route not found"],
    [
      "a foreign host",
      "GET /api/partner/v2/chats/1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
      403,
      "The host evil.example is not served here",
    ],
    ["a NUL in the path", `GET /api/partner/v2/chats/\u0000 HTTP/1.1\r\n${HEAD}\r\n`, 400, "The request is not valid HTTP"],
    ["dots that climb", `GET /api/partner/v2/chats/../../../__mock/state HTTP/1.1\r\n${HEAD}\r\n`, 404, "Route not found"],
  ])("%s is refused in the vendor's envelope", async (_, bytes, status, detail) => {
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)) as { errors: { status: number; detail: string }[] };
    expect(body.errors[0]?.status).toBe(status);
    expect(body.errors[0]?.detail).toContain(detail);
  });

  test("what is no HTTP is refused in the envelope of the version that its path names", async () => {
    const answer = await exchange(`get /api/partner/v3/chats HTTP/1.1\r\n${HEAD}\r\n`);
    const [, trace] = /\r\nX-Trace-ID: ([\da-f]{32})\r\n/.exec(answer) ?? [];
    const body = JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4));
    expect(body).toMatchObject({ success: false, error: { status: 400, code: 1003 }, trace_id: trace });
  });

  test("a body that is cut off changes nothing and does no harm", async () => {
    const socket = await open();
    socket.end(
      `POST /api/partner/v2/chats HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"send_from":`,
    );
    socket.resume();
    await once(socket, "close");
    const state = (await (await fetch(`${mock.url}/__mock/state`)).json()) as { chats: unknown[] };
    expect(state.chats).toHaveLength(5);
  });

  test("an origin in front of the path, as proxies write it, does no harm", async () => {
    const answer = await exchange(`GET http://localhost/s/box/api/partner/v2/chats/1 HTTP/1.1\r\n${HEAD}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test("who hangs up rudely does no harm", async () => {
    for (const bytes of [`CONNECT x:1 HTTP/1.1\r\n${HEAD}\r\n`, "nonsense\r\n\r\n", `GET / HTTP/1.1\r\n${HEAD}`]) {
      const socket = await open();
      socket.on("error", () => {});
      socket.write(bytes);
      socket.resetAndDestroy();
    }
    expect((await fetch(`${mock.url}/__mock/health`)).status).toBe(200);
  });

  test("HEAD has no body", async () => {
    const answer = await exchange(`HEAD /api/partner/v2/chats/1 HTTP/1.1\r\n${HEAD}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer.endsWith("\r\n\r\n")).toBe(true);
  });
});

describe("stop", () => {
  test("finishes what is in flight, and closes connections that only wait", async () => {
    const waiting = await open();
    const waitingClosed = once(waiting, "close");
    waiting.resume();
    const socket = await open();
    const body = JSON.stringify({ send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "Hi" } });
    socket.write(
      `POST /api/partner/v2/chats HTTP/1.1\r\nHost: localhost\r\nX-LINQ-INTEGRATION-TOKEN: t\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await once(socket, "data"); // 100 Continue: the server has begun with this request
    const stopped = mock.stop();
    socket.write(body);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 OK/);
    await Promise.all([stopped, waitingClosed]);
    await expect(fetch(mock.url)).rejects.toThrow();
  });

  test.each([`CONNECT x:1 HTTP/1.1\r\n${HEAD}\r\n`, "nonsense\r\n\r\n"])(
    "does not wait for a client that leaves its half open: %j",
    async (bytes) => {
      const socket = connect({ port: Number(new URL(mock.url).port), host: "127.0.0.1", allowHalfOpen: true });
      await once(socket, "connect");
      socket.write(bytes);
      await once(socket, "data");
      await mock.stop();
      socket.destroy();
    },
  );

  test("twice is the same as once", async () => {
    await Promise.all([mock.stop(), mock.stop()]);
  });
});

test("a port in use is an error of startMockServer", async () => {
  const port = Number(new URL(mock.url).port);
  await expect(startMockServer({ port })).rejects.toMatchObject({
    code: "EADDRINUSE",
    message: `linq-mock: port ${port} is in use; choose another, or leave out port to take any free one`,
  });
});

test("a mock that was stopped says so", async () => {
  await mock.stop();
  await expect(mock.sandbox()).rejects.toThrow("linq-mock: this mock was stopped");
  await expect(mock.reset()).rejects.toThrow("linq-mock: this mock was stopped");
});

test("beyond loopback the control API is closed without a control token", async () => {
  const reachable = await startMockServer({ host: "0.0.0.0" });
  const guarded = await startMockServer({ host: "0.0.0.0", controlToken: "t0p" });
  try {
    const response = await fetch(`${reachable.url}/__mock/health`);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: "control_token_unset" } });
    expect((await fetch(`${guarded.url}/__mock/health`, { headers: { Authorization: "Bearer t0p" } })).status).toBe(200);
    expect((await fetch(`${reachable.url}/api/partner/v2/chats/45`, { headers: TOKEN })).status).toBe(200);
  } finally {
    await Promise.all([reachable.stop(), guarded.stop()]);
  }
});
