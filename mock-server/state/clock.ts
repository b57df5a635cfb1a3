import { parseTimestamp } from "../../contracts/timestamp";

/** Where a sandbox gets its time from: the machine, or an instant that stands still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * The clock that is called `real`, or by the ISO 8601 time at which it stands still.
 *
 * @throws RangeError when the name is neither
 */
export function createClock(name: string): Clock {
  if (name === "real") return { now: () => Date.now() };
  const instant = parseTimestamp(name);
  if (Number.isNaN(instant))
    throw new RangeError(`A clock is real, or a time such as 2025-05-21T15:30:00-05:00, not ${JSON.stringify(name)}`);
  return { now: () => instant };
}
