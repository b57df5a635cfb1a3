import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { faults } from "../faults/index";
import type { PrintedFindings } from "./print-findings";

/**
 * Tests that the suite catches each fault of some groups, and finds nothing where there is none, with each of some seeds. It runs in a process of its own, where
 * it takes half the time.
 */
export function testFaults(groups: readonly (keyof typeof faults & string)[], healthySeeds: readonly number[]): void {
  jest.setTimeout(600_000);
  let printed: PrintedFindings;

  beforeAll(async () => {
    const args = ["--import", "tsx", join(__dirname, "print-findings.ts"), healthySeeds.join(), ...groups];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    printed = JSON.parse(stdout) as PrintedFindings;
    process.stdout.write(`${printed.score}\n`);
  });

  test.each(groups.flatMap((group) => faults[group] ?? []))("$caughtBy tells that $name", ({ name, caughtBy }) => {
    expect(printed.told[name]).toBe(caughtBy);
  });

  test("nothing is found where there is no fault, whatever the seed", () => {
    expect(printed.healthy).toEqual(healthySeeds.map(() => "nothing"));
  });
}
