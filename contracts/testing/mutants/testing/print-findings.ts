/** Runs the self-test with the groups of faults that are named, and prints what was told of each as JSON. */
import { faults } from "../faults/index";
import { runSelfTest } from "../self-test";
import { toldBy } from "../told-by";
import { lawsFor } from "./laws-for";

/** What is printed. */
export interface PrintedFindings {
  readonly score: string;
  /** By the name of the fault. */
  readonly told: Readonly<Record<string, string>>;
  readonly healthy: readonly string[];
}

void print();

async function print(): Promise<void> {
  const [seeds = "", ...groups] = process.argv.slice(2);
  const healthySeeds = seeds.split(",").map(Number);
  const chosen = groups.flatMap((group) => faults[group] ?? []);
  const { score, findings, healthy } = await runSelfTest({ faults: chosen, lawsFor, healthySeeds, seed: 1 });
  const told = Object.fromEntries(findings.map((finding) => [finding.fault?.name, toldBy(finding)]));
  process.stdout.write(JSON.stringify({ score, told, healthy: healthy.map(toldBy) } satisfies PrintedFindings));
}
