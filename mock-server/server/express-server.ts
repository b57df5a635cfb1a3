import { createServer, IncomingMessage, type Server, ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Express } from "express";
import { API_VERSIONS } from "../versions";
import { type Failure, failure } from "./failure";

/** Enough for a Find Chat with 1,500 participants; Node's own limit of 16 KB ends below 500. */
const MAX_HEADER_BYTES = 64 * 1024;
/** How long a connection that was refused may stay silent before it is closed from here. */
const LINGER_MS = 1000;

/** Connections that have their last answer. */
const refused = new WeakSet<Socket>();

/**
 * An HTTP server for an Express app. Express gives every request and response a new prototype, which makes V8 drop what it has
 * learnt about them, and costs more than everything else Express does. Here they are born with the right one.
 */
export function createExpressServer(app: Express): Server {
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
  server.on("clientError", refuseUnreadable);
  server.on("connect", (_request, socket: Socket) => refuse(socket, failure(404, "There is no CONNECT here")));
  server.on("checkExpectation", (request, response) => server.emit("request", request, response)); // expectations may be ignored
  return server;
}

/** Answers bytes that are no HTTP request, which Express never sees, in the envelope of everything else. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (refused.has(socket)) return; // newer versions of Node go on to complain about the bytes that follow
  if (socket.writable && error.code !== "ECONNRESET") refuse(socket, unreadable(error.code));
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

function refuse(socket: Socket, refusal: Failure): void {
  const body = JSON.stringify(API_VERSIONS[0].envelope(refusal));
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
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
