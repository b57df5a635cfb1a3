import { Random } from "../../random";
import { laws } from "../../suite/checks/index";
import type { CheckOutcome } from "../../suite/report";
import { rankOf } from "../../suite/reports/findings";
import type { Mutant } from "../mutants/mutant";
import { isAbout, isReading, lawsFor, type MutantRunner, type RunOptions } from "../mutants/runner";
import { allMutants } from "../mutants/tables/index";
import { ID_OF_REQUEST } from "./answers";
import { allVariations } from "./index";
import type { Variation } from "./variation";

/** The mutants that every run of the tests judges on variations: those that another check tells of there, and one of each 48. */
export const mutantsOfEveryRun: readonly Mutant[] = allMutants.filter(
  ({ elsewhere }, i) => elsewhere !== undefined || i % 48 === 3,
);

/** The law that reading changes nothing: what does not hold when it is asked again may have been somebody else's doing. */
const READING_TWICE = 23;

/** One mutant for each law that reads, to be judged on a server that others use, where a law is asked again and what it has read is read again. */
export const mutantsOnSharedServer: readonly Mutant[] = laws
  .filter((law) => isReading(law) && law.number !== READING_TWICE)
  .flatMap((law) => allMutants.find(({ caughtBy }) => caughtBy === `law-${law.number}`) ?? []);

/** How many variations a mutant stands on. */
const MOST = 5;

/** Five variations, drawn by a seed, none of which keeps a mutant from being seen. */
export function drawVariations(seed: number, { name }: Mutant): Variation[] {
  const showing = allVariations.filter(({ hides = [] }) => !hides.includes(name));
  return new Random(seed).shuffled(showing).slice(0, MOST);
}

/**
 * What is said of a mutant that differs from our mock in other ways, too, where no more is demanded than what is documented: the check
 * that should tell of it, when it is the first that tells of anything that the variations alone do not; else what is said instead.
 */
export async function judgeOnVariations(
  runner: MutantRunner,
  mutant: Mutant,
  layers: readonly Variation[],
  { asked = lawsFor(mutant), isShared = false }: Pick<RunOptions, "asked" | "isShared"> = {},
): Promise<string> {
  const wanted = mutant.elsewhere ?? mutant.caughtBy;
  const options = { demands: "documented" as const, asked, isShared };
  const alone = new Set((await runner.report(layers, options)).outcomes.filter(isTold).map(keyOf));
  const { outcomes } = await runner.report([mutant, ...layers], options);
  const told = outcomes.filter((outcome) => isTold(outcome) && !alone.has(keyOf(outcome))).sort(byRank);
  const [first] = told;
  if (first && isAbout(first, { caughtBy: wanted })) return wanted;
  const names = layers.map(({ name }) => name).join("; ");
  return `on ${names}: ${told.map(({ id, verdict, reason }) => `${id}: ${verdict}: ${reason}`).join("\n")}`;
}

/** What is said of a mutant on a server that others use, and whose answers all differ in what the contract does not know. */
export async function judgeOnSharedServer(runner: MutantRunner, mutant: Mutant): Promise<string> {
  const asked = laws.filter(({ number }) => mutant.caughtBy === `law-${number}`);
  const layers = allVariations.filter(({ name }) => name === ID_OF_REQUEST);
  return judgeOnVariations(runner, mutant, layers, { asked, isShared: true });
}

function isTold({ verdict }: CheckOutcome): boolean {
  return verdict === "fail" || verdict === "contradicted" || verdict === "added";
}

/** What a law stumbles over is no matter of its own. */
function keyOf({ id, verdict, assumptions, evidence }: CheckOutcome): string {
  return `${id} ${verdict} ${evidence ? assumptions.join() : ""}`;
}

function byRank(one: CheckOutcome, other: CheckOutcome): number {
  const severity = ({ verdict }: CheckOutcome): number => ["fail", "contradicted", "added"].indexOf(verdict);
  return severity(one) - severity(other) || rankOf(one) - rankOf(other);
}
