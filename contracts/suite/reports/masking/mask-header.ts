import { isMediaType } from "./media-type";

const CHARSET = /;\s*charset=(?:"?utf-8"?|us-ascii|iso-8859-1)\s*$/i;
const DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
const HIDDEN = "…";

/** A header's value where its name tells that it is nobody's. */
export function maskHeader(name: string, value: string): string {
  const show = shown[name.toLowerCase()];
  return show?.(value.trim()) ? value.trim() : HIDDEN;
}

const shown: Readonly<Record<string, ((value: string) => boolean) | undefined>> = {
  "content-type": (value) => isMediaType(value.replace(CHARSET, "").trim().toLowerCase()),
  "content-length": isCount,
  "retry-after": (value) => isCount(value) || DATE.test(value),
  date: (value) => DATE.test(value),
};

function isCount(value: string): boolean {
  return /^\d{1,8}$/.test(value);
}
