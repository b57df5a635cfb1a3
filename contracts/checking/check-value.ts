import type { ValidateFunction } from "ajv";
import type * as RequestDiagnosis from "../generated/v2/request-diagnosis";
import type * as RequestValidators from "../generated/v2/request-validators";
import type * as ResponseDiagnosis from "../generated/v2/response-diagnosis";
import type * as ResponseValidators from "../generated/v2/response-validators";
import type { ContractViolation } from "./contract-violation";
import { diagnose } from "./diagnose";

type Side = "request" | "response";
type Validators = Readonly<Record<string, ValidateFunction | undefined>>;

/** Each is loaded when it is needed: the fast ones take 15 ms, and those that explain are seldom asked. */
const modules: Readonly<Record<Side, { fast(): Validators; explaining(): Validators }>> = {
  request: {
    fast: () => require("../generated/v2/request-validators") as typeof RequestValidators,
    explaining: () => require("../generated/v2/request-diagnosis") as typeof RequestDiagnosis,
  },
  response: {
    fast: () => require("../generated/v2/response-validators") as typeof ResponseValidators,
    explaining: () => require("../generated/v2/response-diagnosis") as typeof ResponseDiagnosis,
  },
};

/**
 * The ways in which a value breaks what the contract says of it; undefined when it says nothing. It is known by a name: `findChat query`
 * and `createChat body` of requests, `findChat 200` and `message.sent` of answers and events.
 */
export function checkValue(side: Side, name: string, value: unknown): ContractViolation[] | undefined {
  const validate = fastValidators(side)[name];
  if (!validate) return undefined;
  if (validate(value)) return [];
  const violations = diagnose(modules[side].explaining()[name] ?? validate, value);
  if (violations.length === 0) throw new Error(`${name} was refused, and nothing is found to be wrong with it`);
  return violations;
}

/** Asking for a module that is loaded takes longer than checking an answer. */
const loaded = new Map<Side, Validators>();

function fastValidators(side: Side): Validators {
  const validators = loaded.get(side) ?? modules[side].fast();
  loaded.set(side, validators);
  return validators;
}
