import { amount, printable } from "../../server/logger";
import type { Finding } from "./finding";

const SHOWN = 3;

/** The violations of an exchange in one line, for a header and the log: `2 violations: /data/id is missing; ...`. Undefined when there are none. */
export function violationText(findings: readonly Finding[]): string | undefined {
  const violations = findings.filter(({ counts }) => counts);
  if (violations.length === 0) return undefined;
  const shown = violations.slice(0, SHOWN).map(({ kind, text }) => (kind === "request" ? `in the request, ${text}` : text));
  const more = violations.length > SHOWN ? ["..."] : [];
  return printable(`${amount(violations.length, "violation")}: ${[...shown, ...more].join("; ")}`);
}
