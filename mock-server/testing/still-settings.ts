import type { WorldSettings } from "../world/world";

/** A world whose clock stands still at the beginning of time, and in which nothing goes wrong. */
export const stillSettings: WorldSettings = {
  clock: { mode: "frozen", instant: 0 },
  randomSeed: undefined,
  rateLimits: true,
  webhookHosts: [],
  faults: [],
};
