import { fieldState, type Shape } from "./shape";

/** In which respect values at one place differ. */
export const FACETS = ["presence", "null", "branch", "value", "length"] as const;
export type Facet = (typeof FACETS)[number];

interface FacetRule {
  /** What a shape allows, if it allows more than one. */
  cases(shape: Shape): readonly string[] | undefined;
  /** Which of them a value is; undefined when there is none, or it is none of them. */
  caseOf(value: unknown, shape: Shape): string | undefined;
}

export const facets: Readonly<Record<Facet, FacetRule>> = {
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
