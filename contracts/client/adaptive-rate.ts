import type { HttpHeaders } from "./http-client";

/** What an answer tells of how busy its server is. */
export interface PacedAnswer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: HttpHeaders;
  /** How long it took. */
  readonly ms: number;
}

/** Requests per second: at first, and at most. No document tells how many the API takes. */
const FIRST_RATE = 4;
const HIGHEST_RATE = 10;
const LOWEST_RATE = 0.5;
/** What the rate grows by with an answer that comes as soon as it should. */
const GROWTH = 1.03;
/** A server is busy with us half of the time at most, or is asked at no more than the first rate. */
const SHARE = 0.5;
/** How much the newest answer counts. */
const WEIGHT = 0.2;
/** Too many requests; unavailable. */
const BUSY: readonly number[] = [429, 503];
/** How far apart a budget that is nearly spent keeps requests, in ms. */
const FARTHEST_MS = 5_000;
/** How long a spent budget is waited for, in ms; after that, the server's own refusal says more. */
const LONGEST_WAIT_MS = 60_000;

/** Adapts the rate of requests to the server: it begins carefully, and speeds up or slows down as the answers allow. */
export class AdaptiveRate {
  #rate = FIRST_RATE;
  /** What is not tried again, once it was too much. */
  #ceiling = HIGHEST_RATE;
  /** How long answers take, in ms. */
  #usualMs: number | undefined;
  /** What the server's own budget demands. */
  #budgetMs = 0;

  /** Between two requests, in ms. */
  get distanceMs(): number {
    const unhurried = Math.max(FIRST_RATE, (1000 * SHARE) / (this.#usualMs ?? 0));
    return Math.max(1000 / Math.min(this.#rate, this.#ceiling, unhurried), this.#budgetMs);
  }

  /** `now` is in ms since 1970. */
  learn({ status, headers, ms }: PacedAnswer, now: number): void {
    this.#usualMs = this.#usualMs === undefined ? ms : this.#usualMs + WEIGHT * (ms - this.#usualMs);
    this.#budgetMs = budgetMs(headers, now);
    if (BUSY.includes(status)) {
      this.#ceiling = Math.max(LOWEST_RATE, this.#rate / 2);
      this.#rate = this.#ceiling;
      return;
    }
    this.#rate = Math.min(this.#ceiling, this.#rate * GROWTH);
  }
}

/** How far apart the rest of a budget keeps requests, by the headers that tell of one. */
function budgetMs(headers: HttpHeaders, now: number): number {
  const { remaining, resetMs } = budgetIn(headers, now);
  if (!(remaining >= 0) || !(resetMs > 0)) return 0;
  return remaining === 0 ? Math.min(resetMs, LONGEST_WAIT_MS) : Math.min(resetMs / remaining, FARTHEST_MS);
}

/** `RateLimit: "default";r=50;t=30`, as the Internet draft has it now, or a header for each, as it was before, with `X-` or without. */
function budgetIn(headers: HttpHeaders, now: number): { remaining: number; resetMs: number } {
  const textOf = (name: string): string => [headers[name] ?? ""].flat().join();
  const [, left] = /;\s*r=(\d+)/.exec(textOf("ratelimit")) ?? [];
  const [, seconds] = /;\s*t=(\d+)/.exec(textOf("ratelimit")) ?? [];
  if (left !== undefined && seconds !== undefined) return { remaining: Number(left), resetMs: Number(seconds) * 1000 };
  const first = (names: readonly string[]): number => Number.parseFloat(names.map(textOf).find((value) => value !== "") ?? "");
  const remaining = first(["ratelimit-remaining", "x-ratelimit-remaining"]);
  const reset = first(["ratelimit-reset", "x-ratelimit-reset"]);
  return { remaining, resetMs: reset > LONGEST_WINDOW_S ? reset * 1000 - now : reset * 1000 };
}

/** Some give a moment, in seconds since 1970. */
const LONGEST_WINDOW_S = 1_000_000_000;
