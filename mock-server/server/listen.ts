import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, IncomingMessage, type Server, ServerResponse, STATUS_CODES } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket, type Server as SocketServer } from "node:net";
import type { Express } from "express";
import type { ApiVersion, ApiVersions } from "./api-version";
import { type Failure, failure } from "./failure";
import type { Logger } from "./logger";
import { urlHost } from "./loopback";

/** A server that has a port: the mock, a proxy or a replay. */
interface ListeningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /**
   * Takes no more connections, and closes each when it has no request in flight, or after so long. Then does `afterwards`, whose signal
   * aborts when that time is over. Twice is the same as once.
   */
  stop(afterwards?: (timeout: AbortSignal) => Promise<void> | void, timeoutMs?: number): Promise<void>;
}

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /** The first words what is refused before Express sees it. */
  readonly versions: ApiVersions;
  readonly log: Pick<Logger, "warn">;
}

export const STOP_TIMEOUT_MS = 7000; // supervisors kill after 10 s, and ending all that there may be takes up to a second
const STOP_POLL_MS = 20;
/** How long a request may go on arriving while we stop, in real milliseconds. */
const ARRIVAL_MS = 500;

/**
 * Serves an app; `localhost` is both addresses of this machine, on one port. Rejects with a system error, such as EADDRINUSE,
 * when it cannot listen.
 */
export async function listen(app: Express, { host, port, versions, log }: ListenOptions): Promise<ListeningServer> {
  const http = createExpressServer(app, versions, log);
  const sockets = new Set<Socket>();
  http.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const lastAnswers = new WeakMap<Socket, ServerResponse>();
  http.on("request", ({ socket }, response) => lastAnswers.set(socket, response));
  const isArriving = (socket: Socket): boolean => {
    const answer = lastAnswers.get(socket);
    return !answer || answer.closed || !answer.req.complete;
  };
  const second = host === "localhost" ? await listenOnBothLoopbacks(http, port) : await listenOn(http, port, host);

  const stop: ListeningServer["stop"] = async (afterwards, timeoutMs = STOP_TIMEOUT_MS) => {
    const closed = Promise.all([once(http, "close"), second && once(second, "close")]);
    second?.close();
    const timeout = new AbortController();
    http.close();
    const arrivesUntil = performance.now() + ARRIVAL_MS;
    const poll = setInterval(() => {
      http.closeIdleConnections();
      const hasArrivedIfEver = performance.now() > arrivesUntil;
      for (const socket of sockets) {
        const isUnasked = socket.bytesRead === 0; // Node does not count those that never sent a request
        if (isUnasked || (hasArrivedIfEver && isArriving(socket))) socket.destroy();
      }
    }, STOP_POLL_MS);
    const timer = setTimeout(() => {
      timeout.abort();
      for (const socket of sockets) socket.destroy();
    }, timeoutMs);
    try {
      await closed;
      await afterwards?.(timeout.signal);
    } finally {
      clearInterval(poll);
      clearTimeout(timer);
    }
  };
  let stopped: Promise<void> | undefined;
  return {
    url: `http://${urlHost(host)}:${(http.address() as AddressInfo).port}`,
    stop: (...how) => {
      stopped ??= stop(...how);
      return stopped;
    },
  };
}

/** Clients disagree on which of them `localhost` is, and many try no other. */
const LOOPBACK = { v4: "127.0.0.1", v6: "::1" };
const MAX_PORTS_TRIED = 20;

async function listenOn(server: SocketServer, port: number, host: string): Promise<undefined> {
  server.listen(port, host);
  await once(server, "listening");
}

/** Listens at one port of both. Returns what listens beside the HTTP server, to which it hands its connections; undefined on a machine without IPv6. */
async function listenOnBothLoopbacks(http: Server, port: number): Promise<SocketServer | undefined> {
  for (let tried = 1; ; tried += 1) {
    await listenOn(http, port, LOOPBACK.v4);
    const second = createSocketServer({ allowHalfOpen: true, noDelay: true }, (socket) => http.emit("connection", socket)); // as an HTTP server has them
    try {
      await listenOn(second, (http.address() as AddressInfo).port, LOOPBACK.v6);
      return second;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return undefined;
      await new Promise((resolve) => http.close(resolve));
      if (port !== 0 || code !== "EADDRINUSE" || tried === MAX_PORTS_TRIED) throw error; // another program has this port of the other address
    }
  }
}

