import { printable } from "../client/errors";

const LONGEST = 120;

/** A value as a line for people, cut where it gets long. */
export function snippet(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = printable(asJson(value));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "what is nested too deep to be shown"; // JSON.parse reads any depth, and JSON.stringify does not write it
  }
}
