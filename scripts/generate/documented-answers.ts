import {
  type ContractDocument,
  type ContractOperation,
  type ResponseObject,
  type SchemaObject,
  valueAt,
} from "./contract-document";
import { BANNER } from "./modules";

const JSON_TYPE = "application/json";

/**
 * What can be answered to each operation: examples to copy, and schemas to make up bodies from. It is in the form that prism reads,
 * and has nothing of the requests, about which prism is not asked.
 */
export function documentedAnswersModule(
  version: "v2" | "v3",
  contract: ContractDocument,
  operations: readonly ContractOperation[],
): { code: string; types: string } {
  const lines = operations.map(({ id, method, path }) => {
    const { responses } = operationAt(contract, path, method);
    const operation = {
      id,
      method: method.toLowerCase(),
      path,
      responses: answersOf(version, dereferenced(contract, responses)),
    };
    return `  ${JSON.stringify(id)}: ${JSON.stringify(operation)},\n`;
  });
  return {
    code: `${BANNER}module.exports = {\n${lines.join("")}};\n`,
    types: `${BANNER}import type { OperationId } from "../../../contracts/generated/${version}/operations";
import type { DocumentedAnswers } from "../choose-answer";

declare const documentedAnswers: Readonly<Record<OperationId, DocumentedAnswers>>;
export = documentedAnswers;
`,
  };
}

function operationAt(contract: ContractDocument, path: string, method: string) {
  const operation = contract.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`the contract has no ${method} ${path}`);
  return operation;
}

function answersOf(version: "v2" | "v3", responses: Readonly<Record<string, object>>): object[] {
  return Object.entries(responses as Readonly<Record<string, ResponseObject>>).map(([code, response]) => {
    const { content, headers = {}, "x-assumption": assumptions = [] } = response;
    const body = content?.[JSON_TYPE];
    const contents = body && [
      {
        mediaType: JSON_TYPE,
        schema: schemaToMakeUp(body.schema, { version, status: Number(code) }),
        examples: Object.entries(body.examples ?? {}).map(([key, { value }]) => ({ key, value })),
      },
    ];
    return { code, assumptions, headers: Object.entries(headers).map(headerOf), contents: contents ?? [] };
  });
}

function headerOf([name, { schema, example }]: [string, { readonly schema: SchemaObject; readonly example: unknown }]): object {
  return { name, style: "simple", schema, examples: [{ key: "default", value: example }] };
}

/** What a generator knows of the answer around a schema. */
interface Surroundings {
  readonly version: "v2" | "v3";
  readonly status: number;
  /** The name of the field, if it is one. */
  readonly field?: string;
}

/**
 * A schema for json-schema-faker, without references, such that whatever it makes up obeys the given one: it takes a format for its
 * own idea of it, a pattern for a reason never to be null, and a list that is always empty for a mistake.
 *
 * @throws when a schema says something that it would overlook
 */
export function schemaToMakeUp(schema: SchemaObject, surroundings: Surroundings): SchemaObject {
  const { type, oneOf } = schema;
  if (Array.isArray(oneOf)) return { oneOf: oneOf.map((branch: SchemaObject) => schemaToMakeUp(branch, surroundings)) };
  if ("const" in schema) return { const: schema["const"] };
  if (Array.isArray(type)) {
    return { oneOf: type.map((one: string) => schemaToMakeUp({ ...schema, type: one }, surroundings)) };
  }
  const make = makers[String(type)];
  if (!make) throw new Error(`there is no way to make up ${JSON.stringify(schema)}`);
  return { type, ...make(schema, surroundings) };
}

const makers: Readonly<Record<string, (schema: SchemaObject, surroundings: Surroundings) => SchemaObject>> = {
  null: () => ({}),
  boolean: () => ({}),
  string: makeUpString,
  integer: makeUpInteger,
  number: makeUpInteger,
  array: makeUpArray,
  object: makeUpObject,
};

function makeUpString({ enum: values, format, pattern }: SchemaObject, { version, field = "" }: Surroundings): SchemaObject {
  if (values !== undefined) return { enum: values };
  if (format === undefined) return pattern === undefined ? (plausibleFields.string[field] ?? {}) : { pattern };
  const plausible = plausibleFormats[version][String(format)];
  if (!plausible) throw new Error(`there is no way to make up a string in the format ${format}`);
  return plausible;
}

/** An error says its status again. */
function makeUpInteger({ minimum, maximum }: SchemaObject, { field = "", status }: Surroundings): SchemaObject {
  if (field === "status") return { const: status };
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...plausibleFields.integer[field],
  };
}

