/** Judges the stacks of variations and the worlds, and prints what was said as JSON; with `each`, every variation by itself. */

import { MutantRunner } from "../mutants/runner";
import { allVariations, stacks } from "./index";
import { judgeVariations, type VariationResult } from "./judge-variations";
import { judgeWorld, worlds } from "./worlds";

async function print(): Promise<void> {
  const results: VariationResult[] = [];
  const runner = await MutantRunner.start();
  const asked = process.argv.includes("each") ? allVariations.map((variation) => [variation]) : stacks;
  for (const layers of asked) results.push(await judgeVariations(runner, layers));
  await runner.stop();
  for (const world of worlds) results.push(await judgeWorld(world));
  process.stdout.write(JSON.stringify(results));
}

void print();
