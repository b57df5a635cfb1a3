import { FACETS, type Facet, facets } from "./facets";
import { fieldState, type Shape } from "./shape";

/** A place in bodies of one shape, one respect in which they differ there, and in how many of them each case was seen. */
export interface Place {
  /** JSON pointer into the body, with `*` for every entry of a list. */
  readonly pointer: string;
  readonly facet: Facet;
  readonly cases: readonly { readonly name: string; readonly count: number }[];
}

/** Counts what is seen at each place of a shape. */
export class Tally {
  readonly #root: Spot;
  #bodies = 0;

  constructor(shape: Shape, shared: Readonly<Record<string, Shape>>) {
    this.#root = spotOf(shape, "", shared);
  }

  see(body: unknown): void {
    this.#bodies += 1;
    count(this.#root, body, this.#bodies);
  }

  places(): Place[] {
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

function placesOf({ pointer, respects, fields, items, branches }: Spot): Place[] {
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
