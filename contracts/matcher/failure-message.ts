import type { ContractViolation } from "../explain";
import { type OperationId, operations } from "../generated/v2/operations";
import { remedy } from "./remedy";
import { snippet } from "./snippet";

const MOST = 10;

const wholes: Readonly<Record<string, string>> = { status: "the status", "content-type": "the content type" };

/** What a test says of an answer that breaks the contract. `what` is what came: `GET /api/partner/v2/chats/46 answered 200`. */
export function failureMessage(what: string, operation: OperationId, violations: readonly ContractViolation[]): string {
  const places = new Map<string, ContractViolation[]>();
  for (const violation of violations) {
    const place = `${violation.pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")} ${violation.rule}`;
    places.set(place, [...(places.get(place) ?? []), violation]);
  }
  const count = violations.length === 1 ? "1 place" : `${violations.length} places`;
  const shown = [...places.values()].slice(0, MOST).map(paragraph);
  const more = places.size > MOST ? [`and ${places.size - MOST} more`] : [];
  return [
    `${what}, and breaks the contract of ${operations[operation].title} (${operation}) in ${count}:`,
    ...shown,
    ...more,
    "A clause is a JSON pointer into linq-mock/contract.yaml. If the server is right, the contract is out of date;\n" +
      "linq-mock contract --target <url> says where a server and the contract differ.",
  ].join("\n\n");
}

/** Of those that are alike, the first speaks for all. */
function paragraph(alike: ContractViolation[]): string {
  const [first] = alike as [ContractViolation];
  const { pointer, rule, expected, received, clause } = first;
  const others = alike.length > 1 ? ` (and ${alike.length - 1} more like it)` : "";
  return [
    `  ${pointer || (wholes[rule] ?? "the body")}${others}`,
    `    expected: ${expected}`,
    `    received: ${snippet(received)}`,
    `    clause:   ${clause}`,
    `    to do:    ${remedy(first)}`,
  ].join("\n");
}
