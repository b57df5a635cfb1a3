import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ObservedFact, ObservedFacts } from "../../contracts/suite/reports/observed-facts";
import type { ContractDocument } from "./contract-document";

/** What somebody has seen on the vendor's server. */
export interface Observation extends ObservedFact {
  readonly date: string;
  /** The name of the file, which says who it was. */
  readonly file: string;
}

/**
 * What the files of a folder say, as `linq-mock contract --facts` writes them, the latest last.
 *
 * @throws when one is no such file, or is of another server than the vendor's
 */
export function observationsIn(folder: string, contract: ContractDocument): Observation[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const found = files.flatMap((file) => {
    const wrong = (reason: string): Error => new Error(`${join(folder, file)}: ${reason}`);
    const {
      linq_mock_facts: version,
      target,
      date,
      facts,
    } = JSON.parse(readFileSync(join(folder, file), "utf8")) as ObservedFacts;
    if (version !== 1) throw wrong("it was not written by linq-mock contract --facts");
    if (target !== "vendor") throw wrong("it is of another server than the vendor's; what that does is no fact");
    const unknown = facts.find(({ assumption }) => !(assumption in contract["x-assumptions"]));
    if (unknown) throw wrong(`${unknown.assumption} is in no ledger`);
    return facts.map((fact): Observation => ({ ...fact, date, file }));
  });
  return found.sort((one, other) => one.date.localeCompare(other.date) || rankOf(one) - rankOf(other));
}

/** Of what was seen on one day, what contradicts is believed. */
function rankOf({ answer }: Observation): number {
  return answer === "confirmed" ? 0 : 1;
}

/** What is to be believed of each assumption: what was seen last, unless it was seen in part. */
export function latest(observations: readonly Observation[]): Observation[] {
  const whole = observations.filter(({ partly }) => !partly);
  return [...new Map(whole.map((observation) => [observation.assumption, observation])).values()];
}
