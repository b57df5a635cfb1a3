/** Runs the mutants of the groups that are named, and prints what was said of each as JSON. */

import { kindOf } from "../../client/kinds";
import type { OperationId } from "../../generated/v2/operations";
import { laws } from "../../suite/checks/index";
import type { Law } from "../../suite/law";
import type { Mutant } from "./mutant";
import { runMutants } from "./runner";
import { mutants } from "./tables/index";

export interface PrintedResults {
  readonly score: string;
  /** By the name of the mutant. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly ofMock: readonly string[];
}

const isReading = ({ operation }: Law): boolean => kindOf[operation] === "read";

/** What is asked of a mutant: where reading shows it, the laws that read, which takes a third of the time. */
function lawsFor({ caughtBy }: Mutant): readonly Law[] {
  const [check, name = ""] = caughtBy.split("-");
  const law = laws.find(({ number }) => check === "law" && number === Number(name));
  const isSeenByReading = law ? isReading(law) : kindOf[name as OperationId] === "read";
  return isSeenByReading ? laws.filter(isReading) : laws;
}

async function print(): Promise<void> {
  const [seeds = "", ...groups] = process.argv.slice(2);
  const chosen = groups.flatMap((group) => mutants[group] ?? []);
  const { score, results, ofMock } = await runMutants({ mutants: chosen, lawsFor, seeds: seeds.split(",").map(Number) });
  const verdicts = Object.fromEntries(results.map(({ mutant, verdict }) => [mutant?.name, verdict]));
  const printed: PrintedResults = { score, verdicts, ofMock: ofMock.map(({ verdict }) => verdict) };
  process.stdout.write(JSON.stringify(printed));
}

void print();
