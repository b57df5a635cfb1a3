import { distance } from "fastest-levenshtein";
import { MARK } from "../../contracts/suite/cleanup/created";
import type { RecordedAnswer } from "./read-recording";

/** A request, as it is looked up. */
export interface AskedRequest extends Pick<RecordedAnswer, "method" | "path" | "query" | "token" | "sent"> {}

/** What comes of a request. */
export interface FoundAnswer {
  readonly recorded: RecordedAnswer;
  /** Its body, with what the caller has for what is another in every run. */
  readonly body: Buffer;
}

type Spell = (request: AskedRequest) => string;

/** As it was sent, then with the query in any order. */
const SPELLINGS: readonly Spell[] = [
  (request) => keyOf(request, request.query),
  (request) => keyOf(request, sorted(request.query)),
];

/** Finds the answer that was recorded for a request. */
export class AnswerBook {
  readonly answers: readonly RecordedAnswer[];
  readonly #tokens: CallerTokens;
  readonly #standIns = new StandIns();
  readonly #series = new Map<string, Series>();
  readonly #given = new Set<RecordedAnswer>();

  constructor(answers: readonly RecordedAnswer[]) {
    this.answers = answers;
    this.#tokens = new CallerTokens(answers.map(({ token }) => token));
    for (const answer of answers) {
      const keys = SPELLINGS.map((spell) => spell(answer));
      for (const key of new Set([...keys, ...keys.map(withoutChanging)])) this.#seriesOf(key).add(answer);
    }
  }

  /** How many of the recorded answers were given at least once. */
  get given(): number {
    return this.#given.size;
  }

  /** As the recording would have it: with the token that the caller's stands for. */
  asRecorded(request: AskedRequest): AskedRequest {
    return { ...request, token: this.#tokens.recordedFor(request.token) };
  }

  find(asked: AskedRequest): FoundAnswer | undefined {
    const request = this.asRecorded(asked);
    const keys = SPELLINGS.map((spell) => spell(request));
    const recorded =
      this.#first(keys.map((key) => this.#standIns.asRecorded(key))) ?? this.#first(keys.map((key) => withoutChanging(key)));
    if (!recorded) return undefined;
    this.#given.add(recorded);
    const [spell] = SPELLINGS;
    if (spell) this.#standIns.learn(spell(recorded), spell(request));
    return { recorded, body: this.#bodyFor(recorded) };
  }

  #first(keys: readonly string[]): RecordedAnswer | undefined {
    for (const key of keys) {
      const found = this.#series.get(key)?.next(this.#given);
      if (found) return found;
    }
    return undefined;
  }

  #bodyFor({ body }: RecordedAnswer): Buffer {
    const text = body.toString("utf8");
    const called = this.#standIns.asCalled(text);
    return called === text ? body : Buffer.from(called);
  }

  #seriesOf(key: string): Series {
    const series = this.#series.get(key) ?? new Series();
    this.#series.set(key, series);
    return series;
  }
}

function keyOf({ method, path, token, sent }: AskedRequest, query: string): string {
  return [method, path, query, token ?? "", sent].join("\n");
}

/** The parameters of a query in the order of their names and values, however they are encoded. */
function sorted(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => JSON.stringify([name, value]))
    .sort()
    .join();
}

/** The recordings of one request, which are given in their order; after the last, the last again. */
class Series {
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
class StandIns {
  readonly #recorded = new Map<string, string>();
  readonly #callers = new Map<string, string>();

  /** A request with what the recording has for what the caller writes, as far as that is known. */
  asRecorded(key: string): string {
    return this.#recorded.size === 0 ? key : key.replace(CHANGING, (found) => this.#recorded.get(found) ?? found);
  }

  /** An answer with what the caller wrote for what the recording has. */
  asCalled(text: string): string {
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
export function nearestRecorded(request: AskedRequest, answers: readonly RecordedAnswer[]): string {
  const [first] = answers;
  if (!first) return "Nothing was recorded.";
  const compared = written(request).slice(0, LONGEST_COMPARED);
  const known = new Map<string, number>();
  const unlike = (answer: RecordedAnswer): number => {
    const key = written(answer);
    const words = known.get(key) ?? distance(compared, key.slice(0, LONGEST_COMPARED)) * 2;
    known.set(key, words);
    return words + Number(answer.token !== request.token) + Number(answer.sent !== request.sent);
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

function written({ method, path, query }: AskedRequest): string {
  return `${method} ${path}${query === "" ? "" : `?${query}`}`;
}

function differences(request: AskedRequest, nearest: RecordedAnswer): string {
  const body = nearest.sent === "" ? "without a body" : request.sent === "" ? "with a body" : "with another body";
  const token =
    nearest.token === undefined ? "without a token" : request.token === undefined ? "with a token" : "with another token";
  const found = [...(nearest.sent === request.sent ? [] : [body]), ...(nearest.token === request.token ? [] : [token])];
  return found.length === 0 ? "" : `, ${found.join(" and ")}`;
}
