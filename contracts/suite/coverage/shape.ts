import type { OperationId } from "../../generated/v2/operations";

/** What can be told apart in a value that follows a schema; whatever else the schema says is left out. */
export interface Shape {
  /** The name of a shared shape, which this one adds to. */
  readonly ref?: string;
  /** A field that may be absent. */
  readonly optional?: true;
  readonly nullable?: true;
  /** The values that are listed for it. */
  readonly values?: readonly (string | boolean)[];
  /** A list that may be empty, and may be not. */
  readonly list?: true;
  readonly items?: Shape;
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly union?: Union;
}

/** Several objects of which it is one. A field that they have in common, or not, tells which. */
export interface Union {
  readonly by: string;
  readonly branches: Readonly<Partial<Record<FieldState, { readonly name: string; readonly shape?: Shape }>>>;
}

export type FieldState = "absent" | "null" | "value";

/** The shapes of an operation: of what is asked, and of what each status of success answers. */
export type OperationShapes = Readonly<Record<number, Shape>> & { readonly request?: Shape };

/** All that can be told apart in what an API asks and answers. */
export interface ContractShapes {
  readonly shared: Readonly<Record<string, Shape>>;
  readonly operations: Readonly<Record<OperationId, OperationShapes>>;
}

/** Which of several objects one is, by one of its fields. */
export function fieldState(object: object, field: string): FieldState {
  const found: unknown = Reflect.get(object, field);
  if (found === undefined) return "absent";
  return found === null ? "null" : "value";
}
