import { CallerTokens } from "./caller-tokens";
import type { RecordedAnswer } from "./recorded-answer";
import { Series } from "./series";
import { StandIns, withoutChanging } from "./stand-ins";

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