/** Resolves on the first SIGINT or SIGTERM; the second ends the process at once. */
export async function stopSignal(): Promise<void> {
  const first = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => (first.signal.aborted ? process.exit(1) : first.abort()));
  }
  await once(first.signal, "abort");
}

/** Enough for a Find Chat with 1,500 participants; Node's own limit of 16 KB ends below 500. */
const MAX_HEADER_BYTES = 64 * 1024;
/** How long a connection that was refused may stay silent before it is closed from here. */
const LINGER_MS = 1000;

/** What a client's bytes that are no HTTP end in; those bytes. */
type ClientError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };
/** Within so many bytes the path has named its version. */
const LONGEST_PREFIX = 200;
/** The first byte of a client that begins with TLS. */
const TLS_HANDSHAKE = 0x16;
const SPEAKS_HTTPS = "somebody speaks https here, and linq-mock speaks http alone: is the base URL http://?";

/** Connections that have their last answer. */
const refused = new WeakSet<Socket>();

/**
 * An HTTP server for an Express app. Express gives every request and response a new prototype, which makes V8 drop what it has
 * learnt about them, and costs more than everything else Express does. Here they are born with the right one.
 */
export function createExpressServer(app: Express, versions: ApiVersions, log: ListenOptions["log"]): Server {
  class Request extends IncomingMessage {}
  class Response extends ServerResponse {}
  Object.setPrototypeOf(Request.prototype, app.request);
  Object.setPrototypeOf(Response.prototype, app.response);
  app.request = Request.prototype as typeof app.request;
  app.response = Response.prototype as unknown as typeof app.response;

  const options = {
    IncomingMessage: Request,
    ServerResponse: Response,
    maxHeaderSize: MAX_HEADER_BYTES,
    requireHostHeader: false,
  };
  const server = createServer(options, app);
  server.on("clientError", (error: ClientError, socket: Socket) => {
    if (error.rawPacket?.[0] === TLS_HANDSHAKE) log.warn(SPEAKS_HTTPS);
    refuseUnreadable(versionMeant(versions, error), error, socket);
  });
  server.on("connect", (_request, socket: Socket) => refuse(versions[0], socket, failure(404, "There is no CONNECT here")));
  server.on("checkExpectation", (request, response) => server.emit("request", request, response)); // expectations may be ignored
  return server;
}

/** The version whose path the bytes begin with, after a method of whatever kind; the first when there is none. */
function versionMeant(versions: ApiVersions, { rawPacket }: ClientError): ApiVersion {
  const [, path = ""] = rawPacket?.toString("latin1", 0, LONGEST_PREFIX).split(" ") ?? [];
  return versions.find(({ prefix }) => path.includes(`${prefix}/`)) ?? versions[0];
}

/** Answers bytes that are no HTTP request, which Express never sees, in the envelope of everything else. */
function refuseUnreadable(version: ApiVersion, error: NodeJS.ErrnoException, socket: Socket): void {
  if (refused.has(socket)) return; // newer versions of Node go on to complain about the bytes that follow
  if (socket.writable && error.code !== "ECONNRESET") refuse(version, socket, unreadable(error.code));
  else socket.destroy();
}

function unreadable(code: string | undefined): Failure {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return failure(431, `The request line and headers are over the limit of ${MAX_HEADER_BYTES} bytes`);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return failure(408, "The request did not arrive in time");
    case "HPE_INVALID_EOF_STATE":
      return failure(400, "The request was cut off");
    default:
      return failure(400, "The request is not valid HTTP");
  }
}

function refuse(version: ApiVersion, socket: Socket, refusal: Failure): void {
  const { status } = refusal;
  const traceSource = randomUUID();
  const body = JSON.stringify(version.envelope(refusal, undefined, traceSource));
  const own = Object.entries(version.headers?.(traceSource, { operation: undefined, status }) ?? {});
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...own.map(([name, value]) => `${name}: ${value}`),
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.on("error", () => socket.destroy()); // Node has left this socket to us
  refused.add(socket);
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.resume(); // closing over bytes that were not read would reset the connection, and the answer be lost
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}
