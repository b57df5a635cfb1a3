import type { AssumptionId, OperationId } from "../../../contracts/generated/v2/operations";
import type { Failure } from "../errors";
import documentedAnswers from "./generated/documented-answers";
import { impossible } from "./impossible-wish";
import type { Wish } from "./wish";

/** One of the documented answers to an operation. */
export interface ChosenAnswer {
  readonly status: number;
  readonly assumptions: readonly AssumptionId[];
  /** The name of an example. Without one, it is the first. */
  readonly example: string | undefined;
  /** What a body is made up from. Without one, it is that of an example. */
  readonly seed: string | undefined;
}

const DEFAULT_SEED = "1";
const SEED = /^[\w.-]{1,64}$/;

/** Finds the answer that a caller wishes to an operation, or says what there is to wish. Without a status, it is the lowest possible. */
export function chooseAnswer(id: OperationId, wish: Wish): ChosenAnswer | Failure<400> {
  const { code, example, dynamic, seed = "" } = wish;
  if (dynamic !== undefined && !["", "true"].includes(dynamic)) return impossible.dynamic(dynamic);
  if (dynamic !== undefined && example !== undefined) return impossible.both();
  const answers = documentedAnswers[id].responses.filter((answer) => code === undefined || answer.code === code);
  const [first] = answers;
  if (!first) return impossible.code(id, code);
  if (example !== undefined) {
    const answer = answers.find(({ contents: [body] }) => body?.examples.some(({ key }) => key === example));
    if (!answer) return impossible.example(id, example, answers);
    return { status: Number(answer.code), assumptions: answer.assumptions, example, seed: undefined };
  }
  const found = { status: Number(first.code), assumptions: first.assumptions, example: undefined };
  if (dynamic === undefined) return { ...found, seed: undefined };
  if (first.contents.length === 0) return impossible.body(id, first);
  if (seed !== "" && !SEED.test(seed)) return impossible.seed();
  return { ...found, seed: seed === "" ? DEFAULT_SEED : seed };
}
