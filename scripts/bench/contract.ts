import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KINDS } from "../../contracts/client/request-kinds";
import { isRecord } from "../../contracts/exchange";
import { type JsonReport, jsonReport } from "../../contracts/suite/reports/json";
import { renderTerminal } from "../../contracts/suite/reports/terminal";
import type { Alteration } from "../../contracts/testing/mutants/mutant";
import { MutantRunner, runMutants } from "../../contracts/testing/mutants/runner";
import { allMutants } from "../../contracts/testing/mutants/tables/index";
import { allVariations } from "../../contracts/testing/variations/index";
import { judgeVariations } from "../../contracts/testing/variations/judge-variations";
import { drawVariations, judgeOnVariations } from "../../contracts/testing/variations/mutant-on-variations";
import type { Findings } from "./measuring";

const HEALTHY_RUNS = 20;
const BROKEN_PLACES = [1, 5, 50];
/** What the variations are drawn by that mutants stand on. */
const SEED = 1000;

/** The contract suite against the mock: how long the command takes, how much it asks, and what it is worth. */
export async function contract(folder: string): Promise<Findings> {
  const report = join(folder, "contract.json");
  const began = performance.now();
  const { status } = spawnSync(process.execPath, ["dist/cli.js", "contract", "--report", `json=${report}`], {
    stdio: "ignore",
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (status !== 0) throw new Error(`linq-mock contract ended with ${status}`);
  const { requests, outcomes } = JSON.parse(readFileSync(report, "utf8")) as JsonReport;
  const asked = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const perKind = KINDS.map((kind) => {
    const ms = outcomes.reduce((sum, one) => sum + (one.check === "law" && one.kind === kind ? one.ms : 0), 0);
    return `${kind} ${requests[kind]} in ${(ms / 1000).toFixed(1)} s`;
  });
  const { score } = await runMutants({ seeds: Array.from({ length: HEALTHY_RUNS }, (_, i) => i + 1) });
  const runner = await MutantRunner.start();
  const alarms: string[] = [];
  for (const variation of allVariations) {
    const { exitCode, alarms: said } = await judgeVariations(runner, [variation]);
    if (exitCode !== 0) alarms.push(`${variation.name}: ${said.join("; ")}`);
  }
  let paired = 0;
  for (const [i, mutant] of allMutants.entries()) {
    const said = await judgeOnVariations(runner, mutant, drawVariations(SEED + i, mutant));
    if (said === (mutant.elsewhere ?? mutant.caughtBy)) paired += 1;
    else process.stderr.write(`${mutant.name}: ${said}\n`);
  }
  const lines: string[] = [];
  for (const count of BROKEN_PLACES) {
    const found = await runner.report([brokenIn(count)], { isShared: true });
    const shown = renderTerminal(jsonReport(found, { strict: false, showValues: false }), { color: false });
    lines.push(`${shown.trimEnd().split("\n").length} for ${count}`);
  }
  await runner.stop();
  for (const alarm of alarms) process.stderr.write(`${alarm}\n`);
  return {
    figures: [
      {
        what: "`linq-mock contract` against the mock, all allowed",
        measured: `${seconds} s, ${asked} requests`,
        aim: "under 10 s, and 400 before the newest laws",
      },
      { what: "its requests and time, by kind", measured: perKind.join("; ") },
      {
        what: "mutants (servers that are wrong in one thing) caught, each alone; false alarms on a right one",
        measured: score,
        aim: "all, and none",
      },
      {
        what: "variations (servers that differ in what the documents allow) without an alarm",
        measured: `${allVariations.length - alarms.length} of ${allVariations.length}`,
        aim: "all",
      },
      {
        what: "mutants caught, each on five variations drawn by seed",
        measured: `${paired} of ${allMutants.length}, with the right check first`,
        aim: "all",
      },
      { what: "lines of the report, by how many fields of answers are broken", measured: lines.join(", "), aim: "at most 60" },
    ],
  };
}

/** A server that answers with something else in so many fields. */
function brokenIn(count: number): Alteration {
  return {
    name: `${count} fields are broken`,
    answer: {
      every: (answer, { request, memory }) => {
        if (request.operation === "listPhoneNumbers") return; // without lines, nothing is judged
        answer.body = broken(answer.body, (field) => {
          const place = `${request.operation} ${field}`;
          if (memory.kept(place) === undefined && memory.count("places") < count) memory.first(place, true);
          return memory.kept(place) !== undefined;
        });
      },
    },
  };
}

/** A copy in which the numbers of some fields are texts, and their texts numbers. */
function broken(value: unknown, isBroken: (field: string) => boolean, field = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => broken(entry, isBroken, field));
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, broken(child, isBroken, key)]));
  if (field === "id" || value === null || !isBroken(field)) return value;
  return typeof value === "number" ? String(value) : 0;
}
