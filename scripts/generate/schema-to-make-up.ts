import type { Schema } from "./contract-document";
import { plausibleFields, plausibleFormats } from "./plausible-values";

/** What a generator knows of the answer around a schema. */
interface Surroundings {
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
export function schemaToMakeUp(schema: Schema, surroundings: Surroundings): Schema {
  const { type, oneOf } = schema;
  if (Array.isArray(oneOf)) return { oneOf: oneOf.map((branch: Schema) => schemaToMakeUp(branch, surroundings)) };
  if ("const" in schema) return { const: schema["const"] };
  if (Array.isArray(type)) {
    return { oneOf: type.map((one: string) => schemaToMakeUp({ ...schema, type: one }, surroundings)) };
  }
  const make = makers[String(type)];
  if (!make) throw new Error(`there is no way to make up ${JSON.stringify(schema)}`);
  return { type, ...make(schema, surroundings) };
}

const makers: Readonly<Record<string, (schema: Schema, surroundings: Surroundings) => Schema>> = {
  null: () => ({}),
  boolean: () => ({}),
  string: makeUpString,
  integer: makeUpInteger,
  array: makeUpArray,
  object: makeUpObject,
};

function makeUpString({ enum: values, format, pattern }: Schema, { field = "" }: Surroundings): Schema {
  if (values !== undefined) return { enum: values };
  if (format === undefined) return pattern === undefined ? (plausibleFields.string[field] ?? {}) : { pattern };
  const plausible = plausibleFormats[String(format)];
  if (!plausible) throw new Error(`there is no way to make up a string in the format ${format}`);
  return plausible;
}

/** An error says its status again. */
function makeUpInteger({ minimum, maximum }: Schema, { field = "", status }: Surroundings): Schema {
  if (field === "status") return { const: status };
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...plausibleFields.integer[field],
  };
}

function makeUpArray({ items, minItems, maxItems }: Schema, { status }: Surroundings): Schema {
  if (maxItems === 0) return { const: [] };
  if (maxItems !== undefined) throw new Error("there is no way to make up a list that ends");
  return { ...(minItems !== undefined && { minItems }), items: schemaToMakeUp(items as Schema, { status }) };
}

function makeUpObject({ properties, required }: Schema, { status }: Surroundings): Schema {
  const fields = Object.entries(properties as Readonly<Record<string, Schema>>);
  return {
    required,
    properties: Object.fromEntries(fields.map(([field, schema]) => [field, schemaToMakeUp(schema, { status, field })])),
    additionalProperties: false,
  };
}
