import type { JournalEntry } from "../world/journal";
import type { AdviceRule, Evidence } from "./advice-rule";
import { callerOf } from "./caller-of";
import { isSameRequest } from "./is-same-request";

/** A call of another connection that comes sooner, and asks something else, may have been sent before the refusal had arrived; in real ms. */
const ON_ITS_WAY_MS = 10;

/** A call that was told to wait, and did not. */
export const retryAfterIgnored: AdviceRule = {
  id: "retry-after-ignored",
  one: "call came before the time in Retry-After was over",
  many: "calls came before the time in Retry-After was over",
  remedy: "After a 429, wait as many seconds as Retry-After says before you ask again.",
  find({ requests }) {
    const found: Evidence[] = [];
    const refusals = new Map<string, JournalEntry[]>();
    for (const entry of requests) {
      if (entry.operation === undefined) continue;
      const limit = `${entry.operation} ${callerOf(entry)}`;
      const standing = (refusals.get(limit) ?? []).filter((refusal) => isTooEarly(refusal, entry.at));
      const refusal = standing.findLast((known) => hadArrived(known, entry));
      if (refusal) found.push(evidenceOf(refusal, entry));
      refusals.set(limit, entry.retryAfter === undefined ? standing : [...standing, entry]);
    }
    return found;
  },
};

function isTooEarly({ at, retryAfter = 0 }: JournalEntry, now: number): boolean {
  return now >= at && now < at + retryAfter * 1000;
}

/** Whether a refusal had reached its caller when a later call was sent. Clients that ask several things at once do nothing wrong. */
function hadArrived(refusal: JournalEntry, call: JournalEntry): boolean {
  const sinceMs = call.startedAt - (refusal.startedAt + refusal.ms);
  if (sinceMs < 0 || sinceMs >= ON_ITS_WAY_MS) return sinceMs >= 0;
  const isSameConnection = refusal.connection !== undefined && refusal.connection === call.connection;
  return isSameConnection || isSameRequest(refusal, call);
}

function evidenceOf(refusal: JournalEntry, { requestId, operation, at }: JournalEntry): Evidence {
  const waited = (at - refusal.at) / 1000;
  const what = `${operation} was asked again ${waited} s after a ${refusal.status} that said to wait ${refusal.retryAfter} s`;
  return { requests: [refusal.requestId, requestId], at, what };
}
