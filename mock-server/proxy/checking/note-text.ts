import { printable } from "../../server/logger";
import type { Finding, FindingKind } from "./finding";

const SHOWN = 3;

const SAYING: Readonly<Record<FindingKind, (text: string) => string>> = {
  answer: (text) => text,
  request: (text) => text,
  added: (text) => `In the answer, ${text}.`,
  refused: (text) => `In the request, ${text}.`,
  unknown: (text) => `${text}.`,
};

/** What there is to say beside violations, as a hint. */
export function noteText(findings: readonly Finding[]): string | undefined {
  const notes = findings.filter(({ counts }) => !counts).slice(0, SHOWN);
  return notes.length === 0 ? undefined : printable(notes.map(({ kind, text }) => SAYING[kind](text)).join(" "));
}
