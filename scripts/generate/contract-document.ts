import { pointerParts } from "../../contracts/json-pointer";

type Basis = string | readonly string[];

/** The parts of the OpenAPI document that the generators read. */
export interface ContractDocument {
  readonly tags: readonly { readonly name: string; readonly "x-error-envelope": string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly webhooks: Readonly<Record<string, { readonly post: OperationObject }>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, object>>;
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
    readonly responses: Readonly<Record<string, ResponseObject>>;
  };
  readonly "x-assumptions": Readonly<Record<string, string>>;
  /** The assumptions that are probably stricter than the vendor. */
  readonly "x-asked-first"?: readonly string[];
  /** What keywords rest on where a schema says nothing else. */
  readonly "x-basis": Readonly<Record<string, Basis>>;
  /** Of a version whose errors have numbers: the status and the message of each. */
  readonly "x-error-codes"?: Readonly<Record<string, { readonly status?: number; readonly message: string }>>;
}

export type SchemaObject = Readonly<Record<string, unknown>>;

export interface OperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly "x-basis"?: Readonly<Record<string, Basis>>;
  /** How many clients use it; undefined in a version that does not say. */
  readonly "x-tier"?: string;
  /** Which errors it has, by status. */
  readonly "x-error-codes"?: Readonly<Record<string, readonly number[]>>;
  readonly parameters?: readonly (ParameterObject | Reference)[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>;
}

export interface ParameterObject {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly required?: boolean;
  readonly schema: SchemaObject;
}

export interface ResponseObject {
  readonly "x-assumption"?: readonly string[];
  readonly "x-basis"?: Basis;
  readonly content?: Content;
  readonly headers?: Readonly<Record<string, { readonly schema: SchemaObject; readonly example: unknown }>>;
}

export type Content = Readonly<
  Record<string, { readonly schema: SchemaObject; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }>
>;

interface Reference {
  readonly $ref: string;
}

/** One operation with its references resolved, in the order of the vendor's reference. */
export interface ContractOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly title: string;
  readonly tag: string;
  readonly envelope: string;
  readonly query: readonly ParameterObject[];
  /** The names of the headers that it reads. */
  readonly headers: readonly string[];
  readonly body: Content | undefined;
  readonly responses: readonly {
    readonly status: number;
    readonly content: Content | undefined;
    readonly assumptions: readonly string[];
    /** What the body of a refusal rests on that is not documented. */
    readonly basis: Basis | undefined;
  }[];
  /** What it rests on that it does not answer with these statuses. */
  readonly basis: Readonly<Record<string, Basis>>;
  readonly tier: string | undefined;
  readonly errorCodes: Readonly<Record<string, readonly number[]>> | undefined;
}

/** A copy of the document, or of a part of it, in which what is only assumed (`x-strict`) stands in the place of what is documented. */
export function withStrictClauses<T>(part: T): T {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map(withStrictClauses) as T;
  const strict = ("x-strict" in part ? part["x-strict"] : {}) as SchemaObject;
  const entries = Object.entries(part).flatMap(([key, child]) =>
    key === "x-strict" ? Object.entries(strict).filter(([other]) => !(other in part)) : [[key, strict[key] ?? child] as const],
  );
  return Object.fromEntries(entries.map(([key, child]) => [key, withStrictClauses(child)])) as T;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

export function operationsOf(contract: ContractDocument): ContractOperation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      METHODS.includes(method) ? [toOperation(contract, path, method.toUpperCase(), operation)] : [],
    ),
  );
}

function toOperation(contract: ContractDocument, path: string, method: string, operation: OperationObject): ContractOperation {
  const tag = operation.tags[0] ?? fail(`${operation.operationId} has no tag`);
  const parameters = (operation.parameters ?? []).map((parameter) => resolve(contract.components.parameters, parameter));
  return {
    id: operation.operationId,
    method,
    path,
    title: operation.summary,
    tag,
    envelope: contract.tags.find(({ name }) => name === tag)?.["x-error-envelope"] ?? fail(`the tag ${tag} has no envelope`),
    query: parameters.filter((parameter) => parameter.in === "query"),
    headers: parameters.filter((parameter) => parameter.in === "header").map(({ name }) => name),
    body: operation.requestBody?.content,
    responses: Object.entries(operation.responses).map(([status, response]) => {
      const { content, "x-assumption": assumptions = [], "x-basis": basis } = resolve(contract.components.responses, response);
      return { status: Number(status), content, assumptions, basis };
    }),
    basis: operation["x-basis"] ?? {},
    tier: operation["x-tier"],
    errorCodes: operation["x-error-codes"],
  };
}

/** What stands at a reference, if it is one. */
export function resolve<T extends object>(components: Readonly<Record<string, T>>, entry: T | Reference): T {
  if (!("$ref" in entry)) return entry;
  const name = entry.$ref.split("/").at(-1) ?? "";
  return components[name] ?? fail(`${entry.$ref} is not there`);
}

/** What stands at a JSON pointer into the document. @throws when nothing does */
export function valueAt(contract: ContractDocument, pointer: string): unknown {
  const found = pointerParts(pointer).reduce<unknown>(
    (node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key],
    contract,
  );
  if (found === undefined) throw new Error(`the contract has no ${pointer}`);
  return found;
}

function fail(reason: string): never {
  throw new Error(`the OpenAPI document: ${reason}`);
}
