import { keepBounded } from "./bounded-cache";
import { centralTimeChanges } from "./generated/central-time";

const MINUTE = 60_000;
const FIRST = 0;
const END = Date.UTC(2100, 0, 1);
const SHORTEST_MONTH = 28;
const ISO_MOMENT =
  /^(?<year>\d{4})(-?)(?<month>\d{2})\2(?<day>\d{2})(?:T(?<hour>\d{2})(?::?(?<minute>\d{2})(?::?(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?)?(?<offset>Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const ISO_WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/i;

const MOST_KEPT = 2048;
/** What was written lately: a chat is shown again and again. */
const lately = new Map<number, string>();

/** An instant (ms since 1970) as REST writes it: US Central time, `2025-05-21T15:30:00.000-05:00`. */
export function formatTimestamp(instant: number): string {
  return lately.get(instant) ?? keepBounded(lately, instant, inCentralTime(instant), MOST_KEPT);
}

function inCentralTime(instant: number): string {
  const offset = centralOffset(instant);
  const local = new Date(instant + offset * MINUTE).toISOString();
  return `${local.slice(0, -1)}${formatOffset(offset)}`;
}

/** An instant (ms since 1970) as events write most times: as REST does, without milliseconds, `2025-12-05T14:42:06-06:00`. */
export function formatEventTimestamp(instant: number): string {
  return formatTimestamp(instant).replace(/\.\d{3}/, "");
}

/** An instant (ms since 1970) as the events of messages, reactions and calls write it: `2025-12-05 14:42:06 -0600`. */
export function formatSpacedTimestamp(instant: number): string {
  return formatTimestamp(instant).replace(/^(.{10})T(.{8}).*([+-]\d{2}):(\d{2})$/, "$1 $2 $3$4");
}

/** Reads ISO 8601 with an offset or `Z`, from 1970 to 2099; returns ms since 1970. NaN when it is no such time. */
export function parseTimestamp(iso: string): number {
  const instant = parseInstant(iso);
  return instant >= FIRST && instant < END ? instant : Number.NaN;
}

/**
 * Reads ISO 8601 of any year in its extended or basic format, with or without seconds, minutes, time or offset: what has no offset is in
 * UTC, what has no time at midnight (A-message-order). NaN when it is none.
 */
export function parseMoment(iso: string): number {
  const {
    year,
    month,
    day,
    hour = "00",
    minute = "00",
    second = "00",
    fraction = "0",
    offset = "Z",
  } = ISO_MOMENT.exec(iso)?.groups ?? {};
  const [, sign = "", hours = "", minutes = "00"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  const zone = sign === "" ? "Z" : `${sign}${hours}:${minutes}`;
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}${zone}`);
}

function parseInstant(iso: string): number {
  return ISO_WITH_OFFSET.test(iso) && dayExists(iso) ? Date.parse(iso) : Number.NaN;
}

/** Date.parse takes 30 February for 2 March. */
function dayExists(iso: string): boolean {
  if (Number(iso.slice(8, 10)) <= SHORTEST_MONTH) return true;
  const day = iso.slice(0, "yyyy-mm-dd".length);
  const midnight = Date.parse(day);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}

/** Minutes from UTC, by binary search. Outside of 1970 to 2099 the nearest known offset stands. */
function centralOffset(instant: number): number {
  let low = 0;
  let high = centralTimeChanges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((centralTimeChanges[middle]?.[0] ?? 0) <= instant) low = middle;
    else high = middle - 1;
  }
  return centralTimeChanges[low]?.[1] ?? 0;
}

function formatOffset(minutes: number): string {
  const distance = Math.abs(minutes);
  const [hours, rest] = [Math.floor(distance / 60), distance % 60];
  return `${minutes < 0 ? "-" : "+"}${hours < 10 ? "0" : ""}${hours}:${rest < 10 ? "0" : ""}${rest}`;
}
