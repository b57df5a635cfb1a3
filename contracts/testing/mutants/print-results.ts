/** Runs the mutants of the groups that are named, and prints what was said of each as JSON. */

import { lawsFor, runMutants } from "./runner";
import { mutants } from "./tables/index";

export interface PrintedResults {
  readonly score: string;
  /** By the name of the mutant. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly ofMock: readonly string[];
}

async function print(): Promise<void> {
  const [seeds = "", ...groups] = process.argv.slice(2);
  const chosen = groups.flatMap((group) => mutants[group] ?? []);
  const { score, results, ofMock } = await runMutants({ mutants: chosen, lawsFor, seeds: seeds.split(",").map(Number) });
  const verdicts = Object.fromEntries(results.map(({ mutant, verdict }) => [mutant?.name, verdict]));
  const printed: PrintedResults = { score, verdicts, ofMock: ofMock.map(({ verdict }) => verdict) };
  process.stdout.write(JSON.stringify(printed));
}

void print();
