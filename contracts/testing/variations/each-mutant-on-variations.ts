import type { Mutant } from "../mutants/mutant";
import { lawsAbout, MutantRunner } from "../mutants/runner";
import { areAllMutantsJudged } from "../mutants-env";
import { drawVariations, judgeOnVariations, mutantsOfEveryRun } from "./mutant-on-variations";

/** Tests that mutants are caught on servers that differ from ours in harmless ways, too. */
export function testMutantsOnVariations(mutants: readonly Mutant[]): void {
  let runner: MutantRunner;

  beforeAll(async () => {
    runner = await MutantRunner.start();
  });
  afterAll(() => runner.stop());

  const paired = mutants.filter((mutant) => areAllMutantsJudged || mutantsOfEveryRun.includes(mutant));

  test.each(paired)("$name: it is caught on five variations, too", async (mutant) => {
    const wanted = mutant.elsewhere ?? mutant.caughtBy;
    const layers = drawVariations(1, mutant);
    const alone = areAllMutantsJudged
      ? undefined
      : await judgeOnVariations(runner, mutant, layers, { asked: lawsAbout(mutant) });
    if (alone !== wanted) expect(await judgeOnVariations(runner, mutant, layers)).toBe(wanted);
  });
}
