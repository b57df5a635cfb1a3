import { areAllMutantsJudged } from "../mutants-env";
import type { Mutant } from "./mutant";
import { lawsAbout, lawsFor, MutantRunner } from "./runner";

/**
 * Tests that the suite catches each mutant, and finds nothing in the mock itself, with each of some seeds. Judged
 * with MUTANTS=all, a mutant has to be named first of all that is said among all laws; else, by its own law alone, where that can do without others.
 */
export function testMutants(mutants: readonly Mutant[], seeds: readonly number[]): void {
  let runner: MutantRunner;

  beforeAll(async () => {
    runner = await MutantRunner.start();
  });
  afterAll(() => runner.stop());

  test.each(areAllMutantsJudged ? seeds : seeds.slice(0, 1))(
    "nothing is found in the mock itself, with the seed %d",
    async (seed) => {
      expect(await runner.run(undefined, seed)).toMatchObject({ verdict: "nothing" });
    },
  );

  test.each(mutants)("$caughtBy tells that $name", async (mutant) => {
    const alone = areAllMutantsJudged ? undefined : await runner.run(mutant, 1, lawsAbout(mutant));
    if (alone?.verdict === mutant.caughtBy) return;
    expect(await runner.run(mutant, 1, lawsFor(mutant))).toMatchObject({ verdict: mutant.caughtBy });
  });
}
