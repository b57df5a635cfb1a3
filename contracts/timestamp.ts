import { tzOffset } from "@date-fns/tz";

const TIME_ZONE = "America/Chicago";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const REMEMBERED_HOURS = 10_000;

const offsets = new Map<number, number>();

/** An instant (ms since 1970) as REST writes it: US Central time, `2025-05-21T15:30:00.000-05:00`. */
export function formatTimestamp(instant: number): string {
  const offset = centralOffset(instant);
  const local = new Date(instant + offset * MINUTE).toISOString().slice(0, -1);
  return `${local}${formatOffset(offset)}`;
}

/** Reads ISO 8601 with an offset or `Z`; returns ms since 1970. NaN when it is no such time. */
export function parseTimestamp(iso: string): number {
  return Date.parse(iso);
}

/** Minutes from UTC. Asking the time zone database takes microseconds, and it only ever changes on the hour. */
function centralOffset(instant: number): number {
  const hour = Math.floor(instant / HOUR);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  if (offsets.size >= REMEMBERED_HOURS) offsets.clear();
  const offset = tzOffset(TIME_ZONE, new Date(instant));
  offsets.set(hour, offset);
  return offset;
}

function formatOffset(minutes: number): string {
  const sign = minutes < 0 ? "-" : "+";
  const distance = Math.abs(minutes);
  return `${sign}${twoDigits(Math.floor(distance / 60))}:${twoDigits(distance % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
