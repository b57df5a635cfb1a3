import type { Mutant } from "../mutants/mutant";
import { lawsAbout, MutantRunner } from "../mutants/runner";
import { isThorough } from "../thorough";
import { drawn, judgePair, somePaired } from "./pairs";

/** Tests that mutants are caught on servers that differ from ours in harmless ways, too. */
export function testPairs(mutants: readonly Mutant[]): void {
  let runner: MutantRunner;

  beforeAll(async () => {
    runner = await MutantRunner.start();
  });
  afterAll(() => runner.stop());

  const paired = mutants.filter((mutant) => isThorough || somePaired.includes(mutant));

  test.each(paired)("$name: it is caught on five variations, too", async (mutant) => {
    const wanted = mutant.elsewhere ?? mutant.caughtBy;
    const layers = drawn(1, mutant);
    const alone = isThorough ? undefined : await judgePair(runner, mutant, layers, { asked: lawsAbout(mutant) });
    if (alone !== wanted) expect(await judgePair(runner, mutant, layers)).toBe(wanted);
  });
}
