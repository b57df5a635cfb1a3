import type * as Prism from "@stoplight/prism-http";
import type { ChosenAnswer } from "./choose-answer";
import type { DocumentedAnswers } from "./documented-answers";

/** An answer as prism gives it. Whether it obeys the contract, prism does not know. */
export interface PrismAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

type Instance = ReturnType<typeof Prism.createInstance>;
type Config = Parameters<typeof Prism.createInstance>[0];

/** It would judge requests and answers by another reading of the contract than ours. */
const WITHOUT_JUDGEMENT = {
  isProxy: false,
  errors: false,
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
};

/**
 * Has prism give one of the documented answers to an operation.
 *
 * @throws what prism gives instead
 */
export async function answerByPrism(
  operation: DocumentedAnswers,
  { status, example, seed }: ChosenAnswer,
): Promise<PrismAnswer> {
  const { method, path } = operation;
  const request = { method, url: { path } } as Parameters<Instance["request"]>[0];
  const mock = { code: status, exampleKey: example, dynamic: seed !== undefined, seed };
  const result = await loadPrism().request(request, [operation as never], {
    ...WITHOUT_JUDGEMENT,
    mock,
  } as unknown as Config)();
  if (result._tag === "Left") throw result.left;
  const { statusCode, headers = {}, body } = result.right.output;
  const own = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-type");
  return { status: statusCode, headers: Object.fromEntries(own.map(([name, value]) => [name, String(value)])), body };
}

let instance: Instance | undefined;

/** Loaded when the first answer is forced: it takes a second. */
function loadPrism(): Instance {
  if (instance) return instance;
  const { createInstance } = require("@stoplight/prism-http") as typeof Prism;
  instance = createInstance(WITHOUT_JUDGEMENT as unknown as Config, { logger: silent as never });
  return instance;
}

const silent = { child: () => silent, debug() {}, info() {}, success() {}, warn() {}, error() {} };
