import { distance } from "fastest-levenshtein";
import { writtenPath } from "../../contracts/contract-version";
import { MARK } from "../../contracts/suite/cleanup/created";
import { amount } from "../server/printable-text";
import type { RecordedAnswer, RecordedCall } from "./read-recording";

/** What comes of a request. */
export interface FoundAnswer {
  readonly recorded: RecordedAnswer;
  /** Its body, with what the caller has for what is another in every run. */
  readonly body: Buffer;
}

const MOST_SHOWN = 10;

/** Finds the answer that was recorded for a request, and knows what was asked for and what was not. */
export class AnswerTable {
  readonly answers: readonly RecordedAnswer[];
  readonly #tokens: CallerTokens;
  readonly #substitutions = new Substitutions();
  readonly #queues = new Map<string, AnswerQueue>();
  readonly #given = new Set<RecordedAnswer>();
  /** How often each request came that was not recorded, by its method and path: its query may name people. */
  readonly #unrecorded = new Map<string, number>();
  #answered = 0;

  constructor(answers: readonly RecordedAnswer[]) {
    this.answers = answers;
    this.#tokens = new CallerTokens(answers.map(({ token }) => token));
    for (const answer of answers) {
      const keys = keysOf(answer);
      for (const key of new Set([...keys, ...keys.map(withoutChanging)])) {
        const queue = this.#queues.get(key) ?? new AnswerQueue();
        this.#queues.set(key, queue);
        queue.add(answer);
      }
    }
  }

  /** How many of the recorded answers were given at least once. */
  get given(): number {
    return this.#given.size;
  }

  find(request: RecordedCall): FoundAnswer | undefined {
    const keys = keysOf(this.#asRecorded(request));
    const recorded =
      this.#first(keys.map((key) => this.#substitutions.asRecorded(key))) ?? this.#first(keys.map(withoutChanging));
    if (!recorded) return undefined;
    this.#answered += 1;
    this.#given.add(recorded);
    this.#substitutions.learn(keysOf(recorded)[0], keys[0]);
    const text = recorded.body.toString("utf8");
    const substituted = this.#substitutions.forCaller(text);
    return { recorded, body: substituted === text ? recorded.body : Buffer.from(substituted) };
  }

  /** Notes a request that was not recorded, by its method and path. */
  noteUnrecorded(request: string): void {
    this.#unrecorded.set(request, (this.#unrecorded.get(request) ?? 0) + 1);
  }

  /** What was recorded that is the most like a request, and in what it differs, for people. */
  nearest(request: RecordedCall): string {
    return nearestRecorded(this.#asRecorded(request), this.answers);
  }

  /** What to say in the end. */
  summary(): string {
    const unrecorded = [...this.#unrecorded].map(([request, times]) => `  ${request}${times > 1 ? ` (${times} times)` : ""}`);
    const { given, answers } = this;
    const lines = [
      `Answered ${amount(this.#answered, "request")} from ${given} of ${amount(answers.length, "recorded call")}; ${answers.length - given} not asked for.`,
      ...(unrecorded.length > 0 ? ["Asked, and not recorded:", ...unrecorded.slice(0, MOST_SHOWN)] : []),
      ...(unrecorded.length > MOST_SHOWN ? [`  and ${unrecorded.length - MOST_SHOWN} more`] : []),
    ];
    return `${lines.join("\n")}\n`;
  }

  /** As the recording would have it: with the token that the caller's stands for. */
  #asRecorded(request: RecordedCall): RecordedCall {
    return { ...request, token: this.#tokens.recordedFor(request.token) };
  }

  #first(keys: readonly string[]): RecordedAnswer | undefined {
    for (const key of keys) {
      const found = this.#queues.get(key)?.next(this.#given);
      if (found) return found;
    }
    return undefined;
  }
}

/** A request as it was sent, then with the query in any order. */
function keysOf({ contract, method, path, query, token, bodyKey }: RecordedCall): [asSent: string, sorted: string] {
  const key = (queryKey: string) => [contract.name, method, path, queryKey, token ?? "", bodyKey].join("\n");
  return [key(query), key(sorted(query))];
}

/** The parameters of a query in the order of their names and values, however they are encoded. */
function sorted(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => JSON.stringify([name, value]))
    .sort()
    .join();
}

/** The recordings of one request, which are given in their order; after the last, the last again. */
class AnswerQueue {
  readonly #answers: RecordedAnswer[] = [];
  #next = 0;

  add(answer: RecordedAnswer): void {
    this.#answers.push(answer);
  }

