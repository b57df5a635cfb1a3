import { lawsAbout, MutantRunner } from "../mutants/runner";
import { allMutants } from "../mutants/tables/index";
import { isThorough } from "../thorough";
import { drawn, judgePair, judgeShared, somePaired, someShared } from "./pairs";

/* Mutants on servers that differ from ours in harmless ways, too. */

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

test.each(isThorough ? allMutants : somePaired)("$name: it is caught on five variations, too", async (mutant) => {
  const wanted = mutant.elsewhere ?? mutant.caughtBy;
  const layers = drawn(1, mutant);
  const alone = isThorough ? undefined : await judgePair(runner, mutant, layers, { asked: lawsAbout(mutant) });
  if (alone !== wanted) expect(await judgePair(runner, mutant, layers)).toBe(wanted);
});

test.each(someShared)("$name: it is caught where others write and each answer is new", async (mutant) => {
  expect(await judgeShared(runner, mutant)).toBe(mutant.elsewhere ?? mutant.caughtBy);
});