function makeUpArray({ items, minItems, maxItems }: SchemaObject, { field: _, ...around }: Surroundings): SchemaObject {
  if (maxItems === 0) return { const: [] };
  if (maxItems !== undefined) throw new Error("there is no way to make up a list that ends");
  return { ...(minItems !== undefined && { minItems }), items: schemaToMakeUp(items as SchemaObject, around) };
}

function makeUpObject({ properties = {}, required = [] }: SchemaObject, around: Surroundings): SchemaObject {
  const isSent = ([field, { deprecated }]: [string, SchemaObject]): boolean =>
    deprecated !== true || (required as readonly string[]).includes(field);
  const fields = Object.entries(properties as Readonly<Record<string, SchemaObject>>).filter(isSent);
  const made = Object.fromEntries(fields.map(([field, schema]) => [field, schemaToMakeUp(schema, { ...around, field })]));
  const objectOf = (own: Readonly<Record<string, SchemaObject>>): SchemaObject => ({
    required,
    properties: { ...made, ...own },
    additionalProperties: false,
  });
  const group = GROUP_FIELDS.find((named) => named.every((field) => made[field] !== undefined));
  if (!group) return objectOf({});
  const [flag, handles] = group;
  const branches = [
    { [flag]: { const: true }, [handles]: { ...listOf(made[handles]), minItems: 3 } },
    { [flag]: { const: false }, [handles]: { ...listOf(made[handles]), minItems: 2, maxItems: 2 } },
  ];
  return { oneOf: branches.map((own) => ({ type: "object", ...objectOf(own) })) };
}

/** What says whether a chat is a group, and who is in it: the line and more than one, or one. */
const GROUP_FIELDS = [
  ["group", "chat_handles"],
  ["is_group", "handles"],
] as const;

/** The list of a field that may be null, too. */
function listOf(schema: SchemaObject = {}): SchemaObject {
  const { oneOf } = schema;
  return Array.isArray(oneOf) ? (oneOf.find(({ type }: SchemaObject) => type === "array") as SchemaObject) : schema;
}

const number = { pattern: "\\+1[2-9][0-9]{2}55501[0-9]{2}" };
const url = { pattern: "https://[a-z]{4,9}\\.example\\.com/[a-z0-9]{6,12}" };
const page = { minimum: 1, maximum: 5 };

const DAY_AND_TIME = "(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}";

const uuid = { pattern: "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}" };

/** What is made up for a format. Times of V2 are in months that have one offset in US Central time from end to end. */
const plausibleFormats: Readonly<Record<"v2" | "v3", Readonly<Record<string, SchemaObject>>>> = {
  v2: {
    "date-time": { pattern: `202[0-9]-((0[4-9]|10)-${DAY_AND_TIME}-05:00|(12|01|02)-${DAY_AND_TIME}-06:00)` },
    uuid,
    uri: url,
  },
  v3: { "date-time": { pattern: `202[0-9]-(0[1-9]|1[0-2])-${DAY_AND_TIME}Z` }, uuid, uri: url },
};

/** What is made up for a field, by its name, where its schema would allow what no such field holds: any words, any count. */
const plausibleFields: Readonly<Record<"string" | "integer", Readonly<Record<string, SchemaObject>>>> = {
  string: {
    phone_number: number,
    from_phone: number,
    sent_from: number,
    forwarding_number: number,
    email: { pattern: "[a-z]{3,8}\\.[a-z]{4,9}@example\\.(com|net|org)" },
    filename: { pattern: "[a-z]{4,10}\\.jpg" },
    mime_type: { const: "image/jpeg" },
  },
  integer: {
    page,
    current_page: page,
    total_pages: { minimum: 5, maximum: 9 },
    total_count: { minimum: 100, maximum: 900 },
    message_count: { minimum: 0, maximum: 500 },
    file_size: { minimum: 1, maximum: 5_000_000 },
    response_rate: { minimum: 0, maximum: 100 },
    delivery_attempts: { minimum: 0, maximum: 50 },
  },
};

/**
 * A copy of a part of the contract in which whatever is referred to stands at the place of its reference; what stands beside a
 * reference comes on top.
 *
 * @throws when a reference leads nowhere, or back to itself
 */
export function dereferenced<T>(contract: ContractDocument, part: T, above: readonly string[] = []): T {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map((entry) => dereferenced(contract, entry, above)) as T;
  const { $ref, ...own } = part as { readonly $ref?: unknown };
  const copy = Object.fromEntries(Object.entries(own).map(([key, child]) => [key, dereferenced(contract, child, above)]));
  if (typeof $ref !== "string") return copy as T;
  if (above.includes($ref)) throw new Error(`the contract: ${$ref} leads back to itself`);
  return { ...dereferenced(contract, valueAt(contract, $ref) as object, [...above, $ref]), ...copy } as T;
}
