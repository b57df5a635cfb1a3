/** How long a measurement may take, against how sure it is to be. */
export interface Effort {
  /** How many turns each server has, after one to warm up. */
  readonly rounds: number;
  readonly secondsPerTurn: number;
}
