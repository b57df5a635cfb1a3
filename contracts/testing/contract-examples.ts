import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { OperationId } from "../generated/v2/operations";
import type { OperationId as OperationIdOfV3 } from "../generated/v3/operations";
import { pointerParts } from "../json-pointer";

/** What JSON holds. */
export type Json = ReturnType<typeof JSON.parse>;

interface Example<Of> {
  readonly of: Of;
  /** What it is, for the name of a test. */
  readonly name: string;
  readonly value: Json;
}

/** A contract, read as text, with its examples: nothing here comes from the generators. */
class ContractText<Id extends string> {
  readonly document: Json;
  readonly operations: readonly { readonly id: Id; readonly operation: Json }[];
  readonly answers: readonly Example<{ readonly id: Id; readonly status: number }>[];
  readonly bodies: readonly Example<Id>[];
  readonly events: readonly Example<string>[];

  constructor(file: string) {
    this.document = parse(readFileSync(file, "utf8"));
    this.operations = Object.values<Json>(this.document.paths).flatMap((item) =>
      Object.values<Json>(item).flatMap((operation) =>
        operation.operationId ? [{ id: operation.operationId, operation }] : [],
      ),
    );
    this.answers = this.operations.flatMap(({ id, operation }) =>
      Object.entries<Json>(operation.responses).flatMap(([status, response]) =>
        this.#examplesIn(this.resolve(response).content, { id, status: Number(status) }, `${id} ${status}`),
      ),
    );
    this.bodies = this.operations.flatMap(({ id, operation }) =>
      this.#examplesIn(operation.requestBody?.content, id, `${id} body`),
    );
    this.events = Object.entries<Json>(this.document.webhooks).flatMap(([event, { post }]) =>
      this.#examplesIn(post.requestBody.content, event, event),
    );
  }

  /** What stands at a pointer into the document: `#/components/schemas/Chat`; undefined when nothing does. */
  valueAt(pointer: string): Json {
    return pointerParts(pointer).reduce((node: Json, step) => node?.[step], this.document);
  }

  resolve(node: Json): Json {
    return node.$ref === undefined ? node : this.valueAt(node.$ref);
  }

  #examplesIn<Of>(content: Json, of: Of, what: string): Example<Of>[] {
    return Object.entries<Json>(content?.["application/json"]?.examples ?? {}).map(([name, example]) => ({
      of,
      name: `${what}, ${name}`,
      value: this.resolve(example).value,
    }));
  }
}

export const textOfV2 = new ContractText<OperationId>("contracts/linq-v2.openapi.yaml");
export const textOfV3 = new ContractText<OperationIdOfV3>("contracts/linq-v3.openapi.yaml");

export const { answers: answerExamples, bodies: bodyExamples, events: eventExamples } = textOfV2;

export function valueAt(pointer: string): Json {
  return textOfV2.valueAt(pointer);
}
