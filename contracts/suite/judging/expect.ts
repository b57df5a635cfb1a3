import { isDeepStrictEqual } from "node:util";
import type { RecordedExchange } from "../recorded-exchange";
import { Broken } from "./signals";

/** @throws Broken at the first place where two values differ */
export function expectSame(received: unknown, expected: unknown, what: string): void {
  const difference = firstDifference(received, expected, "");
  if (difference) throw new Broken({ what, ...difference });
}

/** @throws Broken when a condition does not hold; `expected` and `received` are what to show */
export function expectThat(
  condition: boolean,
  what: string,
  { expected, received, pointer = "" }: { expected: unknown; received: unknown; pointer?: string },
): void {
  if (!condition) throw new Broken({ what, pointer, expected, received });
}

/** @throws Broken when an answer has none of the statuses, or of the class: `4xx` */
export function expectStatus({ request, response }: RecordedExchange, expected: number | "4xx", what?: string): void {
  const { status } = response;
  if (expected === "4xx" ? status >= 400 && status < 500 : status === expected) return;
  const [path] = request.path.split("?");
  throw new Broken({ what: what ?? `the status of ${request.method} ${path}`, pointer: "status", expected, received: status });
}

function firstDifference(received: unknown, expected: unknown, pointer: string): Difference | undefined {
  if (isDeepStrictEqual(received, expected)) return undefined;
  if (isContainer(received) && isContainer(expected) && Array.isArray(received) === Array.isArray(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(received)])) {
      const found = firstDifference(received[key], expected[key], `${pointer}/${key}`);
      if (found) return found;
    }
  }
  return { pointer, expected, received };
}

interface Difference {
  readonly pointer: string;
  readonly expected: unknown;
  readonly received: unknown;
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
