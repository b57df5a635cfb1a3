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
