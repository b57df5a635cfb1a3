import { createServer, IncomingMessage, type Server, ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Express } from "express";
import { envelop, failure } from "../errors";

/** Enough for a Find Chat with 1,000 participants; Node's own limit of 16 KB ends below 500. */
const MAX_HEADER_BYTES = 64 * 1024;

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

  const server = createServer({ IncomingMessage: Request, ServerResponse: Response, maxHeaderSize: MAX_HEADER_BYTES }, app);
  server.on("clientError", refuseUnreadable);
  server.on("connect", (_request, socket: Socket) => socket.end(rawAnswer(failure(404, "There is no CONNECT here"))));
  return server;
}

/** Answers bytes that are no HTTP request, which Express never sees, in the envelope of everything else. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(unreadable(error.code)));
}

function unreadable(code: string | undefined) {
  if (code === "HPE_HEADER_OVERFLOW")
    return failure(431, `The request line and headers are over the limit of ${MAX_HEADER_BYTES} bytes`);
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return failure(408, "The request did not arrive in time");
  return failure(400, "The request is not valid HTTP");
}

function rawAnswer(refusal: ReturnType<typeof failure>): string {
  const { status } = refusal;
  const body = JSON.stringify(envelop("Error", refusal));

  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;
}
