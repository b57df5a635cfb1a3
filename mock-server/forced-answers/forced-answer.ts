import { createInstance } from "@stoplight/prism-http";
import { checkResponse } from "../../contracts/check";
import { type AnyOperationId, type ContractVersion, operationOf } from "../../contracts/contract-version";
import type { ForcedAnswer } from "../server/api-version";
import { Failure } from "../server/failure";
import type { Preference } from "../server/prefer-header";
import { type ChosenAnswer, chooseAnswer, type DocumentedAnswers } from "./choose-answer";

/** A contract, and what can be answered to each of its operations. */
interface AnsweringContract {
  readonly contract: ContractVersion;
  readonly answers: Readonly<Record<string, DocumentedAnswers>>;
}

/**
 * The documented answer to an operation that a caller prefers, or what there is to prefer.
 *
 * @throws when prism gives none, or one that breaks the contract
 */
export async function forcedAnswer(
  { contract, answers }: AnsweringContract,
  id: string,
  preferred: Preference,
): Promise<ForcedAnswer | Failure<400>> {
  const { title } = operationOf(contract, id);
  const documented = answers[id] as DocumentedAnswers; // of every operation of the contract
  const chosen = chooseAnswer({ title, answers: documented }, preferred);
  if (chosen instanceof Failure) return chosen;
  const answer = await answerByPrism(documented, chosen);
  requireContract(contract, id as AnyOperationId, chosen, answer);
  return { ...answer, applied: appliedOf(preferred), assumptions: chosen.assumptions };
}

/** Prism does not say so when it answers something else than it was asked for. */
function requireContract(contract: ContractVersion, id: AnyOperationId, { status }: ChosenAnswer, answer: PrismAnswer): void {
  const reasons = checkResponse(id, answer.status, answer.body, contract).map(({ pointer, reason }) =>
    `${pointer} ${reason}`.trim(),
  );
  if (answer.status !== status) reasons.push(`the status is ${answer.status}`);
  if (reasons.length > 0) throw new Error(`prism made no ${status} of ${id}: ${reasons.join("; ")}`);
}

function appliedOf({ code, example, dynamic, seed = "" }: Preference): string {
  const applied = { code, example, ...(dynamic !== undefined && { dynamic: "true", ...(seed !== "" && { seed }) }) };
  const granted = Object.entries(applied).filter(([, value]) => value !== undefined);
  return granted.map(([name, value]) => `${name}=${value}`).join(", ");
}

/** An answer as prism gives it. Whether it obeys the contract, prism does not know. */
export interface PrismAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Instance = ReturnType<typeof createInstance>;
type Config = Parameters<typeof createInstance>[0];

/** It would judge requests and answers by another reading of the contract than ours. */
const WITHOUT_JUDGEMENT = {
  isProxy: false,
  errors: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
};

const silent = { child: () => silent, debug() {}, info() {}, success() {}, warn() {}, error() {} };
const prism: Instance = createInstance(WITHOUT_JUDGEMENT as unknown as Config, { logger: silent as never });

/**
 * Has prism give one of the documented answers to an operation.
 *
 * @throws what prism gives instead
 */
async function answerByPrism(operation: DocumentedAnswers, { status, example, seed }: ChosenAnswer): Promise<PrismAnswer> {
  const { method, path } = operation;
  const request = { method, url: { path } } as Parameters<Instance["request"]>[0];
  const mock = { code: status, exampleKey: example, dynamic: seed !== undefined, seed };
  const result = await prism.request(request, [operation as never], {
    ...WITHOUT_JUDGEMENT,
    mock,
  } as unknown as Config)();
  if (result._tag === "Left") throw result.left;
  const { statusCode, headers = {}, body } = result.right.output;
  const own = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-type");
  return { status: statusCode, headers: Object.fromEntries(own.map(([name, value]) => [name, String(value)])), body };
}
