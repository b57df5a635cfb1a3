import type { OperationId } from "../generated/v2/operations";

/** The cases that a schema distinguishes; whatever else it says is left out. */
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

/** Several objects of which it is one. A field that they have in common, or not, shows which. */
export interface Union {
  readonly by: string;
  readonly branches: Readonly<Partial<Record<FieldState, { readonly name: string; readonly shape?: Shape }>>>;
}

export type FieldState = "absent" | "null" | "value";

type SharedShapes = Readonly<Record<string, Shape>>;

/** The shapes of an operation: of its request, and of what each status of success answers. */
export type OperationShapes = Readonly<Record<number, Shape>> & { readonly request?: Shape };

/** The cases of the requests and answers of an API. */
export interface ContractShapes {
  readonly shared: SharedShapes;
  readonly operations: Readonly<Record<OperationId, OperationShapes>>;
}

/** A place in bodies of one shape, one respect in which they differ there, and in how many of them each case was seen. */
export interface ShapePlace {
  /** JSON pointer into the body, with `*` for every entry of a list. */
  readonly pointer: string;
  readonly facet: Facet;
  readonly cases: readonly { readonly name: string; readonly count: number }[];
}

/** A value that stands at a place, and the number of the body that it stands in. */
interface Found {
  readonly value: unknown;
  readonly body: number;
}

/** Counts what is seen at each place of a shape. */
export function placesIn(shape: Shape, shared: SharedShapes, bodies: readonly unknown[]): ShapePlace[] {
  const found = bodies.map((value, body) => ({ value, body }));
  return placesAt("", shape, shared, found);
}

function placesAt(pointer: string, given: Shape, shared: SharedShapes, found: readonly Found[]): ShapePlace[] {
  const shape = resolved(given, shared);
  const { fields = {}, items, union } = shape;
  const objects = found.flatMap(({ value, body }) => (isObject(value) ? [{ value, body }] : []));
  const branches = Object.entries(union?.branches ?? {}).flatMap(([state, branch]) => {
    const own = objects.filter(({ value }) => union && fieldState(value, union.by) === state);
    return placesAt(pointer, branch.shape ?? {}, shared, own);
  });
  const inFields = Object.entries(fields).flatMap(([name, field]) => {
    const values = objects.map(({ value, body }) => ({ value: Reflect.get(value, name), body }));
    return placesAt(`${pointer}/${name}`, field, shared, values);
  });
  const entries = found.flatMap(({ value, body }) =>
    Array.isArray(value) ? value.map((entry: unknown) => ({ value: entry, body })) : [],
  );
  const inItems = items ? placesAt(`${pointer}/*`, items, shared, entries) : [];
  return [...FACETS.flatMap((facet) => placeOf(pointer, facet, shape, found) ?? []), ...branches, ...inFields, ...inItems];
}

function resolved({ ref, ...own }: Shape, shared: SharedShapes): Shape {
  return ref === undefined ? own : { ...resolved(shared[ref] ?? {}, shared), ...own };
}

/** In which respect values at one place differ. */
const FACETS = ["presence", "null", "branch", "value", "length"] as const;
type Facet = (typeof FACETS)[number];

/** How often each case was seen, once per body; undefined when the shape allows no more than one. */
function placeOf(pointer: string, facet: Facet, shape: Shape, found: readonly Found[]): ShapePlace | undefined {
  const names = casesOf(facet, shape);
  if (!names) return undefined;
  const seen = found.map(({ value, body }) => ({ name: caseOf(facet, value, shape), body }));
  const count = (name: string): number => new Set(seen.filter((one) => one.name === name).map(({ body }) => body)).size;
  return { pointer, facet, cases: names.map((name) => ({ name, count: count(name) })) };
}

function casesOf(facet: Facet, { optional, nullable, union, values, list }: Shape): readonly string[] | undefined {
  if (facet === "presence") return optional && ["present", "absent"];
  if (facet === "null") return nullable && ["not null", "null"];
  if (facet === "branch") return union && Object.values(union.branches).map(({ name }) => name);
  if (facet === "value") return values?.map(String);
  return list && ["not empty", "empty"];
}

/** Which of the cases a value is; undefined when it is none of them. */
function caseOf(facet: Facet, value: unknown, { union }: Shape): string | undefined {
  if (facet === "presence") return value === undefined ? "absent" : "present";
  if (facet === "null") return value === undefined ? undefined : value === null ? "null" : "not null";
  if (facet === "branch") return union && isObject(value) ? union.branches[fieldState(value, union.by)]?.name : undefined;
  if (facet === "value") return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
  if (!Array.isArray(value)) return undefined;
  return value.length === 0 ? "empty" : "not empty";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Which of several objects one is, by one of its fields. */
function fieldState(object: object, field: string): FieldState {
  const found: unknown = Reflect.get(object, field);
  if (found === undefined) return "absent";
  return found === null ? "null" : "value";
}
