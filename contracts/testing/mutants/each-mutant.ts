import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PrintedResults } from "./print-results";
import { mutants } from "./tables/index";

/**
 * Tests that the suite catches each mutant of some groups, and finds nothing in the mock itself, with each of some seeds. It runs in a
 * process of its own, where it takes half the time.
 */
export function testMutants(groups: readonly (keyof typeof mutants & string)[], seeds: readonly number[]): void {
  jest.setTimeout(600_000);
  let printed: PrintedResults;

  beforeAll(async () => {
    const args = ["--import", "tsx", join(__dirname, "print-results.ts"), seeds.join(), ...groups];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    printed = JSON.parse(stdout) as PrintedResults;
    process.stdout.write(`${printed.score}\n`);
  });

  test.each(groups.flatMap((group) => mutants[group] ?? []))("$caughtBy tells that $name", ({ name, caughtBy }) => {
    expect(printed.verdicts[name]).toBe(caughtBy);
  });

  test("nothing is found in the mock itself, whatever the seed", () => {
    expect(printed.ofMock).toEqual(seeds.map(() => "nothing"));
  });
}
