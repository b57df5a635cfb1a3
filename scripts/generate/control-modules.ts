import { BANNER } from "./banner";
import { type ControlDocument, controlCallsOf } from "./control-document";

/** What the mock needs to know of each call of its own API at run time. */
export function controlCallsModule(document: ControlDocument): string {
  const table = Object.fromEntries(
    controlCallsOf(document).map(({ id, method, path, query, body, fields }) => [
      id,
      {
        method,
        path,
        query: Object.fromEntries(query.map(({ name, schema }) => [name, schema["type"] === "integer" ? "integer" : "string"])),
        body: body !== undefined,
        bodyFields: fields.map(({ name }) => name),
      },
    ]),
  );
  return `${BANNER}
export const controlCalls = ${JSON.stringify(table, null, 2)} as const;

export type ControlId = keyof typeof controlCalls;
`;
}
