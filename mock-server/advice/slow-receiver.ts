import type { AdviceRule } from "./advice-rule";

const SLOW_MS = 5000;

/** A receiver of webhooks that comes near the ten seconds that it has. */
export const slowReceiver: AdviceRule = {
  id: "slow-receiver",
  one: "webhook took its receiver more than 5 s",
  many: "webhooks took their receivers more than 5 s",
  remedy: "Answer 200 at once, and do the work after: what has no answer within 10 s has failed, and comes again.",
  find({ deliveries }) {
    return deliveries
      .flatMap(({ id, eventType, attempts }) =>
        attempts
          .filter(({ ms }) => ms > SLOW_MS)
          .map(({ at, ms, status }) => {
            const outcome = status === undefined ? "had no answer" : `was answered ${status}`;
            return { deliveries: [id], at, what: `${eventType} ${outcome} after ${(ms / 1000).toFixed(1)} s` };
          }),
      )
      .sort((a, b) => a.at - b.at);
  },
};
