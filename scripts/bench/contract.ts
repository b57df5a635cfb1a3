import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runMutants } from "../../contracts/testing/mutants/runner";
import type { Findings } from "./measuring";

const HEALTHY_RUNS = 20;

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
  return {
    figures: [
      {
        what: "`linq-mock contract` against the mock, with everything allowed",
        measured: `${seconds} s, ${asked} requests`,
        aim: "under 10 s and 400",
      },
      { what: "what the contract suite is worth", measured: score, aim: "all, and none" },
    ],
  };
}
