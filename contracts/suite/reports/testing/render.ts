import type { ContractReport } from "../../report";
import { jsonReport } from "../json";
import { ASKED, renderTerminal, type TerminalOptions } from "../terminal";

/** A report as the terminal shows it, below the line that says what a run asks. */
export function render(
  report: ContractReport,
  { strict = false, ...options }: Partial<TerminalOptions & { strict: boolean }> = {},
): string {
  const json = jsonReport(report, { strict, showValues: false });
  const text = renderTerminal(json, { color: false, ...options });
  return json.target === null ? text : text.replace(`${ASKED}\n`, "");
}
