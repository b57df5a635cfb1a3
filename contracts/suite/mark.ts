import { randomBytes } from "node:crypto";

/** What everything starts with that a run makes, so that it can be told from what people have made. */
export const MARK = "linq-mock-contract";

/** A word of letters that no other run has. */
export function newMark(): string {
  const letters = Array.from(randomBytes(10), (byte) => String.fromCharCode(97 + (byte % 26)));
  return `${MARK}-${letters.join("")}`;
}

/** The n-th word of a run, of letters. */
export function numbered(mark: string, n: number): string {
  const digits = String(n).replaceAll(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
  return `${mark}-${digits}`;
}
