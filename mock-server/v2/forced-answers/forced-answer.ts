import { checkResponse } from "../../../contracts/check-response";
import type { AssumptionId, OperationId } from "../../../contracts/generated/v2/operations";
import type { Failure } from "../errors";
import { answerByPrism, type PrismAnswer } from "./answer-by-prism";
import { type ChosenAnswer, chooseAnswer } from "./choose-answer";
import documentedAnswers from "./generated/documented-answers";
import type { Wish } from "./wish";

/** An answer that obeys the contract, and what was granted of a wish, as RFC 7240 wants it said. */
interface ForcedAnswer extends PrismAnswer {
  readonly applied: string;
  readonly assumptions: readonly AssumptionId[];
}

/**
 * The documented answer to an operation that a caller wishes, or what there is to wish.
 *
 * @throws when prism gives none, or one that breaks the contract
 */
export async function forcedAnswer(id: OperationId, wish: Wish): Promise<ForcedAnswer | Failure<400>> {
  const chosen = chooseAnswer(id, wish);
  if ("detail" in chosen) return chosen;
  const answer = await answerByPrism(documentedAnswers[id], chosen);
  requireContract(id, chosen, answer);
  return { ...answer, applied: appliedOf(wish), assumptions: chosen.assumptions };
}

/** Prism does not say so when it answers something else than it was asked for. */
function requireContract(id: OperationId, { status }: ChosenAnswer, answer: PrismAnswer): void {
  const reasons = checkResponse(id, answer.status, answer.body).map(({ pointer, reason }) => `${pointer} ${reason}`.trim());
  if (answer.status !== status) reasons.push(`the status is ${answer.status}`);
  if (reasons.length > 0) throw new Error(`prism made no ${status} of ${id}: ${reasons.join("; ")}`);
}

function appliedOf({ code, example, dynamic, seed = "" }: Wish): string {
  const applied = { code, example, ...(dynamic !== undefined && { dynamic: "true", ...(seed !== "" && { seed }) }) };
  const granted = Object.entries(applied).filter(([, value]) => value !== undefined);
  return granted.map(([name, value]) => `${name}=${value}`).join(", ");
}
