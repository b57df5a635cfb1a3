import type { OperationId } from "../generated/v2/operations";

/** A place in bodies of one shape, one respect in which they differ there, and in how many of them each case was seen. */
export interface ShapePlace {
  /** JSON pointer into the body, with `*` for every entry of a list. */
  readonly pointer: string;
  readonly facet: Facet;
  readonly cases: readonly { readonly name: string; readonly count: number }[];
}

/** Counts what is seen at each place of a shape. */
export class ShapeTally {
  readonly #root: Spot;
  #bodies = 0;

  constructor(shape: Shape, shared: Readonly<Record<string, Shape>>) {
    this.#root = spotOf(shape, "", shared);
  }

  see(body: unknown): void {
    this.#bodies += 1;
    count(this.#root, body, this.#bodies);
  }

  places(): ShapePlace[] {
    return placesOf(this.#root);
  }
}

/** A shape with its references resolved, and counters. */
interface Spot {
  readonly pointer: string;
  readonly shape: Shape;
  readonly respects: readonly { readonly facet: Facet; readonly cases: ReadonlyMap<string, Counter> }[];
  readonly fields: readonly (readonly [string, Spot])[];
  readonly items: Spot | undefined;
  readonly branches: Readonly<Record<string, Spot>>;
}

interface Counter {
  count: number;
  /** The body that was counted last, so that each counts once. */
  body: number;
}

function spotOf(given: Shape, pointer: string, shared: Readonly<Record<string, Shape>>): Spot {
  const shape = resolved(given, shared);
  const { fields = {}, items, union } = shape;
  return {
    pointer,
    shape,
    respects: FACETS.flatMap((facet) => {
      const cases = facets[facet].cases(shape);
      return cases ? [{ facet, cases: new Map(cases.map((name) => [name, { count: 0, body: 0 }])) }] : [];
    }),
    fields: Object.entries(fields).map(([name, field]) => [name, spotOf(field, `${pointer}/${name}`, shared)] as const),
    items: items && spotOf(items, `${pointer}/*`, shared),
    branches: Object.fromEntries(
      Object.entries(union?.branches ?? {}).map(([state, branch]) => [state, spotOf(branch.shape ?? {}, pointer, shared)]),
    ),
  };
}

function resolved({ ref, ...own }: Shape, shared: Readonly<Record<string, Shape>>): Shape {
  return ref === undefined ? own : { ...resolved(shared[ref] ?? {}, shared), ...own };
}

function count(spot: Spot, value: unknown, body: number): void {
  for (const { facet, cases } of spot.respects) {
    const counter = cases.get(facets[facet].caseOf(value, spot.shape) ?? "");
    if (!counter || counter.body === body) continue;
    counter.count += 1;
    counter.body = body;
  }
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (spot.items) for (const item of value) count(spot.items, item, body);
    return;
  }
  for (const [name, field] of spot.fields) count(field, Reflect.get(value, name), body);
  const branch = spot.shape.union && spot.branches[fieldState(value, spot.shape.union.by)];
  if (branch) count(branch, value, body);
}

function placesOf({ pointer, respects, fields, items, branches }: Spot): ShapePlace[] {
  return [
    ...respects.map(({ facet, cases }) => ({
      pointer,
      facet,
      cases: [...cases].map(([name, counter]) => ({ name, count: counter.count })),
    })),
    ...Object.values(branches).flatMap(placesOf),
    ...fields.flatMap(([, field]) => placesOf(field)),
    ...(items ? placesOf(items) : []),
  ];
}

/** In which respect values at one place differ. */
const FACETS = ["presence", "null", "branch", "value", "length"] as const;
type Facet = (typeof FACETS)[number];

interface FacetRule {
  /** What a shape allows, if it allows more than one. */
  cases(shape: Shape): readonly string[] | undefined;
  /** Which of them a value is; undefined when there is none, or it is none of them. */
  caseOf(value: unknown, shape: Shape): string | undefined;
}

const facets: Readonly<Record<Facet, FacetRule>> = {
  presence: {
    cases: ({ optional }) => optional && ["present", "absent"],
    caseOf: (value) => (value === undefined ? "absent" : "present"),
  },
  null: {
    cases: ({ nullable }) => nullable && ["not null", "null"],
    caseOf: (value) => (value === undefined ? undefined : nullOrNot(value)),
  },
  branch: {
    cases: ({ union }) => union && Object.values(union.branches).map(({ name }) => name),
    caseOf: (value, { union }) => (union && isObject(value) ? union.branches[fieldState(value, union.by)]?.name : undefined),
  },
  value: {
    cases: ({ values }) => values?.map(String),
    caseOf: (value) => (typeof value === "string" || typeof value === "boolean" ? String(value) : undefined),
  },
  length: {
    cases: ({ list }) => list && ["not empty", "empty"],
    caseOf: (value) => (Array.isArray(value) ? emptyOrNot(value) : undefined),
  },
};

function nullOrNot(value: unknown): string {
  return value === null ? "null" : "not null";
}

function emptyOrNot({ length }: readonly unknown[]): string {
  return length === 0 ? "empty" : "not empty";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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
function fieldState(object: object, field: string): FieldState {
  const found: unknown = Reflect.get(object, field);
  if (found === undefined) return "absent";
  return found === null ? "null" : "value";
}
