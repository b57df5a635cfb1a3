import type { Effort } from "./effort";

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
