import { type Content, type ParameterObject, resolve, type SchemaObject } from "./contract-document";
import { BANNER } from "./modules";

/** What the mock needs to know of each call of its own API at run time. */
export function controlCallsModule(document: ControlDocument): string {
  const table = Object.fromEntries(
    controlCallsOf(document).map(({ id, method, path, query, takesBody: body, fields }) => [
      id,
      {
        method,
        path,
        query: Object.fromEntries(query.map(({ name, schema }) => [name, schema["type"] === "integer" ? "integer" : "string"])),
        body,
        bodyFields: fields.map(({ name }) => name),
        required: fields.filter(({ required }) => required).map(({ name }) => name),
      },
    ]),
  );
  return `${BANNER}
export const controlCalls = ${JSON.stringify(table, null, 2)} as const;

export type ControlId = keyof typeof controlCalls;
`;
}

/** The parts of the control API's OpenAPI document that the generators read. */
export interface ControlDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ControlOperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly parameters: Readonly<Record<string, ParameterObject>>;
  };
}

interface ControlOperationObject {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (ParameterObject | { readonly $ref: string })[];
  readonly requestBody?: { readonly content: Content; readonly required?: boolean };
}

/** One call of the control API with its references resolved. */
interface ControlCallObject {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly query: readonly ParameterObject[];
  readonly pathParameters: readonly ParameterObject[];
  readonly body: Content | undefined;
  readonly takesBody: false | "optional" | "required" | "file";
  /** At the top of the body. */
  readonly fields: readonly { readonly name: string; readonly required: boolean }[];
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
        summary: operation.summary,
        description: operation.description,
        query: parameters.filter((parameter) => parameter.in === "query"),
        pathParameters: parameters.filter((parameter) => parameter.in === "path"),
        body: operation.requestBody?.content,
        takesBody: takesBody(operation),
        fields: fieldsOf(components.schemas, operation.requestBody?.content["application/json"]?.schema),
      };
    }),
  );
}

/** What comes in no JSON is a file. */
function takesBody({ requestBody }: ControlOperationObject): ControlCallObject["takesBody"] {
  if (!requestBody) return false;
  if (!requestBody.content["application/json"]) return "file";
  return requestBody.required ? "required" : "optional";
}

function fieldsOf(schemas: ControlDocument["components"]["schemas"], schema: SchemaObject = {}): ControlCallObject["fields"] {
  const { properties = {}, required = [] } = resolve(schemas, schema) as { properties?: object; required?: readonly string[] };
  return Object.keys(properties).map((name) => ({ name, required: required.includes(name) }));
}
