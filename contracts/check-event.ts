import type { ValidateFunction } from "ajv";
import { explainError } from "./check-response";
import responseValidators from "./generated/response-validators";

const validators: Readonly<Record<string, ValidateFunction | undefined>> = responseValidators;

/** The ways in which the parsed body of a webhook breaks the contract of its event, fields that the contract does not know included. */
export function checkEvent(type: string, body: unknown): { readonly pointer: string; readonly reason: string }[] {
  const validate = type.includes(".") ? validators[type] : undefined;
  if (!validate) return [{ pointer: "/event_type", reason: `there is no event ${type}` }];
  if (validate(body)) return [];
  return (validate.errors ?? []).map((error) => ({ pointer: error.instancePath, reason: explainError(error) }));
}
