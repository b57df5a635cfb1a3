import { parseTimestamp } from "../../../timestamp";

/** A time as REST writes it, or as events do, with spaces or without: in whole seconds since 1970. */
export function secondOf(time: string): number {
  const iso = time.replace(/^(\S+) (\S+) ([+-]\d\d)(\d\d)$/, "$1T$2$3:$4");
  return Math.floor(parseTimestamp(iso) / 1000);
}
