import { assumptionTests } from "../../suite/assumptions/index";
import { type ContractReport, exitCodeOf } from "../../suite/report";
import type { MutantRunner } from "../mutants/runner";
import type { Variation } from "./variation";

/** What was said of a server that differs from ours and is not wrong. */
export interface VariationResult {
  readonly name: string;
  readonly exitCode: number;
  /** What was said against it: failures, and what could not be judged. */
  readonly alarms: readonly string[];
  /** The assumptions that it contradicts and that were not named. */
  readonly unnamed: readonly string[];
  /** The assumptions that were named and that the variation does not contradict. */
  readonly misnamed: readonly string[];
}

/** Asks a server that differs in these ways all at once. */
export async function judgeVariations(runner: MutantRunner, layers: readonly Variation[]): Promise<VariationResult> {
  const ids = new Set(layers.flatMap(({ contradicts }) => contradicts));
  const probed = Object.fromEntries(Object.entries(assumptionTests).filter(([id]) => ids.has(id as never)));
  const report = await runner.report(layers, { demands: "documented", probed });
  return { name: layers.map(({ name }) => name).join("; "), ...outcomeOf(report, [...ids]) };
}

export function outcomeOf(report: ContractReport, expected: readonly string[]): Omit<VariationResult, "name"> {
  const { outcomes, assumptions } = report;
  const alarms = outcomes.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive");
  const named = new Set<string>([
    ...outcomes.filter(({ verdict }) => verdict === "contradicted" || verdict === "added").flatMap((one) => one.assumptions),
    ...assumptions.filter(({ outcome }) => outcome === "contradicted").map(({ id }) => id),
  ]);
  return {
    exitCode: exitCodeOf(report, { strict: false }),
    alarms: alarms.map(({ id, verdict, reason, evidence }) => `${id}: ${verdict}: ${reason}: ${JSON.stringify(evidence)}`),
    unnamed: expected.filter((id) => !named.has(id)),
    misnamed: [...named].filter((id) => !expected.includes(id)),
  };
}
