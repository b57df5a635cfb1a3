import { MutantRunner } from "../mutants/runner";
import { readingMutants } from "../mutants/tables/index";
import { testPairs } from "./each-pair";
import { judgeShared, someShared } from "./pairs";

testPairs(readingMutants);

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

test.each(someShared)("$name: it is caught where others write and each answer is new", async (mutant) => {
  expect(await judgeShared(runner, mutant)).toBe(mutant.elsewhere ?? mutant.caughtBy);
});
