import { MutantRunner } from "../mutants/runner";
import { allMutants } from "../mutants/tables/index";
import { areAllMutantsJudged } from "../mutants-env";
import { allVariations, stacks } from "./index";
import { judgeVariations } from "./judge-variations";
import { judgeWorld, worlds } from "./worlds";

/* What is said of servers that differ from ours in what the documents allow: nothing, or which assumption they contradict. */

const HARMLESS = { exitCode: 0, alarms: [], unnamed: [], misnamed: [] };

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

test("there are 60 at least, and no two are the same in words", () => {
  const names = allVariations.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
});

test("what a variation hides is a mutant", () => {
  const names = new Set(allMutants.map(({ name }) => name));
  expect(allVariations.flatMap(({ hides = [] }) => hides).filter((name) => !names.has(name))).toEqual([]);
});

const judged = stacks.filter((_, i) => areAllMutantsJudged || i % 2 === 0);

test.each(judged.map((layers) => [layers.map(({ name }) => name).join("; "), layers] as const))(
  "nothing fails, and what is contradicted is named: %s",
  async (name, layers) => {
    expect(await judgeVariations(runner, layers)).toEqual({ name, ...HARMLESS });
  },
);

test.each(worlds)("nothing fails: $name", async (world) => {
  expect(await judgeWorld(world)).toEqual({ name: world.name, ...HARMLESS });
});
