import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { allVariations, stacks } from "./index";
import type { VariationResult } from "./judge-variations";
import { worlds } from "./worlds";

/* What is said of servers that differ from ours in what the documents allow: nothing, or which assumption they contradict. */

jest.setTimeout(120_000);

let results: readonly VariationResult[];

/** In a process of its own, where it takes half the time. `npm run bench -- --only contract` judges each by itself. */
beforeAll(async () => {
  const args = ["--import", "tsx", join(__dirname, "print-results.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 10_000_000 });
  results = JSON.parse(stdout) as VariationResult[];
});

test("there are 60 at least, and no two are the same in words", () => {
  const names = allVariations.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(60);
  expect(new Set(names).size).toBe(names.length);
});

test.each([...stacks.map((layers) => layers.map(({ name }) => name).join("; ")), ...worlds.map(({ name }) => name)])(
  "nothing fails, and what is contradicted is named: %s",
  (name) => {
    expect(results.find((result) => result.name === name)).toEqual({
      name,
      exitCode: 0,
      alarms: [],
      unnamed: [],
      misnamed: [],
    });
  },
);
