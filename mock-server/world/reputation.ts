import type { Identifier } from "../../contracts/identifiers";
import type { Line } from "./model";
import type { World } from "./world";

export type Reputation = "HEALTHY" | "AT_RISK" | "CRITICAL";

/** Documented: about so many new conversations in a day turn a line AT_RISK (A-v3-reputation: exactly so many). */
const MOST_NEW_CHATS = 50;
const DAY_MS = 86_400_000;

/** How a line is thought of, by the chats that it has opened in the last day. */
export function reputationOf(world: World, { phoneNumber, isFlagged }: Line): Reputation {
  if (isFlagged) return "CRITICAL";
  return newChatsOf(world, phoneNumber).length < MOST_NEW_CHATS ? "HEALTHY" : "AT_RISK";
}

/** Counts a chat that a line has opened just now. */
export function countNewChat(world: World, number: Identifier): void {
  const line = world.lines.first("phoneNumber", number);
  if (!line) return;
  const before = reputationOf(world, line);
  const kept = newChatsOf(world, number).slice(1 - MOST_NEW_CHATS);
  world.newChats.set(number, [...kept, world.clock.now()]);
  if (reputationOf(world, line) === before) return;
  world.announce({ kind: "line.reputation_changed", line, before, now: "AT_RISK", at: world.clock.now() });
  recoverInTime(world, number);
}

/** Sets the clock for the lines that are AT_RISK when a world begins. */
export function resumeReputations(world: World): void {
  for (const { phoneNumber } of world.lines.values()) {
    if (newChatsOf(world, phoneNumber).length === MOST_NEW_CHATS) recoverInTime(world, phoneNumber);
  }
}

/** When it has opened its last chats, those of the last day, from the oldest; no more than matter. */
function newChatsOf({ newChats, clock }: World, number: Identifier): readonly number[] {
  const now = clock.now();
  return (newChats.get(number) ?? []).filter((at) => at > now - DAY_MS && at <= now);
}

function recoverInTime(world: World, number: Identifier): void {
  const [oldest = 0] = newChatsOf(world, number);
  world.clock.at(oldest + DAY_MS, `${number} may be HEALTHY again`, () => {
    const line = world.lines.first("phoneNumber", number);
    if (!line || line.isFlagged) return;
    if (newChatsOf(world, number).length === MOST_NEW_CHATS) return recoverInTime(world, number); // it has opened more meanwhile
    world.announce({
      kind: "line.reputation_changed",
      line,
      before: "AT_RISK",
      now: "HEALTHY",
      at: world.clock.now(),
    });
  });
}
