import type { IncomingHttpHeaders } from "node:http";

/** A request as it came to the proxy. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The number of the request in the log. */
  readonly requestId: string;
  /** Aborts when whoever asked is no longer there. */
  readonly gone: AbortSignal;
}
