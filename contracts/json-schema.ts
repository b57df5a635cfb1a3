import { listed } from "./text-lists";

export type Schema = Readonly<Record<string, unknown>>;

/**
 * What a schema wants, as a short text for people: `an integer of at least 1`, `one of iMessage, SMS, RCS`. One that refers to another
 * says in `x-expected` what that wants.
 */
export function describeSchema(schema: Schema): string {
  if (typeof schema["x-expected"] === "string") return schema["x-expected"];
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) return oneOf(schema["enum"]);
  const types = [schema["type"]].flat() as string[];
  return types.map((type) => descriptions[type]?.(schema) ?? "a value that the contract allows").join(" or ");
}

/** More values than these are not all named. */
const MAX_VALUES = 40;
const NAMED_OF_MANY = 14;

function oneOf(values: readonly unknown[]): string {
  if (values.length <= MAX_VALUES) return `one of ${values.join(", ")}`;
  return `one of ${values.slice(0, NAMED_OF_MANY).join(", ")} and ${values.length - NAMED_OF_MANY} others`;
}

const descriptions: Readonly<Record<string, (schema: Schema) => string>> = {
  null: () => "null",
  boolean: () => "true or false",
  integer: (schema) => `an integer${rangeOf(schema["minimum"], schema["maximum"])}`,
  number: (schema) => `a number${rangeOf(schema["minimum"], schema["maximum"])}`,
  string: describeString,
  array: ({ minItems, maxItems }) => (maxItems === 0 ? "an empty array" : `an array${rangeOf(minItems, maxItems)}`),
  object: describeObject,
};

/** What values of a format are, where that is not its name. */
export const formats: Readonly<Record<string, string>> = { uuid: "a UUID", uri: "a URL" };

function describeString({ format, pattern, examples }: Schema): string {
  const [example] = (Array.isArray(examples) ? examples : []) as unknown[];
  if (format === "date-time") return example === undefined ? "an ISO 8601 time with its offset" : `a time such as ${example}`;
  if (typeof format === "string" && formats[format] !== undefined) return formats[format];
  if (pattern === undefined) return "a string";
  if (example !== undefined) return `a string such as ${example}`;
  return pattern === "\\S" ? "a string that is not blank" : `a string that matches ${pattern}`;
}

function describeObject({ required, anyOf }: Schema): string {
  const fields = fieldsOf(required);
  if (fields.length > 0) return `an object with ${listed(fields)}`;
  const alternatives = (Array.isArray(anyOf) ? anyOf : []).flatMap((branch: Schema) => fieldsOf(branch["required"]));
  return alternatives.length > 0 ? `an object with at least one of ${alternatives.join(", ")}` : "an object";
}

function fieldsOf(required: unknown): readonly string[] {
  return Array.isArray(required) ? required : [];
}

function rangeOf(least: unknown, most: unknown): string {
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? "" : ` of at most ${most}`;
}

/** A copy of a schema, or of a document that holds schemas, in which every object that lists its properties allows no others. */
export function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T;
  if (typeof schema !== "object" || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return (isObjectSchema(copy) ? { ...copy, additionalProperties: false } : copy) as T;
}

/** `properties` may also be the name of a field, whose schema is then no object of schemas by the name `type`. */
function isObjectSchema(schema: Record<string, unknown>): boolean {
  return schema["type"] === "object" && typeof schema["properties"] === "object" && !("additionalProperties" in schema);
}
