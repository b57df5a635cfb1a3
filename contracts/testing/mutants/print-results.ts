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

/** Laws that read for a mutant that one of them names, and others for the others; no law that comes after the one that names it. */
function lawsFor({ caughtBy }: Mutant): readonly Law[] {
  const [check, name = ""] = caughtBy.split("-");
  if (check !== "law") return kindOf[name as OperationId] === "read" ? laws.filter(isReading) : laws;
  const naming = laws.find(({ number }) => number === Number(name));
  return laws.filter((law) => naming && isReading(law) === isReading(naming) && law.number <= naming.number);
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
