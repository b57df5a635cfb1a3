import { isDeepStrictEqual } from "node:util";
import type { ExchangeResponse } from "../../exchange";

/** Where two answers differ first, and how. */
export interface AnswerDifference {
  readonly pointer: string;
  readonly target: unknown;
  readonly mock: unknown;
  /** What kind of difference it is. */
  readonly sort: "status" | "order" | "entries" | "value";
}

/** How an error is worded is assumed (A-error-wording), and when something was delivered last depends on who was listening. */
const UNEQUAL_ANYWAY = new Set(["detail", "title", "code", "message", "error_code", "last_delivered_at", "delivery_attempts"]);

/** The first difference between what a target and a mock have answered; undefined when there is none that means something. */
export function firstDifference(target: ExchangeResponse, mock: ExchangeResponse): AnswerDifference | undefined {
  if (target.status !== mock.status) return { pointer: "status", target: target.status, mock: mock.status, sort: "status" };
  return target.status < 400 ? differenceIn(target.body, mock.body, "") : undefined;
}

function differenceIn(target: unknown, mock: unknown, pointer: string): AnswerDifference | undefined {
  if (isDeepStrictEqual(target, mock)) return undefined;
  if (Array.isArray(target) && Array.isArray(mock)) return differenceInLists(target, mock, pointer);
  if (isRecord(target) && isRecord(mock)) {
    for (const key of new Set([...Object.keys(mock), ...Object.keys(target)])) {
      if (UNEQUAL_ANYWAY.has(key)) continue;
      const found = differenceIn(target[key], mock[key], `${pointer}/${key}`);
      if (found) return found;
    }
    return undefined;
  }
  return { pointer, target, mock, sort: "value" };
}

/** The same entries in another order are another thing than other entries. */
function differenceInLists(
  target: readonly unknown[],
  mock: readonly unknown[],
  pointer: string,
): AnswerDifference | undefined {
  const [ids, expected] = [idsOf(target), idsOf(mock)];
  if (!ids || !expected) {
    if (target.length !== mock.length) return { pointer, target: target.length, mock: mock.length, sort: "entries" };
  } else if (!isDeepStrictEqual([...ids].sort(byNumber), [...expected].sort(byNumber))) {
    return { pointer, target: ids, mock: expected, sort: "entries" };
  } else if (!isDeepStrictEqual(ids, expected)) {
    return { pointer, target: ids, mock: expected, sort: "order" };
  }
  for (const [i, entry] of target.entries()) {
    const found = differenceIn(entry, mock[i], `${pointer}/${i}`);
    if (found) return found;
  }
  return undefined;
}

function idsOf(list: readonly unknown[]): number[] | undefined {
  const ids = list.map((entry) => (isRecord(entry) && typeof entry["id"] === "number" ? entry["id"] : undefined));
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
