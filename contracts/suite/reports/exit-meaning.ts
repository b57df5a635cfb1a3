import { type ContractReport, type ExitCode, exitCodeOf } from "../report";
import type { ReportContext } from "./report-context";

const MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: "everything that was asked holds",
  1: "the contract is broken, or something was left behind",
  2: "something could not be judged",
};

/** What the run exits with, and what that means: `0: everything that was asked holds`. */
export function exitMeaning(report: ContractReport, { strict }: Pick<ReportContext, "strict">): string {
  const code = exitCodeOf(report, { strict });
  return `${code}: ${MEANINGS[code]}`;
}
