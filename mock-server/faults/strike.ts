import { Random } from "../../contracts/random";
import type { ArmedFault } from "../world/armed-faults";

const DRAWS = 0x1_0000_0000;

/** A fault that befalls something. */
export interface Strike extends Pick<ArmedFault, "rule"> {
  /** From 0 up to 1: where in a range it lies. */
  readonly share: number;
}

/** Counts something that a rule means, and says whether the fault befalls it. The same seed gives the same each time. */
export function strike(fault: ArmedFault, seed: string): Strike | undefined {
  fault.matches += 1;
  const { rule, matches } = fault;
  const chance = new Random(matches, ...codes(seed), ...codes(rule.name));
  if (!isItsTurn(fault, chance.next() / DRAWS)) return undefined;
  fault.hits += 1;
  return { rule, share: chance.next() / DRAWS };
}

function isItsTurn({ rule: { nth, first, every, probability }, matches }: ArmedFault, draw: number): boolean {
  if (nth !== undefined) return matches === nth;
  if (first !== undefined) return matches <= first;
  if (every !== undefined) return matches % every === 0;
  return probability === undefined || draw < probability;
}

function codes(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}
