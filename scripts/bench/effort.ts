/** How long a measurement may take, against how sure it is to be. */
export interface Effort {
  /** How many turns each server has, after one to warm up. */
  readonly rounds: number;
  readonly secondsPerTurn: number;
}

/** For turns that take so long that more of them would be too many. */
export function atMost(rounds: number, effort: Effort): Effort {
  return { ...effort, rounds: Math.min(rounds, effort.rounds) };
}
