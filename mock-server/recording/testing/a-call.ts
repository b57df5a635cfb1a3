import type { ProxiedExchange } from "../../proxy/call";

interface Given {
  readonly method?: string;
  /** Below the API's prefix. */
  readonly path?: string;
  readonly token?: string;
  readonly sent?: unknown;
  readonly status?: number;
}

/** A call that was answered with JSON. */
export function aCall(
  body: unknown,
  { method = "GET", path = "/contacts", token = "a-token", sent, status = 200 }: Given = {},
): ProxiedExchange {
  const type = "application/json; charset=utf-8";
  return {
    startedAt: 0,
    ms: 3,
    request: {
      method,
      url: `/api/partner/v2${path}`,
      headers: { "x-linq-integration-token": token, ...(sent !== undefined && { "content-type": type }) },
      body: bytesOf(sent),
    },
    response: { ok: true, status, headers: { "content-type": type }, body: bytesOf(body) },
  };
}

function bytesOf(body: unknown): Buffer {
  return body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body));
}
