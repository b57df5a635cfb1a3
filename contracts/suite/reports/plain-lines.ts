import type { Finding } from "./finding";
import { findingLines } from "./finding-lines";

/** What there is to say of a finding as text, a line for each fact. */
export function plainLines(finding: Finding): string[] {
  return findingLines(finding).map(([label, ...texts]) => `${label}: ${texts.join("; ")}`);
}
