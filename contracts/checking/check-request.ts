import type { ExchangeRequest } from "../exchange";
import { type OperationId, operations } from "../generated/v2/operations";
import { checkValue } from "./check-value";
import type { ContractViolation } from "./contract-violation";
import { operationClause } from "./operation-clause";

type QueryType = "string" | "strings" | "integer";

/** The ways in which a request breaks the contract, with pointers such as `/query/page` and `/body/chat`. */
export function checkRequest(operation: OperationId, { path, body }: ExchangeRequest): ContractViolation[] {
  return [...checkQuery(operation, path), ...checkBody(operation, body)];
}

function checkQuery(operation: OperationId, path: string): ContractViolation[] {
  const given = new URLSearchParams(/\?(.*)/s.exec(path)?.[1] ?? "");
  const types = Object.entries<QueryType>(operations[operation].query).filter(([name]) => given.has(name));
  const query = Object.fromEntries(types.map(([name, type]) => [name, readValues(type, given.getAll(name))]));
  const violations = below("/query", checkValue("request", `${operation} query`, query) ?? []);
  const clause = `${operationClause(operation)}/parameters`; // the query as a whole has no schema in the document
  return violations.map((violation) => (violation.pointer === "/query" ? { ...violation, clause } : violation));
}

/** A value that is given twice is a list, which none of one value may be. */
function readValues(type: QueryType, values: readonly string[]): unknown {
  const [text = ""] = values;
  if (type === "strings" || values.length > 1) return values;
  const number = type === "integer" && /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : text;
}

/** A message may be sent as a form, and then has no JSON. */
function checkBody(operation: OperationId, body: unknown): ContractViolation[] {
  if (body === undefined && operations[operation].form) return [];
  const violations = checkValue("request", `${operation} body`, body) ?? [];
  if (body !== undefined || violations.length === 0) return below("/body", violations);
  const clause = `${operationClause(operation)}/requestBody`;
  return [{ rule: "body", pointer: "/body", expected: "a JSON body", received: undefined, clause }];
}

function below(pointer: string, violations: readonly ContractViolation[]): ContractViolation[] {
  return violations.map((violation) => ({ ...violation, pointer: `${pointer}${violation.pointer}` }));
}
