import type { Kind } from "../../client/request-kinds";
import type { AssumptionId } from "../../generated/v2/operations";
import type { LawContext } from "../law";
import { Skip } from "../law-errors";
import type { RecordedExchange } from "../report";

/** A question that shows whether the server does what is assumed. It breaks no promise either way. */
export interface Probe {
  readonly kind: Kind;
  /** At most so many requests, those for what the sample reads left out. */
  readonly requests: number;
  /**
   * Returns what the server does, as the end of a sentence, when that is what is assumed.
   *
   * @throws Contradiction when it does something else, Skip when nothing can be said
   */
  probe(context: ProbeContext): Promise<Confirmation>;
}

/** What the server does; `inPart` where that is not all that is assumed, or nothing was seen to the contrary. */
export type Confirmation = string | { readonly inPart: string };

/** What a probe may use. */
export interface ProbeContext extends LawContext {
  /** Takes whatever comes of a request; it is not made when it was made before. */
  ask(method: string, path: string, body?: unknown): Promise<RecordedExchange>;
  /** What comes of something that several probes look at; it is done once. */
  once<T>(work: (context: ProbeContext) => Promise<T>): Promise<T>;
}

/** Where the outcome of an assumption comes from. */
export type AssumptionTest =
  | Probe
  /** What the answers show that the run has seen. It returns and throws what a probe does. */
  | { readonly kind: "answers"; conclude(seen: readonly RecordedExchange[]): Confirmation }
  | JudgedByLaws
  | { readonly kind: "not-tried"; readonly reason: string };

/** The laws that rest on it, or cross it. */
export interface JudgedByLaws {
  readonly kind: "laws";
  readonly laws: readonly number[];
  /** Whether only single steps of them are about it, so that one that fails has failed at something else. */
  readonly inSteps?: true;
}

export function isProbe(test: AssumptionTest): test is Probe {
  return test.kind !== "answers" && test.kind !== "laws" && test.kind !== "not-tried";
}

/** What each assumption of a group is judged by. Of several tests, one that contradicts outweighs the others. */
export type Group = Readonly<Partial<Record<AssumptionId, AssumptionTest | readonly AssumptionTest[]>>>;

type Question = readonly [method: string, path: string, body?: unknown];

/** By what is asked, for people: `a find without a line`. */
type Questions = Readonly<Record<string, Question | ((context: ProbeContext) => Question | Promise<Question>)>>;

/** A probe of requests that are all assumed to be answered with one status. `inspect` looks closer at an answer that has it. */
export function statusProbe(
  kind: Kind,
  status: number,
  questions: Questions,
  inspect?: (exchange: RecordedExchange, subject: string) => void,
): Probe {
  const subjects = Object.keys(questions);
  return {
    kind,
    requests: subjects.length,
    probe: async (context) => {
      for (const [subject, question] of Object.entries(questions)) {
        const asked = typeof question === "function" ? await question(context) : question;
        const exchange = await context.ask(...asked);
        requireStatus(exchange, status, subject);
        inspect?.(exchange, subject);
      }
      return `${subjects.join(" and ")} ${subjects.length === 1 ? "answers" : "answer"} ${status}`;
    },
  };
}

/** Answers that say nothing of the request: a token that has expired, a limit, a gateway that is alone. */
const SAY_NOTHING = [401, 429, 502, 503, 504];

/** The body of an answer with this status; its shape is checked separately. @throws what `requireStatus` throws */
export function requireBody<T>(exchange: RecordedExchange, expected: number, subject: string): T {
  requireStatus(exchange, expected, subject);
  return exchange.response.body as T;
}

/** The `data` of such a body. */
export function requireData<T>(exchange: RecordedExchange, expected: number, subject: string): T {
  return requireBody<{ data: T }>(exchange, expected, subject).data;
}

/**
 * @param subject what was asked, for people: `a find without a line`
 * @throws Contradiction when an answer has another status, Skip when it says nothing
 */
export function requireStatus(exchange: RecordedExchange, expected: number, subject: string): void {
  const { status, body } = exchange.response;
  if (SAY_NOTHING.includes(status)) throw new Skip(`${subject} was answered with ${status}`);
  if (body !== undefined && (typeof body !== "object" || body === null)) {
    throw new Skip(`the answer to ${subject} is no JSON object`);
  }
  if (status !== expected) throw new Contradiction(`${subject} answers ${status} instead of ${expected}`, exchange);
}

/** The server does something else than what is assumed: `a find without a line answers 404 instead of 400`. */
export class Contradiction extends Error {
  override readonly name = "Contradiction";
  /** The answer that shows it, where it is not the last one. */
  readonly exchange: RecordedExchange | undefined;

  constructor(message: string, exchange?: RecordedExchange) {
    super(message);
    this.exchange = exchange;
  }
}

/** What a list of chats or messages holds. @throws Skip when it is no list, which is reported separately */
export function listIn<T>({ operation, response }: RecordedExchange): readonly T[] {
  const { data } = response.body as { data?: unknown };
  if (Array.isArray(data)) return data as readonly T[];
  throw new Skip(`${operation} answered without a list`);
}
