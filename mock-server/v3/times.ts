import { keepBounded } from "../../contracts/bounded-cache";

const MOST_KEPT = 2048;
/** What was written lately: a message has the same instant several times. */
const lately = new Map<number, string>();

/** An instant (ms since 1970) as V3 writes it (A-v3-timestamps). */
export function timeView(instant: number): string {
  return lately.get(instant) ?? keepBounded(lately, instant, new Date(instant).toISOString(), MOST_KEPT);
}

export function timeOrNull(instant: number | null | undefined): string | null {
  return instant == null ? null : timeView(instant);
}
