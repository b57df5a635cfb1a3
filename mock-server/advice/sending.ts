import { bodyJson, type JournalEntry, pathOf } from "../world/journal";
import { type Evidence, isForced, type Kept, TIMER_JITTER_MS } from "./advise";

const WINDOW_MS = 30_000;

/** Repeated messages: the same text to the same people again, without a key by which the server could tell that it is the same message. */
export function findRepeatedMessages({ requests, callsOf }: Kept): Evidence[] {
  const found: Evidence[] = [];
  const earlier = new Map<string, JournalEntry>();
  for (const entry of requests) {
    const sent = callsOf(entry).sentMessage(entry);
    if (!sent) continue;
    const before = earlier.get(sent.sameness);
    if (before && !sent.hasKey && isWithin(before, entry)) found.push(repetition(before, entry));
    if (mayHaveBeenSent(entry)) earlier.set(sent.sameness, entry);
  }
  return found;
}

function isWithin(before: JournalEntry, { at }: JournalEntry): boolean {
  return at >= before.at && at - before.at <= WINDOW_MS;
}

/** A refusal says that nothing was sent. All else leaves it open, or says that it was; unless that answer was forced. */
function mayHaveBeenSent(entry: JournalEntry): boolean {
  const { status, fault } = entry;
  if (status >= 500 || status === 408) return true;
  if (fault !== undefined && !REFUSING_FAULTS.includes(fault)) return true;
  return status < 400 && !isForced(entry);
}

const REFUSING_FAULTS = ["status", "rate-limit", "expired-token"];

function repetition(before: JournalEntry, entry: JournalEntry): Evidence {
  const { requestId, at, operation, method } = entry;
  const accepted = `was accepted (${before.status})${before.isLost ? ", and whose answer never arrived" : ""}`;
  const outcome = before.status < 400 ? accepted : `got ${before.status}`;
  const seconds = (at - before.at) / 1000;
  const what = `${method} ${pathOf(entry)} sends what ${before.requestId} sent ${seconds} s before, which ${outcome}`;
  return { requests: [before.requestId, requestId], at, what, ...(operation !== undefined && { operation }) };
}

/** A call of another connection that comes sooner, and asks something else, may have been sent before the refusal had arrived; in real ms. */
const ON_ITS_WAY_MS = 10;

/** A call that was told to wait, and did not. */
export function findHastyCalls({ requests, callsOf }: Kept): Evidence[] {
  const found: Evidence[] = [];
  const refusals = new Map<string, JournalEntry[]>();
  for (const entry of requests) {
    if (entry.operation === undefined) continue;
    const limit = `${entry.operation} ${callsOf(entry).caller(entry)}`;
    const standing = (refusals.get(limit) ?? []).filter((refusal) => isTooEarly(refusal, entry));
    const refusal = standing.findLast((known) => hadArrived(known, entry));
    if (refusal) found.push(haste(refusal, entry));
    refusals.set(limit, entry.retryAfter === undefined ? standing : [...standing, entry]);
  }
  return found;
}

/** By the sandbox's clock and by the real one, which goes on where that of the sandbox stands still. */
function isTooEarly({ at, startedAt, ms, retryAfter = 0 }: JournalEntry, call: JournalEntry): boolean {
  const waitMs = retryAfter * 1000 - TIMER_JITTER_MS;
  const waitedMs = call.startedAt - startedAt - ms;
  return call.at >= at && call.at - at < waitMs && waitedMs < waitMs;
}

/** Whether a refusal had reached its caller when a later call was sent. Clients that ask several things at once do nothing wrong. */
function hadArrived(refusal: JournalEntry, call: JournalEntry): boolean {
  const sinceMs = call.startedAt - (refusal.startedAt + refusal.ms);
  if (sinceMs < 0 || sinceMs >= ON_ITS_WAY_MS) return sinceMs >= 0;
  const isSameConnection = refusal.connection !== undefined && refusal.connection === call.connection;
  return isSameConnection || isSameRequest(refusal, call);
}

function haste(refusal: JournalEntry, { requestId, operation, at }: JournalEntry): Evidence {
  const waited = (at - refusal.at) / 1000;
  const what = `${operation} was asked again ${waited} s after a ${refusal.status} that said to wait ${refusal.retryAfter} s`;
  return { requests: [refusal.requestId, requestId], at, what };
}

/** Whether two requests ask the same, word for word. */
function isSameRequest(one: JournalEntry, other: JournalEntry): boolean {
  if (one.method !== other.method || one.url !== other.url || one.bodyBytes !== other.bodyBytes) return false;
  return bodyJson(one.body) === bodyJson(other.body);
}
