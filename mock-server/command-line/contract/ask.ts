import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TargetError, TokenRefused } from "../../../contracts/client/errors";
import { type HarReport, leftOut, reportOfHar } from "../../../contracts/har/report-of-har";
import { applyBaseline, readBaseline } from "../../../contracts/suite/baseline";
import { sweep } from "../../../contracts/suite/cleanup/sweep";
import { compareWithMock } from "../../../contracts/suite/compare";
import type { ContractOptions } from "../../../contracts/suite/options";
import type { ContractReport, Difference, KnownDeviation } from "../../../contracts/suite/report";
import { jsonReport } from "../../../contracts/suite/reports/json";
import { observedFacts } from "../../../contracts/suite/reports/observed-facts";
import { renderTerminal } from "../../../contracts/suite/reports/terminal";
import { runContract } from "../../../contracts/suite/run";
import { CONTRACT_LINES, contractWorld } from "../../../fixtures/contract-world";
import { pullFixture } from "../../../fixtures/pull/pull";
import { startMockServer } from "../../server/start-mock-server";
import { readText, readToken } from "../input";
import { ProgressLine } from "../progress-line";
import type { ContractFlags } from "./command";
import { describePlan, optionsOf, requireSensible } from "./plan";
import { explainRefusedToken } from "./refused-token";
import { contractLines, type OpenReports, openReports, requireWritable, writeWhole } from "./reports";

const DAY = "yyyy-mm-dd".length;

/** Asks a server, or reads a recording, and says what was found. Sets the exit code: 0, 1 when the contract is broken, 2 when it cannot be judged. */
export async function askContract(flags: ContractFlags): Promise<void> {
  requireSensible(flags);
  if (flags.dryRun) process.stdout.write(describePlan(flags));
  else if (flags.sweep) await sweepTarget(flags);
  else await judge(flags);
}

async function judge(flags: ContractFlags): Promise<void> {
  const { baseline: file, facts } = flags;
  const baseline = file === undefined ? [] : readBaseline(readText(file), file);
  const reports = openReports(flags.report);
  if (facts !== undefined) requireWritable(facts);
  try {
    await reportTo(reports, baseline, flags);
  } catch (error) {
    if (reports.noneWritten !== undefined) process.stderr.write(`${reports.noneWritten}\n`);
    throw error;
  }
}

async function reportTo(reports: OpenReports, baseline: readonly KnownDeviation[], flags: ContractFlags): Promise<void> {
  const { strict = false, showValues = false, facts, target, har } = flags;
  const token = target === undefined ? "" : await readToken(flags);
  const recording = har === undefined ? undefined : reportOfHar(readText(har), har);
  const report = recording ?? (await run(flags, token));
  if (facts !== undefined) {
    const settled = observedFacts(recording ? asRun(recording, har ?? "") : report, { token });
    writeWhole(facts, `${JSON.stringify(settled, null, 2)}\n`);
  }
  const judged = { ...report, outcomes: applyBaseline(report.outcomes, baseline, report.startedAt.slice(0, DAY)) };
  const shown = jsonReport(judged, { token, strict, showValues });
  reports.write(shown, contractLines());
  const out = reports.useStdout ? process.stderr : process.stdout;
  const color = out.isTTY === true && !process.env["NO_COLOR"];
  out.write(renderTerminal(shown, { color, width: out.columns, lines: flags.lines, file: reports.file }));
  const others = recording && leftOut(recording);
  if (others !== undefined) out.write(`${others}\n`);
  process.exitCode = shown.exit_code;
}

/** A recording as a run of that server on that day. @throws TargetError when it does not tell of which */
function asRun(recording: HarReport, name: string): ContractReport {
  const { source } = recording;
  if (source) return { ...recording, target: source.origin, startedAt: source.date };
  throw new TargetError(
    `${name} makes no facts: its calls went to several servers, or it does not tell when; record those of one.`,
  );
}

async function run(flags: ContractFlags, token: string): Promise<ContractReport> {
  const progress = new ProgressLine();
  let done = 0;
  const onProgress = (now: number, total: number): void => {
    done = now;
    progress.show("checks", now, total);
  };
  try {
    if (flags.target === undefined) {
      return await withOwnMock((mock) => runContract({ ...mock, isOwnMock: true, seed: flags.seed, onProgress }));
    }
    const options = { ...optionsOf(flags, flags.target, token), onProgress, signal: firstSignal() };
    const report = await runContract(options);
    if (flags.against === undefined) return report;
    return { ...report, differences: await compareWithLoadedMock(report, options) };
  } catch (error) {
    throw error instanceof TokenRefused ? explainRefusedToken(error, { token, tokenStdin: flags.tokenStdin, done }) : error;
  } finally {
    progress.end();
  }
}

async function sweepTarget(flags: ContractFlags): Promise<void> {
  const options = optionsOf(flags, flags.target ?? "", await readToken(flags));
  const { removed, left } = await sweep({ ...options, signal: firstSignal() });
  process.stdout.write(`Removed ${removed}, left ${left.length}.\n`);
  for (const { undo } of left)
    process.stdout.write(`Could not be ${undo.method === "GET" ? "looked through" : "undone"}: ${undo.method} ${undo.path}\n`);
  if (existsSync(flags.ledger))
    process.stdout.write(`Sweep again later; or remove by hand what stays, then ${flags.ledger}.\n`);
  process.exitCode = left.length > 0 ? 1 : 0;
}

/** The first signal ends a run in order, the second at once. */
function firstSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stopping.abort());
  for (const out of [process.stdout, process.stderr]) out.on("error", () => undefined); // a terminal that has gone reads nothing more
  return stopping.signal;
}

const OWN_TOKEN = "contract";

/** Does something with a mock of its own, and stops it. */
async function withOwnMock<T>(
  use: (mock: { target: string; token: string; line: string; spareLine: string }) => Promise<T>,
): Promise<T> {
  const mock = await startMockServer({ fixtures: contractWorld(), tokens: [OWN_TOKEN] });
  try {
    return await use({ target: mock.url, token: OWN_TOKEN, ...CONTRACT_LINES });
  } finally {
    await mock.stop();
  }
}

/** Reads the account from the target, as it is, into a mock of its own, and compares the two. Nothing of it is kept. */
async function compareWithLoadedMock(
  report: ContractReport,
  { target, token, rate, signal }: ContractOptions,
): Promise<Difference[]> {
  if (report.line === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), "linq-mock-contract-"));
  try {
    const { document } = await pullFixture({
      target,
      token,
      out: join(folder, "account.json"),
      anonymize: false,
      ...(rate !== undefined && { rate }),
      ...(signal && { signal }),
    });
    const mock = await startMockServer({ fixtures: document, tokens: [OWN_TOKEN] });
    return await compareWithMock(report, { target: mock.url, token: OWN_TOKEN }).finally(() => mock.stop());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
