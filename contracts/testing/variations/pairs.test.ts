import { MutantRunner } from "../mutants/runner";
import { allMutants } from "../mutants/tables/index";
import { drawn, judgePair, judgeShared, somePaired, someShared } from "./pairs";

/* Mutants on servers that differ from ours in harmless ways, too: PAIRS=all judges each, as `.ci/run` does. */

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

const paired = process.env["PAIRS"] === "all" ? allMutants : somePaired;

test.each(paired)("$name: it is caught on five variations, too", async (mutant) => {
  expect(await judgePair(runner, mutant, drawn(1, mutant))).toBe(mutant.elsewhere ?? mutant.caughtBy);
});

test.each(someShared)("$name: it is caught where others write and each answer is new", async (mutant) => {
  expect(await judgeShared(runner, mutant)).toBe(mutant.elsewhere ?? mutant.caughtBy);
});
