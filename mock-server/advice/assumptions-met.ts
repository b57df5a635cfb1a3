import type { AdviceRule } from "./advice-rule";
import { isForced } from "./is-forced";

/** Answers that would be others if nobody had assumed what the vendor does not document. */
export const assumptionsMet: AdviceRule = {
  id: "assumptions-met",
  one: "answer rests on assumptions",
  many: "answers rest on assumptions",
  remedy:
    "docs/assumptions.md says what each is. Before you rely on one, ask the real API: linq-mock contract --target https://api.linqapp.com.",
  find({ requests }) {
    return requests
      .filter((entry) => entry.assumptions.length > 0 && entry.fault === undefined && !isForced(entry))
      .map(({ requestId, at, operation, method, assumptions, status }) => ({
        requests: [requestId],
        at,
        what: `${operation ?? method} answered ${status} by ${assumptions.join(", ")}`,
        assumptions,
        operation: operation ?? "none",
      }));
  },
};
