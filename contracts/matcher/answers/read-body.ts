import { types } from "node:util";
import { parseBody } from "../../exchange";

/** What a client has made of a body: a text or bytes are read as JSON, and nothing at all is no body. */
export function readBody(body: unknown): unknown {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string") return parseBody(body);
  if (types.isAnyArrayBuffer(body)) return parseBody(Buffer.from(body).toString("utf8"));
  if (!ArrayBuffer.isView(body)) return body;
  return parseBody(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
}
