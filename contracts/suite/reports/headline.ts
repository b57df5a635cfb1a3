import type { ContractReport } from "../report";
import { counted } from "./html/counted";
import type { ReportContext } from "./report-context";
import { verdictCounts } from "./verdict-counts";

/** What came of a run, in one sentence. */
export function headline({ outcomes, left }: ContractReport, { strict }: Pick<ReportContext, "strict">): string {
  const { pass, fail, added, inconclusive } = verdictCounts(outcomes);
  const leftBehind = left.length > 0 ? `${counted(left.length, "thing")} could not be removed` : undefined;
  const broken = [
    fail > 0 ? counted(fail, "failure") : undefined,
    strict && added > 0 ? `${counted(added, "thing")} that the contract does not know` : undefined,
    leftBehind,
  ].filter((part) => part !== undefined);
  if (fail > 0 || (strict && added > 0)) return `The contract is broken: ${broken.join(", ")}.`;
  if (leftBehind !== undefined) return `Nothing is broken, but ${leftBehind}.`;
  if (inconclusive > 0) return `Nothing is broken, but ${counted(inconclusive, "check")} could not be judged.`;
  return pass === 0 ? "Nothing was asked." : "Everything that was asked holds.";
}
