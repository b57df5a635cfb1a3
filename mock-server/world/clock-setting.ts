import { parseTimestamp } from "../../contracts/timestamps";

/** How a clock is set: to an instant (ms since 1970) at which it stands still, or to run, so far off the machine's own (ms). */
export type ClockSetting =
  | { readonly mode: "frozen"; readonly instant: number }
  | { readonly mode: "real"; readonly offset: number };

/**
 * The setting that is called `real`, or by the time, ISO 8601 or a Date, at which the clock stands still.
 *
 * @throws RangeError when the name is neither
 */
export function readClockSetting(name: string | Date): ClockSetting {
  if (name === "real") return { mode: "real", offset: 0 };
  const instant = typeof name === "string" ? parseTimestamp(name) : name.getTime();
  if (Number.isNaN(instant))
    throw new RangeError(`A clock is real, or a time such as 2025-05-21T15:30:00-05:00, not ${JSON.stringify(name)}`);
  return { mode: "frozen", instant };
}
