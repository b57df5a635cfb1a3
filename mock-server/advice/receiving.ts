import { BAD_SIGNATURE } from "../../fixtures/resolve/fault-kinds";
import { receiverAddress } from "../webhooks/why-no-webhook";
import type { Attempt, Delivery } from "../world/delivery-log";
import { type Evidence, type Kept, TIMER_JITTER_MS } from "./advise";

const SLOW_MS = 10_000;
/** So many failed in a row, and none before, are no accident. */
const MANY_FAILED = 3;

/** A receiver that takes what is not signed by its secret, so that anybody can send it anything. */
export function findAcceptedBadSignatures({ deliveries }: Kept): Evidence[] {
  return findAttempts(deliveries, ({ fault, status = 0 }, event) =>
    fault === BAD_SIGNATURE && status >= 200 && status < 300 ? `a badly signed ${event} was answered ${status}` : undefined,
  );
}

/** A receiver of webhooks that takes longer than the vendor asks for, by the machine's clock: the sandbox's may have been advanced meanwhile. */
export function findSlowReceivers({ deliveries }: Kept): Evidence[] {
  return findAttempts(deliveries, (attempt, event) => {
    if (!isSlow(attempt)) return undefined;
    const { ms, status } = attempt;
    if (ms <= SLOW_MS) return `${event} had no answer in time`; // V3 waits no longer
    return `${event} ${status === undefined ? "had no answer" : `was answered ${status}`} after ${(ms / 1000).toFixed(1)} s`;
  });
}

function isSlow({ ms, failure }: Attempt): boolean {
  return ms > SLOW_MS || (failure === "receiver_too_slow" && ms > SLOW_MS - TIMER_JITTER_MS);
}

/** A receiver that has taken none of what was sent to it. */
export function findFailingReceivers({ deliveries }: Kept): Evidence[] {
  const ended = deliveries.filter(({ status }) => status === "delivered" || status === "failed");
  return [...new Set(ended.map(({ url }) => url))].flatMap((url) => {
    const sent = ended.filter((delivery) => delivery.url === url);
    const last = sent.at(-1);
    const attempt = last?.attempts.at(-1);
    if (!last || !attempt || sent.length < MANY_FAILED || sent.some(({ status }) => status === "delivered")) return [];
    if (attempt.failure === "receiver_too_slow" && !isSlow(attempt)) return []; // the clock was advanced
    const what = `${sent.length} webhooks to ${receiverAddress(url)} failed; ${last.eventType}: ${attempt.error}`;
    return [{ deliveries: sent.slice(-MANY_FAILED).map(({ id }) => id), at: attempt.at, what }];
  });
}

/** The deliveries of which there is something to say, by the time of their last attempt of that kind. */
function findAttempts(
  deliveries: readonly Delivery[],
  describe: (attempt: Attempt, event: string) => string | undefined,
): Evidence[] {
  const found: Evidence[] = [];
  for (const { id, eventType, attempts } of deliveries) {
    const attempt = attempts.findLast((one) => describe(one, eventType) !== undefined);
    if (attempt) found.push({ deliveries: [id], at: attempt.at, what: describe(attempt, eventType) ?? "" });
  }
  return found.sort((a, b) => a.at - b.at);
}
