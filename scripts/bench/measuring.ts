/** A line of the performance table. */
interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly aim?: string;
}

/** What a part of the bench found: lines of the table, and what there is to say below it. */
export interface Findings {
  readonly figures: readonly Figure[];
  readonly notes?: readonly string[];
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

/** How long a measurement may take, against how sure it is to be. */
export interface Effort {
  /** How many turns each server has, after one to warm up. */
  readonly rounds: number;
  readonly secondsPerTurn: number;
}

/** The effort of a measurement whose turns take so long that more of them would be too many. */
export function atMost(rounds: number, effort: Effort): Effort {
  return { ...effort, rounds: Math.min(rounds, effort.rounds) };
}

/** Lets each contender have its turn, round after round, after a round to warm up. Resolves with what the turns of each round measured. */
export async function takeTurns<Turns extends object>(
  { rounds }: Effort,
  contenders: { readonly [name in keyof Turns]: () => Promise<Turns[name]> },
): Promise<Turns[]> {
  const measured: Turns[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const turns = {} as Turns;
    for (const name in contenders) turns[name] = await contenders[name]();
    if (round > 0) measured.push(turns);
    console.error(`round ${round}/${rounds}: ${JSON.stringify(turns)}`);
  }
  return measured;
}

/** The middle of the values, which a few disturbed measurements do not move. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** How long an action takes, in milliseconds. */
export async function timeOf(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** Bytes that are alive after a garbage collection, in the heap and beside it. Needs --expose-gc. */
export function usedMemory(): number {
  const { gc } = globalThis as { gc?: () => void };
  if (!gc) throw new Error("run with --expose-gc");
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
