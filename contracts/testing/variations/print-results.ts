/** Judges the stacks of variations, the worlds and some mutants on variations, and prints what was said as JSON. */

import { MutantRunner } from "../mutants/runner";
import { stacks } from "./index";
import { judgeVariations, type VariationResult } from "./judge-variations";
import { drawn, judgePair, judgeShared, somePaired, someShared } from "./pairs";
import { judgeWorld, worlds } from "./worlds";

export interface PrintedVariations {
  readonly results: readonly VariationResult[];
  /** What was said of mutants on variations, by their names. */
  readonly pairs: Readonly<Record<string, string>>;
  /** The same of those on a server that others use. */
  readonly shared: Readonly<Record<string, string>>;
}

async function print(): Promise<void> {
  const results: VariationResult[] = [];
  const runner = await MutantRunner.start();
  for (const layers of stacks) results.push(await judgeVariations(runner, layers));
  const pairs: Record<string, string> = {};
  for (const mutant of somePaired) pairs[mutant.name] = await judgePair(runner, mutant, drawn(1, mutant));
  const shared: Record<string, string> = {};
  for (const mutant of someShared) shared[mutant.name] = await judgeShared(runner, mutant);
  await runner.stop();
  for (const world of worlds) results.push(await judgeWorld(world));
  const printed: PrintedVariations = { results, pairs, shared };
  process.stdout.write(JSON.stringify(printed));
}

void print();
