import { hash } from "node:crypto";

/** Stands on every answer. */
export const TRACE_HEADER = "X-Trace-ID";

const TRACE_DIGITS = 32;

/** The trace id of a request and of all that it causes: 32 hexadecimal digits. It follows from the request's own id and the run, so that nobody has to keep it. */
export function traceOf(source: string): string {
  return hash("sha256", source).slice(0, TRACE_DIGITS);
}

/** A body with the trace of its request, if it is one that has a trace. */
export function withTrace<Body>(body: Body, source: string): Body {
  const hasTrace = typeof body === "object" && body !== null && "trace_id" in body;
  return hasTrace ? { ...body, trace_id: traceOf(source) } : body;
}
