const DEFAULT_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

/** How long a 429 asks to wait, in ms: `Retry-After` in seconds or as an HTTP date; 10 s without one, 10 min at most. */
export function retryAfterMs(header: string | null, now: number): number {
  const value = header?.trim() ?? "";
  const moment = Date.parse(value);
  const otherwise = Number.isNaN(moment) ? DEFAULT_WAIT_MS : moment - now;
  const asked = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : otherwise;
  return Math.min(LONGEST_WAIT_MS, Math.max(0, asked));
}
