import { BANNER } from "./banner";
import type { Schema } from "./contract-document";
import { type ControlDocument, controlCallsOf } from "./control-document";

/** What the mock needs to know of each call of its own API at run time. */
export function controlCallsModule(document: ControlDocument): string {
  const table = Object.fromEntries(
    controlCallsOf(document).map(({ id, method, path, query, body }) => [
      id,
      {
        method,
        path,
        query: Object.fromEntries(query.map(({ name, schema }) => [name, schema["type"] === "integer" ? "integer" : "string"])),
        body: body !== undefined,
        bodyFields: fieldsOf(document, body?.["application/json"]?.schema),
      },
    ]),
  );
  return `${BANNER}
export const controlCalls = ${JSON.stringify(table, null, 2)} as const;

export type ControlId = keyof typeof controlCalls;
`;
}

/** The names of the fields at the top of a schema. */
function fieldsOf(document: ControlDocument, schema: Schema = {}): string[] {
  const { $ref, properties = {} } = schema as { $ref?: string; properties?: object };
  if ($ref === undefined) return Object.keys(properties);
  return fieldsOf(document, document.components.schemas[$ref.split("/").at(-1) ?? ""]);
}
