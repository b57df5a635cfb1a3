import { pathOf } from "../control/requests";
import type { JournalEntry } from "../world/journal";
import type { AdviceRule, Evidence } from "./advice-rule";
import { isForced } from "./is-forced";
import { sentMessage } from "./sent-message";

const WINDOW_MS = 30_000;

/** The same text to the same people again, without a key by which the server could tell that it is the same message. */
export const messageRepeated: AdviceRule = {
  id: "message-repeated",
  one: "message was sent again without an idempotency key",
  many: "messages were sent again without an idempotency key",
  remedy:
    "Give every message an idempotency_key of its own, and the same one when you send it again: if it has arrived already, it is not sent twice.",
  find({ requests }) {
    const found: Evidence[] = [];
    const earlier = new Map<string, JournalEntry>();
    for (const entry of requests) {
      const sent = sentMessage(entry);
      if (!sent) continue;
      const before = earlier.get(sent.sameness);
      if (before && !sent.hasKey && isWithin(before, entry)) found.push(evidenceOf(before, entry));
      if (mayHaveBeenSent(entry)) earlier.set(sent.sameness, entry);
    }
    return found;
  },
};

function isWithin(before: JournalEntry, { at }: JournalEntry): boolean {
  return at >= before.at && at - before.at <= WINDOW_MS;
}

/** A refusal says that nothing was sent. All else leaves it open, or says that it was; unless that was only wished for. */
function mayHaveBeenSent(entry: JournalEntry): boolean {
  const { status, fault } = entry;
  if (status >= 500 || status === 429 || status === 408 || fault !== undefined) return true;
  return status < 400 && !isForced(entry);
}

function evidenceOf(before: JournalEntry, entry: JournalEntry): Evidence {
  const { requestId, at, operation, method } = entry;
  const accepted = `was accepted (${before.status})${before.isLost ? ", and whose answer never arrived" : ""}`;
  const outcome = before.status < 400 ? accepted : `got ${before.status}`;
  const seconds = (at - before.at) / 1000;
  const what = `${method} ${pathOf(entry)} sends what ${before.requestId} sent ${seconds} s before, which ${outcome}`;
  return { requests: [before.requestId, requestId], at, what, ...(operation !== undefined && { operation }) };
}
