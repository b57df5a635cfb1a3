import { isDeepStrictEqual } from "node:util";
import { type Fields, isRecord } from "../exchange";
import type { AssumptionId } from "../generated/v2/operations";
import { parseTimestamp } from "../timestamps";
import type { LawEvidence } from "./law-errors";

/** What holds the address of a file, wherever it stands. */
export const ADDRESSES_OF_FILES: ReadonlySet<string> = new Set(["url", "image_url"]);

/** A copy of a value without the queries of files' addresses, which stores that sign them write anew for each reading. */
export function unsigned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unsigned);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const isAddress = ADDRESSES_OF_FILES.has(key) && typeof inner === "string";
    return [key, isAddress ? inner.replace(/\?.*/s, "") : unsigned(inner)] as const;
  });
  return Object.fromEntries(entries);
}

interface Difference extends Omit<LawEvidence, "what"> {
  readonly assumptions: readonly AssumptionId[];
}

/** Where two values differ, by JSON pointers; what one has and the other lacks, where that is said only of shapes, is none. */
export function* differencesIn(received: unknown, expected: unknown, pointer: string): Generator<Difference> {
  if (isDeepStrictEqual(received, expected)) return;
  if (!isContainer(received) || !isContainer(expected) || Array.isArray(received) !== Array.isArray(expected)) {
    yield { pointer, expected, received, assumptions: formOf(received, expected) };
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(received)])) {
    const [one, other, place] = [received[key], expected[key], `${pointer}/${key}`];
    const isInBoth = key in received && key in expected;
    if (Array.isArray(received)) {
      if (isInBoth) yield* differencesIn(one, other, place);
      else yield { pointer: place, expected: other, received: one, assumptions: [] };
    } else if (isInBoth) {
      // that a field is missing or added is reported with the shape of the answer, once for all
      if (one !== undefined && other !== undefined) yield* differencesIn(one, other, place);
      else yield { pointer: place, expected: other, received: one, assumptions: ["A-always-present"] };
    }
  }
}

/** The assumptions that keep two values from being the same, said in two ways; none when they say two things. */
function formOf(received: unknown, expected: unknown): readonly AssumptionId[] {
  const isNothing = (value: unknown): boolean => value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (isNothing(received) && isNothing(expected)) return ["A-contact-empty"];
  if (typeof received !== "string" || typeof expected !== "string") return [];
  const [one, other] = [received, expected].map((time) => Math.floor(parseTimestamp(time) / 1000));
  return one === other ? ["A-time-form"] : [];
}

function isContainer(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}
