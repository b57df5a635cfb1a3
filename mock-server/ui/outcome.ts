import type { Schemas } from "./api";
import { durationText } from "./wording";

const BEST_FIRST: readonly Schemas["Delivery"]["status"][] = ["delivered", "pending", "dropped", "failed"];

/** The last delivery to each subscriber: a redelivery takes the place of what had failed. The first first. */
export function lastToEach(sent: readonly Schemas["Delivery"][]): Schemas["Delivery"][] {
  return [...new Map(sent.map((delivery) => [delivery.subscription_id, delivery])).values()];
}

/** The deliveries of an event as they are looked through: what has failed first, then the newest. */
export function failedFirst(sent: readonly Schemas["Delivery"][]): Schemas["Delivery"][] {
  return sent.toReversed().sort((a, b) => Number(b.status === "failed") - Number(a.status === "failed"));
}

/** What became of an event: the worst of what its subscribers got, the newest of those. */
export function worstOf(sent: readonly Schemas["Delivery"][]): Schemas["Delivery"] | undefined {
  const rank = ({ status }: Schemas["Delivery"]): number => BEST_FIRST.indexOf(status);
  return lastToEach(sent)
    .sort((a, b) => rank(a) - rank(b) || a.id - b.id)
    .at(-1);
}

/** What became of an event, as its row says it: where all have got it, the one that took longest. */
function shownOf(sent: readonly Schemas["Delivery"][]): Schemas["Delivery"] | undefined {
  const worst = worstOf(sent);
  if (worst?.status !== "delivered") return worst;
  return lastToEach(sent).reduce((slowest, one) => (msOf(one) > msOf(slowest) ? one : slowest));
}

function msOf({ attempts }: Schemas["Delivery"]): number {
  return attempts.at(-1)?.ms ?? 0;
}

/** `1 of 2 failed: 500; 3 deliveries`: what became of all deliveries of an event, the worst first; `wordsOf` has the words for one. */
export function outcomeWords(sent: readonly Schemas["Delivery"][], wordsOf: (delivery: Schemas["Delivery"]) => string): string {
  const worst = shownOf(sent);
  if (!worst) return "";
  const last = lastToEach(sent);
  const alike = last.filter(({ status }) => status === worst.status).length;
  const share = alike < last.length ? `${alike} of ${last.length} ` : "";
  return `${share}${wordsOf(worst)}${sent.length > last.length ? `; ${sent.length} deliveries` : ""}`;
}

/** V3 waits no longer for an answer. */
const SLOW_MS = 10_000;

/** How a subscription takes its webhooks, as far as that is known. */
interface Taken {
  readonly isPaused?: boolean | undefined;
  /** How often each is tried at most. */
  readonly atMost?: number | undefined;
}

/** `delivered: 200 in 12 ms`, `waiting: attempt 2/6 in 4 s`: what became of a delivery, at a time of the mock's clock. */
export function deliveryOutcome(delivery: Schemas["Delivery"], now: number, { isPaused = false, atMost }: Taken = {}): string {
  const { status, attempts, next_attempt_at: next } = delivery;
  const last = attempts.at(-1);
  if (status === "dropped") return "dropped";
  if (status === "delivered") {
    const ms = msOf(delivery);
    return `delivered: ${last?.status} in ${Math.round(ms)} ms${ms > SLOW_MS ? ", slow: over 10 s" : ""}`;
  }
  if (status === "failed") return `failed: ${last?.error ?? last?.status ?? ""}`;
  const waitMs = next === null ? 0 : Date.parse(next) - now;
  if (waitMs > 0) return `waiting: attempt ${attempts.length + 1}${atMost ? `/${atMost}` : ""} in ${durationText(waitMs)}`;
  return isPaused ? "waiting: the subscription is paused" : answerAwaited(-waitMs);
}

/** What is under way has no outcome yet. */
export function answerAwaited(sinceMs: number): string {
  return `waiting for the answer${sinceMs < 1000 ? "" : `, ${durationText(sinceMs)}`}`;
}

/** How a rule went, and what is left of it. */
export function faultOutcome({ hits, matches, left, spent }: Schemas["ArmedFault"]): string {
  const times = ["0 times", "once", "twice"][hits] ?? `${hits} times`;
  const went =
    matches === 0 ? "has not acted yet" : `acted ${hits === matches || spent ? times : `${hits} of ${matches} times`}`;
  if (spent) return `${went}, spent`;
  return left === null ? went : `${went}, ${left} left`;
}
