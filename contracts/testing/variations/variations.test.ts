import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { allMutants } from "../mutants/tables/index";
import { allVariations, stacks } from "./index";
import { somePaired, someShared } from "./pairs";
import type { PrintedVariations } from "./print-results";
import { worlds } from "./worlds";

/* What is said of servers that differ from ours in what the documents allow: nothing, or which assumption they contradict. */

jest.setTimeout(600_000);

let printed: PrintedVariations;

/** In a process of its own, where it takes half the time. `npm run bench -- --only contract` judges each by itself. */
beforeAll(async () => {
  const args = ["--import", "tsx", join(__dirname, "print-results.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 10_000_000 });
  printed = JSON.parse(stdout) as PrintedVariations;
});

test("there are 60 at least, and no two are the same in words", () => {
  const names = allVariations.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
});

test("what a variation hides is a mutant", () => {
  const names = new Set(allMutants.map(({ name }) => name));
  expect(allVariations.flatMap(({ hides = [] }) => hides).filter((name) => !names.has(name))).toEqual([]);
});

test.each([...stacks.map((layers) => layers.map(({ name }) => name).join("; ")), ...worlds.map(({ name }) => name)])(
  "nothing fails, and what is contradicted is named: %s",
  (name) => {
    expect(printed.results.find((result) => result.name === name)).toEqual({
      name,
      exitCode: 0,
      alarms: [],
      unnamed: [],
      misnamed: [],
    });
  },
);

test.each(somePaired)("$name: it is caught on five variations, too", ({ name, caughtBy, elsewhere = caughtBy }) => {
  expect(printed.pairs[name]).toBe(elsewhere);
});

test.each(someShared)(
  "$name: it is caught where others write and each answer is new",
  ({ name, caughtBy, elsewhere = caughtBy }) => {
    expect(printed.shared[name]).toBe(elsewhere);
  },
);
