import { BANNER } from "./banner";
import type { ContractDocument, ContractOperation, ParameterObject } from "./contract-document";

/** What the mock needs to know of each operation at run time. */
export function operationsModule(contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const table = Object.fromEntries(
    operations.map((operation) => [
      operation.id,
      {
        method: operation.method,
        path: operation.path,
        title: operation.title,
        envelope: operation.envelope,
        query: Object.fromEntries(operation.query.map((parameter) => [parameter.name, queryType(parameter)])),
        body: operation.body !== undefined,
        form: operation.body?.["multipart/form-data"] !== undefined,
        bodyFields: Object.fromEntries(fieldParents(contract, operation.body?.["application/json"]?.schema)),
        statuses: operation.responses.map(({ status }) => status),
      },
    ]),
  );
  return `${BANNER}
export const operations = ${JSON.stringify(table, null, 2)} as const;

export type OperationId = keyof typeof operations;

export type WebhookEvent = ${union(Object.keys(contract.webhooks))};

export type AssumptionId = ${union(Object.keys(contract["x-assumptions"]))};
`;
}

function union(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" | ");
}

/** The names of all fields in a schema, each with the field that it stands in; "" at the top level. */
function fieldParents(contract: ContractDocument, schema: unknown, parent = ""): [string, string][] {
  if (typeof schema !== "object" || schema === null) return [];
  const { $ref, properties = {} } = schema as { $ref?: string; properties?: object };
  if ($ref !== undefined) return fieldParents(contract, contract.components.schemas[$ref.split("/").at(-1) ?? ""], parent);
  return Object.entries(properties).flatMap(
    ([name, property]) => [[name, parent], ...fieldParents(contract, property, name)] as [string, string][],
  );
}

function queryType({ schema }: ParameterObject): string {
  if (schema["type"] === "array") return "strings";
  return schema["type"] === "integer" ? "integer" : "string";
}
