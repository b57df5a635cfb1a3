import { Random } from "../../random";
import type { Law } from "../../suite/law";
import type { CheckOutcome } from "../../suite/report";
import { rankOf } from "../../suite/reports/findings";
import type { Mutant } from "../mutants/mutant";
import { isAbout, type MutantRunner } from "../mutants/runner";
import { allMutants } from "../mutants/tables/index";
import { allVariations } from "./index";
import type { Variation } from "./variation";

/** Those whose pairs every test run judges: whom another check tells of there, and one of each 48. `npm run bench -- --only contract` judges all. */
export const somePaired: readonly Mutant[] = allMutants.filter(({ elsewhere }, i) => elsewhere !== undefined || i % 48 === 3);

/** How many variations a mutant stands on. */
const MOST = 5;

/** Five variations, drawn by a seed, none of which keeps a mutant from being seen. */
export function drawn(seed: number, { name }: Mutant): Variation[] {
  const showing = allVariations.filter(({ hides = [] }) => !hides.includes(name));
  return new Random(seed).shuffled(showing).slice(0, MOST);
}

/**
 * What is said of a mutant that differs from our mock in other ways, too, where no more is demanded than what is documented: the check
 * that should tell of it, when it is the first that tells of anything that the variations alone do not; else what is said instead.
 */
export async function judgePair(
  runner: MutantRunner,
  mutant: Mutant,
  layers: readonly Variation[],
  asked: readonly Law[],
): Promise<string> {
  const wanted = mutant.elsewhere ?? mutant.caughtBy;
  const options = { demands: "documented" as const, asked };
  const alone = new Set((await runner.report(layers, options)).outcomes.filter(isTold).map(keyOf));
  const { outcomes } = await runner.report([mutant, ...layers], options);
  const told = outcomes.filter((outcome) => isTold(outcome) && !alone.has(keyOf(outcome))).sort(byRank);
  const [first] = told;
  if (first && isAbout(first, { caughtBy: wanted })) return wanted;
  const names = layers.map(({ name }) => name).join("; ");
  return `on ${names}: ${told.map(({ id, verdict, reason }) => `${id}: ${verdict}: ${reason}`).join("\n")}`;
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
