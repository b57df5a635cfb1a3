import { MutantRunner } from "../mutants/runner";
import { readingMutants } from "../mutants/tables/index";
import { testMutantsOnVariations } from "./each-mutant-on-variations";
import { judgeOnSharedServer, mutantsOnSharedServer } from "./mutant-on-variations";

testMutantsOnVariations(readingMutants);

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

test.each(mutantsOnSharedServer)("$name: it is caught where others write and each answer is new", async (mutant) => {
  expect(await judgeOnSharedServer(runner, mutant)).toBe(mutant.elsewhere ?? mutant.caughtBy);
});
