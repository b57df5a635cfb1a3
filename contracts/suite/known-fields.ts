import { checkAnswer } from "../check";
import { isRecord } from "../exchange";
import { operations } from "../generated/v2/operations";
import { pointerParts } from "../json-pointer";
import type { RecordedExchange } from "./report";

/** The declared status whose body an answer has: its own, or that of success for another success. */
export function judgedAs(status: number, declared: readonly number[]): number {
  const isSuccess = (one: number): boolean => one >= 200 && one < 300;
  return declared.includes(status) || !isSuccess(status) ? status : (declared.find(isSuccess) ?? status);
}

/**
 * The body of an answer without the fields that the contract does not know: that they are there is told with its shape, and what they
 * say, nobody has promised.
 */
export function knownFields({ operation, request, response }: RecordedExchange): unknown {
  const { body } = response;
  const status = judgedAs(response.status, operations[operation].statuses);
  const added = checkAnswer(operation, { status, body }, request.method).filter(({ rule }) => rule === "added");
  if (added.length === 0) return body;
  const known: unknown = structuredClone(body);
  for (const { pointer } of added) drop(known, pointerParts(pointer));
  return known;
}

function drop(value: unknown, [part = "", ...rest]: readonly string[]): void {
  if (rest.length > 0) drop(Array.isArray(value) ? value[Number(part)] : isRecord(value) ? value[part] : undefined, rest);
  else if (isRecord(value)) Reflect.deleteProperty(value, part);
}
