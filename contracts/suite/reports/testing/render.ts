import type { ContractReport } from "../../report";
import { jsonReport } from "../json";
import { ASKED, renderTerminal, TERMS, type TerminalOptions } from "../terminal";

/** A report as the terminal shows it, without when, by what and what is asked, and what words mean. */
export function render(
  report: ContractReport,
  { strict = false, ...options }: Partial<TerminalOptions & { strict: boolean }> = {},
): string {
  const json = jsonReport(report, { strict, showValues: false });
  const text = renderTerminal(json, { color: false, ...options });
  return text
    .replace(/,\s[-\d]+\s[:\d]+\sUTC,\slinq-mock\s[.\d]+/, "")
    .replace(`${ASKED}\n`, "")
    .replace(`${TERMS}\n`, "");
}
