import type { ContractReport } from "../../report";
import { jsonReport } from "../json";
import { renderTerminal, type TerminalOptions } from "../terminal";

/** A report as the terminal shows it. */
export function render(
  report: ContractReport,
  { strict = false, ...options }: Partial<TerminalOptions & { strict: boolean }> = {},
): string {
  return renderTerminal(jsonReport(report, { strict, showValues: false }), { color: false, ...options });
}
