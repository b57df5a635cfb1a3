import { once } from "node:events";
import { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { endToEndHeaders, type HttpAnswer, type HttpRequest } from "../client/http-client";
import type { Target } from "./start-mock";

/** What servers look at of a connection; what they write is kept. */
class Connection extends Duplex {
  readonly localAddress = "127.0.0.1";
  readonly written: Buffer[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written.push(chunk);
    done();
  }
}

/** Asks a server of this process for the same answer as over a connection, which takes several times as long. */
export async function askInProcess(
  { classes, answer }: Pick<Target, "classes" | "answer">,
  { method, url, headers, body = Buffer.alloc(0) }: HttpRequest,
): Promise<HttpAnswer> {
  const connection = new Connection();
  const incoming = new (classes.IncomingMessage ?? IncomingMessage)(connection as unknown as Socket);
  incoming.headers = { ...headers, "content-length": String(body.length) };
  Object.assign(incoming, { method, url, httpVersionMajor: 1, httpVersionMinor: 1, complete: true });
  if (body.length > 0) incoming.push(body);
  incoming.push(null);
  const response = new (classes.ServerResponse ?? ServerResponse)(incoming);
  response.assignSocket(connection as unknown as Socket);
  const isWritten = once(response, "finish");
  answer(incoming, response);
  await isWritten;
  response.emit("close");
  return answerIn(Buffer.concat(connection.written));
}

function answerIn(bytes: Buffer): HttpAnswer {
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const named = lines.map((line) => line.split(/: ?(.*)/s)).map(([name = "", value = ""]) => [name.toLowerCase(), value]);
  const { "content-length": _, ...headers } = Object.fromEntries(named) as Record<string, string>; // as the HTTP client drops it
  const body = bytes.subarray(end + 4);
  return {
    status: Number(first.split(" ")[1]),
    headers: endToEndHeaders(headers),
    body: headers["transfer-encoding"] === "chunked" ? joined(body) : body,
  };
}

/** The bytes of a body that stands in chunks. */
function joined(chunked: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = chunked.indexOf("\r\n", at);
    const length = Number.parseInt(chunked.toString("latin1", at, lineEnd), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(chunked.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}
