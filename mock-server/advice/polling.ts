import { pathOf } from "../control/requests";
import type { JournalEntry } from "../world/journal";
import type { AdviceRule, Evidence } from "./advice-rule";
import { callerOf } from "./caller-of";

const SHORTEST_RUN = 5;
const LONGEST_GAP_MS = 2000;
const READING = ["GET", "HEAD", "OPTIONS"];

interface Run {
  readonly entries: JournalEntry[];
  /** How many of its answers were as the one before. */
  unchanged: number;
}

/** The same question again and again, more often than every two seconds, though most answers are as before. What follows on a change of one's own is no polling. */
export const polling: AdviceRule = {
  id: "polling",
  one: "question was asked again and again",
  many: "questions were asked again and again",
  remedy:
    "Subscribe to webhooks (POST /webhook_subscriptions), and read when an event says that there is something new. No event tells of some things, a delivery_status among them (A-event-none): ask for those every 2 s at most.",
  find({ requests }) {
    const runs: Run[] = [];
    let current = new Map<string, Run>();
    for (const entry of requests) {
      if (!READING.includes(entry.method)) current = new Map();
      if (entry.method !== "GET" || isRetried(entry)) continue;
      const question = `${callerOf(entry)} ${entry.url}`;
      const run = current.get(question);
      const last = run?.entries.at(-1);
      if (run && last && entry.at >= last.at && entry.at - last.at < LONGEST_GAP_MS) {
        if (last.answer === entry.answer) run.unchanged += 1;
        run.entries.push(entry);
      } else {
        const begun = { entries: [entry], unchanged: 0 };
        runs.push(begun);
        current.set(question, begun);
      }
    }
    return runs
      .filter(isPolling)
      .map(evidenceOf)
      .sort((a, b) => a.at - b.at);
  },
};

/** Who asks again because an answer failed does not poll. */
function isRetried({ status, fault }: JournalEntry): boolean {
  return status >= 500 || status === 429 || fault !== undefined;
}

function isPolling({ entries, unchanged }: Run): boolean {
  return entries.length >= SHORTEST_RUN && unchanged * 2 >= entries.length - 1;
}

function evidenceOf({ entries, unchanged }: Run): Evidence {
  const [first, last] = [entries[0] as JournalEntry, entries.at(-1) as JournalEntry];
  return {
    requests: entries.slice(-SHORTEST_RUN).map(({ requestId }) => requestId),
    at: last.at,
    what: `GET ${pathOf(last)} was asked ${entries.length} times in ${(last.at - first.at) / 1000} s; ${unchanged} answers were as the one before`,
  };
}
