import type { IncomingHttpHeaders } from "node:http";

/** A call that went through the proxy, and what came of it. */
export interface ProxiedExchange {
  /** In ms since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  readonly request: {
    readonly method: string;
    /** Below the target's origin: the API's prefix, the path and the query, as they were sent. */
    readonly url: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  };
  /** What came, decoded; or why nothing did. */
  readonly response:
    | { readonly status: number; readonly headers: Readonly<Record<string, string | string[]>>; readonly body: Buffer }
    | { readonly error: string };
}
