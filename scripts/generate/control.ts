import { type Content, type ParameterObject, resolve, type Schema } from "./contract-document";
import { BANNER } from "./modules";

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

/** The parts of the control API's OpenAPI document that the generators read. */
export interface ControlDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ControlOperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
  };
}

interface ControlOperationObject {
  readonly operationId: string;
  readonly parameters?: readonly (ParameterObject | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Content };
}

/** One call of the control API with its references resolved. */
interface ControlCallObject {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly ParameterObject[];
  readonly pathParameters: readonly ParameterObject[];
  readonly body: Content | undefined;
}

export function controlCallsOf({ paths, components }: ControlDocument): ControlCallObject[] {
  return Object.entries(paths).flatMap(([path, { parameters: shared, ...item }]) =>
    Object.entries(item).map(([method, operation]) => {
      const own = [...((shared ?? []) as ControlOperationObject["parameters"] & object), ...(operation.parameters ?? [])];
      const parameters = own.map((parameter) => resolve(components.parameters, parameter));
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === "query"),
        pathParameters: parameters.filter((parameter) => parameter.in === "path"),
        body: operation.requestBody?.content,
      };
    }),
  );
}
