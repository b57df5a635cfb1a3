import type * as ContractKit from "../../../contracts/suite/contract-kit";
import type { ContractReport } from "../../../contracts/suite/report";
import { CommandError } from "../command-error";
import { readText, readToken } from "../input";
import { ProgressLine } from "../progress-line";
import { compareWithLoadedMock } from "./compare-with-loaded-mock";
import type { ContractFlags } from "./contract-flags";
import { contractLines } from "./contract-lines";
import { optionsOf } from "./contract-options";
import { describePlan } from "./describe-plan";
import { requireSensible } from "./require-sensible";
import { withOwnMock } from "./with-own-mock";
import { openReports } from "./write-reports";

const DAY = "yyyy-mm-dd".length;

/** Asks a server, or reads a recording, and says what was found. Sets the exit code: 0, 1 when the contract is broken, 2 when it cannot be judged. */
export async function askContract(flags: ContractFlags): Promise<void> {
  requireSensible(flags);
  const kit = require("../../../contracts/suite/contract-kit") as typeof ContractKit; // large, and of no use to a mock
  try {
    if (flags.dryRun) process.stdout.write(describePlan(flags, kit.planOf));
    else if (flags.sweep) await sweepTarget(kit, flags);
    else await judge(kit, flags);
  } catch (error) {
    // The kit's own class is another one in its own bundle.
    throw error instanceof Error && error.name === "TargetError" ? new CommandError(error.message) : error;
  }
}

async function judge(kit: typeof ContractKit, flags: ContractFlags): Promise<void> {
  const { strict = false, showValues = false, baseline: file, target, har } = flags;
  const baseline = file === undefined ? [] : kit.readBaseline(readText(file), file);
  const reports = openReports(kit, flags.report);
  const token = target === undefined ? "" : await readToken(flags);
  const report = har !== undefined ? kit.reportOfHar(readText(har), har) : await run(kit, flags, token);
  const judged = { ...report, outcomes: kit.applyBaseline(report.outcomes, baseline, report.startedAt.slice(0, DAY)) };
  const shown = kit.jsonReport(judged, { token, strict, showValues });
  reports.write(shown, contractLines());
  const out = reports.useStdout ? process.stderr : process.stdout;
  const color = out.isTTY === true && !process.env["NO_COLOR"];
  out.write(kit.renderTerminal(shown, { color, width: out.columns }));
  process.exitCode = shown.exit_code;
}

async function run(kit: typeof ContractKit, flags: ContractFlags, token: string): Promise<ContractReport> {
  const progress = new ProgressLine();
  const onProgress = (done: number, total: number): void => progress.show("checks", done, total);
  try {
    if (flags.target === undefined) {
      return await withOwnMock((mock) => kit.runContract({ ...mock, isOwnMock: true, seed: flags.seed, onProgress }));
    }
    const options = { ...optionsOf(flags, flags.target, token), onProgress, signal: stopSignal() };
    const report = await kit.runContract(options);
    if (flags.against === undefined) return report;
    return { ...report, differences: await compareWithLoadedMock(kit, report, options) };
  } finally {
    progress.end();
  }
}

async function sweepTarget(kit: typeof ContractKit, flags: ContractFlags): Promise<void> {
  const options = optionsOf(flags, flags.target ?? "", await readToken(flags));
  const { removed, left } = await kit.sweep({ ...options, signal: stopSignal() });
  process.stdout.write(`Removed ${removed}, left ${left.length}.\n`);
  for (const { undo } of left) process.stdout.write(`Could not be undone: ${undo.method} ${undo.path}\n`);
  process.exitCode = left.length > 0 ? 1 : 0;
}

/** The first signal ends a run in order, the second at once. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
  return stopping.signal;
}
