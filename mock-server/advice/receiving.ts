import { BAD_SIGNATURE } from "../../fixtures/resolve/fault-kinds";
import type { Attempt, Delivery } from "../world/delivery-log";
import type { Evidence, Kept } from "./advise";

const SLOW_MS = 10_000;

/** A receiver that takes what is not signed by its secret, so that anybody can send it anything. */
export function findAcceptedBadSignatures({ deliveries }: Kept): Evidence[] {
  return findAttempts(deliveries, ({ fault, status = 0 }, event) =>
    fault === BAD_SIGNATURE && status >= 200 && status < 300 ? `a badly signed ${event} was answered ${status}` : undefined,
  );
}

/** A receiver of webhooks that takes longer than the vendor asks for. */
export function findSlowReceivers({ deliveries }: Kept): Evidence[] {
  return findAttempts(deliveries, ({ ms, status, failure }, event) => {
    const took = `after ${(ms / 1000).toFixed(1)} s`;
    if (ms > SLOW_MS) return `${event} ${status === undefined ? "had no answer" : `was answered ${status}`} ${took}`;
    return failure === "receiver_too_slow" ? `${event} had no answer in time` : undefined; // V3 waits no longer
  });
}

/** The attempts of which there is something to say, by the time of each. */
function findAttempts(
  deliveries: readonly Delivery[],
  describe: (attempt: Attempt, event: string) => string | undefined,
): Evidence[] {
  const found: Evidence[] = [];
  for (const { id, eventType, attempts } of deliveries) {
    for (const attempt of attempts) {
      const what = describe(attempt, eventType);
      if (what !== undefined) found.push({ deliveries: [id], at: attempt.at, what });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
