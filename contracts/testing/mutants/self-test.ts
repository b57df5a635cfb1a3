import { laws } from "../../suite/checks/index";
import type { Law } from "../../suite/law";
import { Bench } from "./bench";
import type { Fault } from "./fault";
import { faults as all } from "./faults/index";
import type { Finding } from "./finding";

export interface SelfTestOptions {
  /** Default: all that there are. */
  readonly faults?: readonly Fault[];
  /** What is asked of a server with a fault. Default: every law, as without one. */
  readonly lawsFor?: (fault: Fault) => readonly Law[];
  /** What chance follows from in runs without a fault, of which there is one for each. */
  readonly healthySeeds: readonly number[];
  /** What chance follows from in each run with a fault. */
  readonly seed: number;
}

export interface SelfTestReport {
  /** One for each fault. */
  readonly findings: readonly Finding[];
  /** One for each run without a fault. */
  readonly healthy: readonly Finding[];
  /** For people: `81 of 81 seeded faults caught, 0 false alarms in 20 runs`. */
  readonly score: string;
}

/** Finds out what the suite is worth: it asks our mock without faults, and then with one fault after the other. */
export async function runSelfTest({
  faults = Object.values(all).flat(),
  lawsFor = () => laws,
  healthySeeds,
  seed,
}: SelfTestOptions): Promise<SelfTestReport> {
  const bench = await Bench.start();
  try {
    const healthy: Finding[] = [];
    for (const chosen of healthySeeds) healthy.push(await bench.run(undefined, chosen));
    const findings: Finding[] = [];
    for (const fault of faults) findings.push(await bench.run(fault, seed, lawsFor(fault)));
    return { findings, healthy, score: scoreOf(findings, healthy) };
  } finally {
    await bench.stop();
  }
}

function scoreOf(findings: readonly Finding[], healthy: readonly Finding[]): string {
  const caught = findings.filter(({ isNamed }) => isNamed).length;
  const alarms = healthy.filter(({ failed, undecided }) => failed.length + undecided.length > 0).length;
  return `${caught} of ${findings.length} seeded faults caught, ${alarms} false alarms in ${healthy.length} runs`;
}
