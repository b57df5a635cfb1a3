import type { ContractReport } from "./contract-report";
import type { Verdict } from "./outcome";

/** 0: everything that was asked holds. 1: the contract is broken, or something was left behind. 2: something could not be judged. */
export type ExitCode = 0 | 1 | 2;

/** With `strict`, what the server shows and the contract does not know counts as broken. */
export function exitCodeOf({ outcomes, left }: ContractReport, { strict }: { strict: boolean }): ExitCode {
  const counts = (...verdicts: Verdict[]): boolean =>
    outcomes.some(({ verdict, known }) => !known && verdicts.includes(verdict));
  if (left.length > 0 || counts("fail") || (strict && counts("added"))) return 1;
  return counts("inconclusive") ? 2 : 0;
}
