import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lawsFor, MutantRunner, runMutants } from "../../contracts/testing/mutants/runner";
import { allMutants } from "../../contracts/testing/mutants/tables/index";
import { allVariations } from "../../contracts/testing/variations/index";
import { judgeVariations } from "../../contracts/testing/variations/judge-variations";
import { drawn, judgePair } from "../../contracts/testing/variations/pairs";
import type { Findings } from "./measuring";

const HEALTHY_RUNS = 20;
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
  const { requests } = JSON.parse(readFileSync(report, "utf8")) as { requests: Record<string, number> };
  const asked = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const { score } = await runMutants({ seeds: Array.from({ length: HEALTHY_RUNS }, (_, i) => i + 1) });
  const runner = await MutantRunner.start();
  const alarms: string[] = [];
  for (const variation of allVariations) {
    const { exitCode, alarms: said } = await judgeVariations(runner, [variation]);
    if (exitCode !== 0) alarms.push(`${variation.name}: ${said.join("; ")}`);
  }
  let paired = 0;
  for (const [i, mutant] of allMutants.entries()) {
    const said = await judgePair(runner, mutant, drawn(SEED + i, mutant), lawsFor(mutant));
    if (said === (mutant.elsewhere ?? mutant.caughtBy)) paired += 1;
    else process.stderr.write(`${mutant.name}: ${said}\n`);
  }
  await runner.stop();
  for (const alarm of alarms) process.stderr.write(`${alarm}\n`);
  return {
    figures: [
      {
        what: "`linq-mock contract` against the mock, with everything allowed",
        measured: `${seconds} s, ${asked} requests`,
        aim: "under 10 s and 400",
      },
      { what: "what the contract suite is worth", measured: score, aim: "all, and none" },
      {
        what: "servers that differ in what the documents allow",
        measured: `${alarms.length} false alarms on ${allVariations.length} variations`,
        aim: "none",
      },
      {
        what: "mutants, each on five variations drawn by seed",
        measured: `${paired} of ${allMutants.length} caught, with the right check first`,
        aim: "all",
      },
    ],
  };
}
