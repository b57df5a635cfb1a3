import type { FieldState, OperationShapes, Shape, Union } from "../../contracts/suite/tally";
import { type ContractDocument, type ContractOperation, resolve, type Schema } from "./contract-document";
import { BANNER } from "./modules";

const JSON_TYPE = "application/json";

/** The places of the contract at which answers differ, so that a run can tell what it has seen; compact, since it is shipped. */
export function coverageModule(contract: ContractDocument, operations: readonly ContractOperation[]): string {
  const { schemas } = contract.components;
  const byOperation = operations.map((operation) => [operation.id, operationShapes(operation, schemas)] as const);
  const shared = Object.keys(schemas).flatMap((name) => {
    const shape = shapeOf(schemas[name] ?? {}, schemas);
    return shape ? [[name, shape] as const] : [];
  });
  const used = reachable(byOperation, new Map(shared));
  return `${BANNER}
import type { ContractShapes } from "../../suite/tally";

export const coveragePoints: ContractShapes = {
  shared: {
${lines(shared.filter(([name]) => used.has(name)))}  },
  operations: {
${lines(byOperation)}  },
};
`;
}

/** What can be told apart in requests and in answers of success; the envelopes of refusals have one form each. */
function operationShapes({ query, body, responses }: ContractOperation, schemas: Schemas): OperationShapes {
  const parameters = {
    type: "object",
    required: query.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, schema])),
  };
  const properties = { query: parameters, body: body?.[JSON_TYPE]?.schema ?? {} };
  const request = shapeOf({ type: "object", required: Object.keys(properties), properties }, schemas);
  const answers = responses.flatMap(({ status, content }) => {
    const shape = status < 300 ? shapeOf(content?.[JSON_TYPE]?.schema ?? {}, schemas) : undefined;
    return shape ? [[status, shape] as const] : [];
  });
  return { ...(request && { request }), ...Object.fromEntries(answers) };
}

/** The names of the shared shapes that something refers to, be it by way of others. */
function reachable(from: unknown, shared: ReadonlyMap<string, Shape>, found = new Set<string>()): Set<string> {
  for (const [, name = ""] of JSON.stringify(from).matchAll(/"ref":"(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    reachable(shared.get(name), shared, found);
  }
  return found;
}

function lines(entries: readonly (readonly [string, object])[]): string {
  return entries.map(([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)},\n`).join("");
}

type Schemas = Readonly<Record<string, Schema>>;

/** The keywords that decide about it. */
interface Keywords {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Schemas;
  readonly required?: readonly string[];
}

/** What can be told apart in values that follow a schema; undefined when nothing can. */
export function shapeOf(schema: Schema, schemas: Schemas): Shape | undefined {
  const { $ref, type, oneOf, items, ...keywords } = schema as Keywords;
  if ($ref !== undefined) return shapeOf(resolve(schemas, { $ref }), schemas) && { ref: nameOf($ref) };
  if (oneOf) return unionOf(oneOf, schemas);
  const values = type === "boolean" ? [true, false] : (keywords.enum ?? []);
  const fields = fieldsOf(keywords, schemas);
  const entries = items && shapeOf(items, schemas);
  const shape: Shape = {
    ...(Array.isArray(type) && type.includes("null") && { nullable: true }),
    ...(values.length > 1 && { values }),
    ...(type === "array" && (keywords.minItems ?? 0) === 0 && keywords.maxItems !== 0 && { list: true }),
    ...(entries && { items: entries }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
  return Object.keys(shape).length > 0 ? shape : undefined;
}

function fieldsOf({ properties = {}, required = [] }: Keywords, schemas: Schemas): Record<string, Shape> {
  const fields: Record<string, Shape> = {};
  for (const [name, property] of Object.entries(properties)) {
    const shape = shapeOf(property, schemas);
    if (!required.includes(name)) fields[name] = { ...shape, optional: true };
    else if (shape) fields[name] = shape;
  }
  return fields;
}

/** One object or null is an object that may be null. */
function unionOf(branches: readonly Schema[], schemas: Schemas): Shape {
  const objects = branches.filter(({ type }) => type !== "null");
  const [only, ...others] = objects;
  if (only && others.length === 0) return { ...shapeOf(only, schemas), nullable: true };
  const known = objects.map((branch) => ({
    name: nameOf(String(branch["$ref"])),
    keywords: resolve(schemas, branch as { $ref: string }) as Keywords,
    shape: shapeOf(branch, schemas),
  }));
  for (const by of new Set(known.flatMap(({ keywords }) => keywords.required ?? []))) {
    const states = known.map(({ keywords }) => stateOf(keywords, by));
    if (!states.includes("null") || states.includes(undefined) || new Set(states).size < states.length) continue;
    const entries = known.map(({ name, shape }, i) => [states[i], { name, ...(shape && { shape }) }]);
    return { union: { by, branches: Object.fromEntries(entries) as Union["branches"] } };
  }
  throw new Error(`the OpenAPI document: no field tells ${known.map(({ name }) => name).join(" from ")}`);
}

/** How a field of an object always is; undefined when it is not always the same. */
function stateOf({ properties = {}, required = [] }: Keywords, field: string): FieldState | undefined {
  const property = properties[field];
  if (!property) return "absent";
  if (!required.includes(field) || Array.isArray(property["type"])) return undefined;
  return property["type"] === "null" ? "null" : "value";
}

function nameOf(ref: string): string {
  return ref.split("/").at(-1) ?? "";
}
