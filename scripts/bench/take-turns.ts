import type { Effort } from "./effort";

/** Lets each contender have its turn, round after round, after a round to warm up. Resolves with what the turns of each round measured. */
export async function takeTurns<K extends string>(
  { rounds }: Effort,
  contenders: Readonly<Record<K, () => Promise<number>>>,
): Promise<Record<K, number>[]> {
  const measured: Record<K, number>[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const turns = {} as Record<K, number>;
    for (const name in contenders) turns[name] = await contenders[name]();
    if (round > 0) measured.push(turns);
    console.error(`round ${round}/${rounds}: ${JSON.stringify(turns)}`);
  }
  return measured;
}
