import type { Fault } from "../fault";
import { runSelfTest, type SelfTestReport } from "../self-test";
import { toldBy } from "../told-by";

/** How often the suite is run without a fault beside each table. */
const HEALTHY_RUNS = 10;

/** Tests that the suite catches each fault of a table, and finds nothing where there is none. */
export function testFaults(faults: readonly Fault[], { seed }: { seed: number }): void {
  jest.setTimeout(600_000);
  let report: SelfTestReport;

  beforeAll(async () => {
    report = await runSelfTest({ faults, healthyRuns: HEALTHY_RUNS, seed });
    process.stdout.write(`${report.score}\n`);
  });

  test.each(faults)("$caughtBy tells that $name", (fault) => {
    const finding = report.findings.find((candidate) => candidate.fault === fault);
    expect(finding && toldBy(finding)).toBe(fault.caughtBy);
  });

  test("nothing is found where there is no fault, whatever the seed", () => {
    expect(report.healthy.map(toldBy)).toEqual(Array.from({ length: HEALTHY_RUNS }, () => "nothing"));
  });
}
