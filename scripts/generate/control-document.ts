import type { Content, ParameterObject, Schema } from "./contract-document";
import { resolve } from "./contract-document";

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
