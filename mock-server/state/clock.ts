/** Where a sandbox gets its time from: the machine, or an instant that stands still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const realClock: Clock = { now: () => Date.now() };

export function frozenClock(instant: number): Clock {
  return { now: () => instant };
}
