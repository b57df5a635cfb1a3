import { once } from "node:events";
import { type AddressInfo, connect, createServer, Server } from "node:net";
import express from "express";
import { startProxy } from "../proxy/server";
import { startReplay } from "../replay/server";
import { LOOPBACKS } from "../testing/sockets";
import { API_VERSIONS } from "../versions";
import { listen } from "./listen";
import { SILENT } from "./logger";
import { startMockServer } from "./start-mock-server";

// Asserted here, too: A-auth-everywhere, A-auth-envelope.

const hasIPv6 = LOOPBACKS.length > 1;
const app = express().use((_, res) => void res.send("here"));

/** The addresses at which something listens. */
async function openAddresses(port: number): Promise<string[]> {
  const open: string[] = [];
  for (const host of ["127.0.0.1", "::1"]) {
    const socket = connect(port, host);
    await once(socket, "connect").then(
      () => open.push(host),
      () => undefined,
    );
    socket.destroy();
  }
  return open;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

test("who speaks https is told of in the log, and whoever speaks neither is not", async () => {
  const warned: string[] = [];
  const log = { warn: (text: string) => void warned.push(text) };
  const { url, stop } = await listen(app, { host: "localhost", port: 0, versions: API_VERSIONS, log });
  for (const scheme of ["http", "https"]) {
    const answer = fetch(url.replace("http:", `${scheme}:`)).then(
      ({ status }) => status,
      () => "none",
    );
    expect(await answer).toBe(scheme === "http" ? 200 : "none");
  }
  const socket = connect(portOf(url), "127.0.0.1");
  socket.end("no http\r\n\r\n");
  await once(socket.resume(), "close");
  await stop();
  expect(warned).toEqual(["somebody speaks https here, and linq-mock speaks http alone: is the base URL http://?"]);
});

async function withBlocked(host: string, use: (port: number) => Promise<void>): Promise<void> {
  const blocker: Server = createServer().listen(0, host);
  await once(blocker, "listening");
  await use((blocker.address() as AddressInfo).port);
  blocker.close();
}

afterEach(() => jest.restoreAllMocks());

test("both addresses of this machine are served on one port, and left together", async () => {
  const { url, stop } = await listen(app, { host: "localhost", port: 0, versions: API_VERSIONS, log: SILENT });
  expect(await openAddresses(portOf(url))).toEqual(LOOPBACKS);
  for (const host of ["127.0.0.1", "localhost", ...(hasIPv6 ? ["[::1]"] : [])]) {
    expect(await (await fetch(`http://${host}:${portOf(url)}/`)).text()).toBe("here");
  }
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await stop();
  expect(await openAddresses(portOf(url))).toEqual([]);
});

test("stop finishes what is in flight at either address", async () => {
  const answers: (() => void)[] = [];
  const slow = express().use((_, res) => void answers.push(() => res.send("late")));
  const { url, stop } = await listen(slow, { host: "localhost", port: 0, versions: API_VERSIONS, log: SILENT });
  const asked = LOOPBACKS.map((host) => fetch(url.replace("127.0.0.1", host.includes(":") ? `[${host}]` : host)));
  while (answers.length < asked.length) await new Promise(setImmediate);
  const stopped = stop();
  for (const answer of answers) answer();
  for (const response of asked) expect(await (await response).text()).toBe("late");
  await stopped;
});

test.each(LOOPBACKS)("a host that is given is the only one: %s", async (host) => {
  const { url, stop } = await listen(app, { host, port: 0, versions: API_VERSIONS, log: SILENT });
  const open = await openAddresses(portOf(url));
  await stop();
  const others = await openAddresses(portOf(url)); // somebody may have had the same port at another address
  expect(open.filter((address) => !others.includes(address))).toEqual([host]);
});

test.each(LOOPBACKS)("a port that is in use at %s is an error, and nothing is left listening", (host) =>
  withBlocked(host, async (port) => {
    await expect(listen(app, { host: "localhost", port, versions: API_VERSIONS, log: SILENT })).rejects.toMatchObject({
      code: "EADDRINUSE",
      port,
    });
    expect(await openAddresses(port)).toEqual([host]);
  }),
);

/** What the system does when asked to listen, in place of what it would; once, or always. */
function systemListens(instead: (server: Server, port: number, host: string) => Server | undefined): void {
  const listens = listenOf();
  jest.spyOn(Server.prototype, "listen").mockImplementation(function (this: Server, ...[port, host]: unknown[]) {
    const given = [port as number, host as string] as const;
    return instead(this, ...given) ?? listens.call(this, ...given);
  });
}

/** Node's own. */
function listenOf() {
  return Server.prototype.listen as (this: Server, port: number, host: string) => Server;
}

test("any free port is one that is free at both addresses", () =>
  withBlocked(LOOPBACKS.at(-1) ?? "", async (taken) => {
    const listens = listenOf();
    let isFirst = hasIPv6;
    systemListens((server, _, host) => {
      const gives = isFirst;
      isFirst = false;
      return gives ? listens.call(server, taken, host) : undefined;
    });
    const { url, stop } = await listen(app, { host: "localhost", port: 0, versions: API_VERSIONS, log: SILENT });
    expect(portOf(url)).not.toBe(taken);
    expect(await openAddresses(portOf(url))).toEqual(LOOPBACKS);
    await stop();
  }));

test.each(["EADDRNOTAVAIL", "EAFNOSUPPORT"])("a machine without IPv6 (%s) is served at the other address", async (code) => {
  systemListens((server, _, host) => {
    if (host !== "::1") return undefined;
    process.nextTick(() => server.emit("error", Object.assign(new Error(code), { code })));
    return server;
  });
  const { url, stop } = await listen(app, { host: "localhost", port: 0, versions: API_VERSIONS, log: SILENT });
  expect(await openAddresses(portOf(url))).toEqual(["127.0.0.1"]);
  await stop();
});

test("the mock, a proxy and a replay are at both; pages, hosts and /__mock as at one", async () => {
  const mock = await startMockServer();
  const proxy = await startProxy({ target: mock.url, log: SILENT });
  const text = JSON.stringify({ log: { version: "1.2", creator: { name: "c", version: "1" }, entries: [] } });
  const har = text.replace('"entries":[]', `"entries":[${JSON.stringify(entry())}]`);
  const replay = await startReplay({ text: har, name: "a.har", port: 0, host: "localhost", log: "silent" });
  for (const { url } of [mock, proxy, replay]) expect(await openAddresses(portOf(url))).toEqual(LOOPBACKS);
  for (const host of LOOPBACKS.map((address) => (address.includes(":") ? `[${address}]` : address))) {
    const base = `http://${host}:${portOf(mock.url)}`;
    const chat = await fetch(`${base}/api/partner/v2/chats/45`, {
      headers: { "X-LINQ-INTEGRATION-TOKEN": "t", Origin: `http://${host}:5173` },
    });
    expect([chat.status, chat.headers.get("Access-Control-Allow-Origin")]).toEqual([200, `http://${host}:5173`]);
    expect((await fetch(`${base}/__mock/health`)).status).toBe(200);
    await expect(startProxy({ target: base, port: portOf(mock.url), log: SILENT })).rejects.toThrow(/the proxy itself/);
  }
  await Promise.all([replay.stop(), proxy.stop()]);
  await mock.stop();
});

function entry(): object {
  const body = JSON.stringify({ phone_numbers: [] });
  return {
    startedDateTime: "2025-05-21T15:30:00.000Z",
    time: 1,
    request: { method: "GET", url: "https://api.linqapp.com/api/partner/v2/phone_numbers", headers: [], queryString: [] },
    response: { status: 200, headers: [], content: { mimeType: "application/json", size: body.length, text: body } },
  };
}

test.each([
  ["half a body", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"],
  ["half a head", "POST / HTTP/1.1\r\nHost: loc"],
])("stop does not wait for a request that has not arrived wholly: %s", async (_, sent) => {
  const waiting = express().use((req, res) => void req.resume().on("end", () => res.send("whole")));
  const { url, stop } = await listen(waiting, { host: "127.0.0.1", port: 0, versions: API_VERSIONS, log: SILENT });
  const socket = connect(portOf(url), "127.0.0.1").on("error", () => undefined);
  await once(socket, "connect");
  socket.write(sent);
  expect(await (await fetch(url, { method: "POST", body: "all of it" })).text()).toBe("whole"); // by now, the other is here, too
  const afterwards = jest.fn(({ aborted }: AbortSignal) => expect(aborted).toBe(false));
  await stop(afterwards, 60_000);
  expect(afterwards).toHaveBeenCalledTimes(1);
});

test("whatever does not end, a stop is over within 8 s", async () => {
  const asked = jest.fn();
  const { url, stop } = await listen(express().use(asked), { host: "127.0.0.1", port: 0, versions: API_VERSIONS, log: SILENT });
  const unanswered = fetch(url).catch(() => "hung up");
  while (asked.mock.calls.length === 0) await new Promise(setImmediate);
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  const aborted: boolean[] = [];
  const stopped = stop(async (signal) => void aborted.push(signal.aborted));
  jest.advanceTimersByTime(6000);
  await new Promise(setImmediate);
  expect(aborted).toEqual([]); // what is in flight has some time
  jest.advanceTimersByTime(2000);
  await stopped;
  jest.useRealTimers();
  expect([await unanswered, aborted]).toEqual(["hung up", [true]]);
});

test("who sends everything before reading gets the answer, and no broken pipe", async () => {
  const { url, stop } = await startMockServer();
  const socket = connect(portOf(url), "127.0.0.1");
  const head = "POST /api/partner/v2/chats HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
  const body = Buffer.alloc(20_000_000);
  socket.pause();
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.write(body, () => resolve());
  });
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk)).resume();
  await once(socket, "end");
  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 401 /);
  await stop();
});
