import type { JournalReader, ListRead } from "../server/journal-reader";
import type { Delivery } from "../world/delivery-log";
import { type JournalEntry, pathOf } from "../world/journal";
import { type Evidence, isForced, type Kept, TIMER_JITTER_MS } from "./advise";

const SHOWN_READS = 5;

/** A list of several pages of which only the first was ever read. Whoever reads the newest messages, or those since a moment, is done with one. */
export function findUnreadPages(kept: Kept): Evidence[] {
  const firsts = new Map<string, { read: ListRead; entries: JournalEntry[] }>();
  const readOn = new Set<string>();
  for (const entry of kept.requests) {
    const read = listRead(kept, entry);
    if (!read || read.order === "newest") continue;
    if (read.page > 1 || read.order === "window") readOn.add(read.list);
    else if (read.pages > 1) {
      const first = firsts.get(read.list) ?? { read, entries: [] };
      first.entries.push(entry);
      firsts.set(read.list, first);
    }
  }
  return [...firsts]
    .filter(([list]) => !readOn.has(list) && (kept.firstPages.get(list) ?? 0) >= 0) // more is remembered of lists than of requests
    .map(([, { read, entries }]) => unreadPages(read, entries))
    .sort((a, b) => a.at - b.at);
}

function unreadPages({ list, pages }: ListRead, entries: readonly JournalEntry[]): Evidence {
  const times = entries.length === 1 ? "once" : `${entries.length} times`;
  return {
    requests: entries.slice(-SHOWN_READS).map(({ requestId }) => requestId),
    at: entries.at(-1)?.at ?? 0,
    what: `of the ${pages} pages of the ${list}, the first was read ${times}, and no other`,
  };
}

/** Undefined for a request that asks for no list, and when the answer was forced or faulty. */
function listRead({ callsOf }: Kept, entry: JournalEntry): ListRead | undefined {
  if (entry.method !== "GET" || entry.status !== 200 || entry.fault !== undefined || isForced(entry)) return undefined;
  return callsOf(entry).listRead(entry);
}

const SHORTEST_RUN = 5;
/** Timers of 2 s are not exact, and such reads are what is recommended. */
const LONGEST_GAP_MS = 2000 - TIMER_JITTER_MS;
const READING = ["GET", "HEAD", "OPTIONS"];

interface Run {
  readonly entries: JournalEntry[];
  /** How many of its answers were as the one before. */
  unchanged: number;
  /** How many webhooks had been received when it began, or were none of its business since. */
  heard: number;
}

/** Polling: the same question again and again, more often than every two seconds, though most answers are as before. What follows on a change of one's own, or on a webhook, is no polling. */
export function findPolling({ requests, deliveries, deliveriesEvicted, callsOf }: Kept): Evidence[] {
  const received = deliveries.filter(hasArrived).sort((a, b) => receivedAt(a) - receivedAt(b));
  const knownFrom = deliveriesEvicted === 0 ? Number.NEGATIVE_INFINITY : (deliveries[0]?.createdAt ?? Number.POSITIVE_INFINITY);
  const runs: Run[] = [];
  let current = new Map<string, Run>();
  for (const entry of requests) {
    if (!READING.includes(entry.method)) current = new Map();
    if (entry.method !== "GET" || isRetried(entry) || entry.at < knownFrom) continue;
    const question = `${callsOf(entry).caller(entry)} ${entry.url}`;
    const run = current.get(question);
    const last = run?.entries.at(-1);
    const isSoon = run && last && entry.at >= last.at && entry.at - last.at < LONGEST_GAP_MS;
    if (isSoon && !hasNews(run, received, entry, callsOf(entry))) {
      if (last.answer === entry.answer) run.unchanged += 1;
      run.entries.push(entry);
    } else {
      const begun = { entries: [entry], unchanged: 0, heard: received.filter((one) => receivedAt(one) <= entry.at).length };
      runs.push(begun);
      current.set(question, begun);
    }
  }
  return runs
    .filter(isPolling)
    .map(pollingEvidence)
    .sort((a, b) => a.at - b.at);
}

/** Whether a webhook that may be why it is asked has been received since the run began. */
function hasNews(run: Run, received: readonly Delivery[], entry: JournalEntry, calls: JournalReader): boolean {
  for (let next = received[run.heard]; next && receivedAt(next) <= entry.at; next = received[run.heard]) {
    if (calls.isPromptedBy(entry, next)) return true;
    run.heard += 1;
  }
  return false;
}

/** Whether its receiver has read it, whatever the answer was, or may be reading it. */
function hasArrived({ status, attempts }: Delivery): boolean {
  return status === "pending" || attempts.some((attempt) => attempt.status !== undefined);
}

function receivedAt({ attempts, createdAt }: Delivery): number {
  return attempts.at(-1)?.at ?? createdAt;
}

/** Who asks again because an answer failed does not poll. */
function isRetried({ status, fault }: JournalEntry): boolean {
  return status >= 500 || status === 429 || fault !== undefined;
}

function isPolling({ entries, unchanged }: Run): boolean {
  return entries.length >= SHORTEST_RUN && unchanged * 2 >= entries.length - 1;
}

function pollingEvidence({ entries, unchanged }: Run): Evidence {
  const [first, last] = [entries[0] as JournalEntry, entries.at(-1) as JournalEntry];
  return {
    requests: entries.slice(-SHORTEST_RUN).map(({ requestId }) => requestId),
    at: last.at,
    what: `GET ${pathOf(last)} was asked ${entries.length} times in ${(last.at - first.at) / 1000} s; ${unchanged} answers were as the one before`,
  };
}

/** Where a bare plus cannot stand for a space: before a number, in an e-mail address, before a moment's offset. */
const LOST_PLUS = [/^\+\d/, /\+.*(@|%40)/i, /^\d{4}-\d\d-\d\dT.*\+\d\d/i];

/** A plus in a query that arrives as a space. */
export function findLostPluses({ requests }: Kept): Evidence[] {
  return requests.flatMap((entry) => {
    const names = entry.operation === undefined ? [] : namesOfLost(entry);
    if (names.length === 0) return [];
    const what = `${entry.method} ${pathOf(entry)} has a bare plus in ${names.join(" and ")}`;
    return [{ requests: [entry.requestId], at: entry.at, what }];
  });
}

function namesOfLost({ url }: JournalEntry): string[] {
  const names = new Set<string>();
  for (const pair of (url.split("?")[1] ?? "").split("&")) {
    const [name = "", value = ""] = pair.split("=");
    if (LOST_PLUS.some((lost) => lost.test(value))) names.add(name.replaceAll(/%5b/gi, "[").replaceAll(/%5d/gi, "]"));
  }
  return [...names];
}
