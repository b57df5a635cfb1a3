/** When the attempts of a delivery are due, in milliseconds after the first (A-webhook-retry). */
const ATTEMPTS_AT_MS = [0, 2000, 4000, 8000, 16_000, 30_000];

/** When the next attempt is due, after so many; undefined when there is none. Instants are milliseconds since 1970. */
export function nextAttemptAt(firstAttemptAt: number, attempts: number): number | undefined {
  const offset = ATTEMPTS_AT_MS[attempts];
  return offset === undefined ? undefined : firstAttemptAt + offset;
}

/** What an answer means: 2xx is received, 429 and 5xx are tried again, anything else is final (A-webhook-success). */
export function verdictOf(status: number): "received" | "again" | "final" {
  if (status >= 200 && status < 300) return "received";
  return status === 429 || status >= 500 ? "again" : "final";
}