  /** The first that was not given yet, be it here or to a request that was like this one. */
  next(given: ReadonlySet<RecordedAnswer>): RecordedAnswer | undefined {
    for (; this.#next < this.#answers.length - 1; this.#next += 1) {
      const answer = this.#answers[this.#next];
      if (answer && !given.has(answer)) return answer;
    }
    return this.#answers.at(-1);
  }
}

/** Which of the recorded tokens a caller's stands for. */
class CallerTokens {
  /** In the order in which they were recorded. */
  readonly #recorded: readonly string[];
  /** In the order in which they came; those that are recorded as they are left out. */
  readonly #callers: string[] = [];

  constructor(recorded: Iterable<string | undefined>) {
    this.#recorded = [...new Set(recorded)].filter((token) => token !== undefined);
  }

  /**
   * The first that comes stands for the first that was recorded, the second for the second. Where there was one, any is it, and where
   * there was none, none is missed. Undefined for none; for one more than were recorded, a name that no recorded one has.
   */
  recordedFor(token: string | undefined): string | undefined {
    const [only, ...others] = this.#recorded;
    if (only === undefined || token === undefined || token.trim() === "") return undefined;
    if (others.length === 0 || this.#recorded.includes(token)) return others.length === 0 ? only : token;
    if (!this.#callers.includes(token)) this.#callers.push(token);
    const place = this.#callers.indexOf(token);
    return this.#recorded[place] ?? `unrecorded ${place}`;
  }
}

/** What is another in every run: what a contract run makes up, UUIDs, and the ports of this machine. */
const CHANGING = new RegExp(
  String.raw`${MARK}-[a-z]{10}(?:-[a-z]+)*(?![a-z])|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?<=//(?:127\.0\.0\.1|localhost|\[::1\])):\d{1,5}(?!\d)`,
  "gi",
);
const ANY = "\u0000";

/** Knows what a caller writes where the recording has something else that is another in every run. */
class Substitutions {
  readonly #recorded = new Map<string, string>();
  readonly #callers = new Map<string, string>();

  /** A request with what the recording has for what the caller writes, as far as that is known. */
  asRecorded(key: string): string {
    return this.#recorded.size === 0 ? key : key.replace(CHANGING, (found) => this.#recorded.get(found) ?? found);
  }

  /** An answer with what the caller wrote for what the recording has. */
  forCaller(text: string): string {
    return this.#callers.size === 0 ? text : text.replace(CHANGING, (found) => this.#callers.get(found) ?? found);
  }

  /** Learns from two requests that are the same but for what changes. */
  learn(recordedKey: string, callersKey: string): void {
    const callers = callersKey.match(CHANGING) ?? [];
    for (const [i, recorded] of (recordedKey.match(CHANGING) ?? []).entries()) {
      const caller = callers[i];
      if (caller === undefined) continue;
      this.#recorded.set(caller, recorded);
      this.#callers.set(recorded, caller);
    }
  }
}

/** A request with whatever is another in every run left out. */
function withoutChanging(key: string): string {
  return key.replace(CHANGING, ANY);
}

const LONGEST_COMPARED = 300;

/** What was recorded that is the most like a request, and in what it differs, for people. The request is as the recording has it. */
function nearestRecorded(request: RecordedCall, answers: readonly RecordedAnswer[]): string {
  const [first] = answers;
  if (!first) return "Nothing was recorded.";
  const compared = written(request).slice(0, LONGEST_COMPARED);
  const known = new Map<string, number>();
  const unlike = (answer: RecordedAnswer): number => {
    const key = written(answer);
    const words = known.get(key) ?? distance(compared, key.slice(0, LONGEST_COMPARED)) * 2;
    known.set(key, words);
    return words + Number(answer.token !== request.token) + Number(answer.bodyKey !== request.bodyKey);
  };
  const nearest = answers.reduce(
    (best, answer) => {
      const by = unlike(answer);
      return by < best.by ? { answer, by } : best;
    },
    { answer: first, by: Number.POSITIVE_INFINITY },
  ).answer;
  return `The nearest recorded: ${written(nearest)}${differences(request, nearest)}.`;
}

function written({ contract, method, path, query }: RecordedCall): string {
  return `${method} ${writtenPath(contract, path)}${query === "" ? "" : `?${query}`}`;
}

function differences(request: RecordedCall, nearest: RecordedAnswer): string {
  const body = nearest.bodyKey === "" ? "without a body" : request.bodyKey === "" ? "with a body" : "with another body";
  const token =
    nearest.token === undefined ? "without a token" : request.token === undefined ? "with a token" : "with another token";
  const found = [...(nearest.bodyKey === request.bodyKey ? [] : [body]), ...(nearest.token === request.token ? [] : [token])];
  return found.length === 0 ? "" : `, ${found.join(" and ")}`;
}
