import { parseBody } from "../../contracts/exchange";
import { type ProxyServer, type ProxyServerOptions, startProxy } from "../proxy/server";
import type { Logger, RequestEntry } from "../server/logger";
import { ASSUMPTION_HEADER, fetchUnwatched, watched } from "./named-assumptions";

export interface OpenProxy extends ProxyServer {
  /** What was logged of requests. */
  readonly logged: RequestEntry[];
  /** What went wrong in the proxy itself. */
  readonly defects: string[];
  /** Asks for a path below `/api/partner/v2`, or for one of V3, which is written whole behind a slash. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Asked>;
}

export interface Asked {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly body: any;
  readonly headers: Headers;
  readonly hint: string | null;
  readonly violation: string | null;
  /** Why it was refused, in any envelope. */
  readonly detail: string | undefined;
}

const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };
const TOKEN_OF_V3 = { Authorization: "Bearer test" };

/** A proxy on a port of its own, and a client of it. */
export async function openProxy(options: Omit<ProxyServerOptions, "log">): Promise<OpenProxy> {
  const logged: RequestEntry[] = [];
  const defects: string[] = [];
  const log: Logger = {
    request: (entry) => void logged.push(entry),
    announce() {},
    info() {},
    warn() {},
    error: (text) => void defects.push(text),
    flush() {},
  };
  const proxy = await startProxy({ ...options, log });
  const ask: OpenProxy["ask"] = async (method, path, body, headers = {}) => {
    const isV3 = path.startsWith("//");
    const response = await fetchUnwatched(`${proxy.url}${isV3 ? path.slice(1) : `/api/partner/v2${path}`}`, {
      method,
      redirect: "manual",
      headers: {
        ...(isV3 ? TOKEN_OF_V3 : TOKEN),
        ...(body !== undefined && { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const asked = await read(response);
    return watched(asked, ["status", "body", "detail"], `${method} ${path}`, asked.headers.get(ASSUMPTION_HEADER));
  };
  return { ...proxy, logged, defects, ask };
}

async function read(response: Response): Promise<Asked> {
  const { status, headers } = response;
  const body = parseBody(await response.text());
  const { errors, message, error } = (body ?? {}) as {
    errors?: { detail?: string }[];
    message?: string;
    error?: { message?: string };
  };
  const said = (name: string): string | null => headers.get(`X-Linq-Mock-${name}`);
  return {
    status,
    headers,
    body,
    hint: said("Hint"),
    violation: said("Violation"),
    detail: errors?.[0]?.detail ?? (typeof errors?.[0] === "string" ? errors[0] : (error?.message ?? message)),
  };
}
