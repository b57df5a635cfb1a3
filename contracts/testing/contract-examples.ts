import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { OperationId } from "../generated/v2/operations";
import { pointerParts } from "../json-pointer";

/** What JSON holds. */
export type Json = ReturnType<typeof JSON.parse>;

interface Example<Of> {
  readonly of: Of;
  /** What it is, for the name of a test. */
  readonly name: string;
  readonly value: Json;
}

/** The contract, read as text, with its examples: nothing here comes from the generators. */
const contractDocument: Json = parse(readFileSync("contracts/linq-v2.openapi.yaml", "utf8"));

const operations: { id: OperationId; operation: Json }[] = Object.values<Json>(contractDocument.paths).flatMap((item) =>
  Object.values<Json>(item).flatMap((operation) => (operation.operationId ? [{ id: operation.operationId, operation }] : [])),
);

export const answerExamples: readonly Example<{ readonly id: OperationId; readonly status: number }>[] = operations.flatMap(
  ({ id, operation }) =>
    Object.entries<Json>(operation.responses).flatMap(([status, response]) =>
      examplesIn(resolve(response).content, { id, status: Number(status) }, `${id} ${status}`),
    ),
);

export const bodyExamples: readonly Example<OperationId>[] = operations.flatMap(({ id, operation }) =>
  examplesIn(operation.requestBody?.content, id, `${id} body`),
);

export const eventExamples: readonly Example<string>[] = Object.entries<Json>(contractDocument.webhooks).flatMap(
  ([event, { post }]) => examplesIn(post.requestBody.content, event, event),
);

/** What stands at a pointer into the document: `#/components/schemas/Chat`; undefined when nothing does. */
export function valueAt(pointer: string): Json {
  return pointerParts(pointer).reduce((node: Json, step) => node?.[step], contractDocument);
}

function examplesIn<Of>(content: Json, of: Of, what: string): Example<Of>[] {
  return Object.entries<Json>(content?.["application/json"]?.examples ?? {}).map(([name, example]) => ({
    of,
    name: `${what}, ${name}`,
    value: resolve(example).value,
  }));
}

function resolve(node: Json): Json {
  return node.$ref === undefined ? node : valueAt(node.$ref);
}
