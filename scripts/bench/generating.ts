import { atMost, type Effort } from "./effort";
import type { Findings } from "./figures";
import { GENERATED, generateWorld } from "./generated-world";
import { median } from "./statistics";
import { takeTurns } from "./take-turns";
import { timeOf } from "./time-of";

/** A large world, from starting the command to its end. */
export async function generating(folder: string, effort: Effort): Promise<Findings> {
  const rounds = await takeTurns(atMost(3, effort), { generate: () => timeOf(() => generateWorld(folder)) });
  const seconds = median(rounds.map(({ generate }) => generate)) / 1000;
  const measured = `${seconds.toFixed(1)} s, ${Math.round(GENERATED.messages / seconds)} messages a second`;
  return { figures: [{ what: "generating 100,000 chats with 1,000,000 messages", measured, aim: "under 60 s" }] };
}
