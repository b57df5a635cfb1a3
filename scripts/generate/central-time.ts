import { tzOffset, tzScan } from "@date-fns/tz";
import { BANNER } from "./banner";

const TIME_ZONE = "America/Chicago";
const SPAN = { start: new Date(Date.UTC(1970, 0, 1)), end: new Date(Date.UTC(2100, 0, 1)) };

/** When US Central time changed and changes its offset: asking the time zone database at run time would cost 40 ms at the first answer. */
export function centralTimeModule(): string {
  const changes = tzScan(TIME_ZONE, SPAN).map(({ date, offset }) => `  [${date.getTime()}, ${offset}],`);
  return `${BANNER}
/** From each instant on (ms since 1970), US Central time is so many minutes from UTC. Ascending. */
export const centralTimeChanges: readonly (readonly [instant: number, offset: number])[] = [
  [0, ${tzOffset(TIME_ZONE, SPAN.start)}],
${changes.join("\n")}
];
`;
}
