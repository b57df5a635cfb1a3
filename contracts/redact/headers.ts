import { headerMarks } from "../generated/privacy-marks";
import { isMediaType, isPublicIn } from "./privacy-marks";
import type { Redactor } from "./redactor";

/** How a value is shown; undefined when it may be somebody's. */
type Show = (value: string, redactor: Redactor) => string | undefined;

/** Stands for the value of a header that may be somebody's. */
export const HIDDEN = "redacted";
const CHARSET = /;\s*charset=(?:"?utf-8"?|us-ascii|iso-8859-1)\s*$/i;
const WORDS = /^(?:[a-z][a-z-]*|\*)(?:\/(?:[a-z][a-z+.-]*|\*))?(?:;?[a-z-]+=[\d.]{1,8}|;charset=[\w-]+)?$/i;
const shown: Readonly<Record<string, Show>> = {
  "content-type": contentType,
  date: like(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/),
  "content-length": like(/^\d{1,8}$/),
  "retry-after": (value, redactor) => like(/^\d{1,8}$/)(value, redactor) ?? shown["date"]?.(value, redactor),
  "x-request-id": like(/^(?:req-\d{1,9}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i),
  ...each("x-linq-mock-hint prefer", (value, redactor) => redactor.sentence(value)),
  ...each("limit remaining reset", like(/^\d{1,12}(?:\.\d{1,6})?$/), ["ratelimit-", "x-ratelimit-"]),
  ...each("accept accept-ranges allow cache-control vary", words),
  "x-linq-mock-assumption": like(/^(?!.*\d{4})A-[a-z\d-]+(?:, A-[a-z\d-]+)*$/),
  ...each("credentials headers methods max-age", words, ["access-control-allow-", "access-control-"]),
  "access-control-expose-headers": words,
  ...each(Object.keys(headerMarks).join(" "), (value, redactor) =>
    value.trim() === "" ? value : redactor.value(value, "secret"),
  ),
  authorization: bearer,
  "x-trace-id": (value, redactor) => (isPublicIn("trace_id", value) ? String(redactor.json(value, ["trace_id"])) : undefined),
  ...each("cookie set-cookie", () => undefined),
};

/** The value of a header as it may be shown; undefined for one of which not even the name need be. */
export function redactHeader(name: string, value: string, redactor: Redactor): string | undefined {
  const show = shown[name.toLowerCase()];
  return show && (show(value, redactor) ?? HIDDEN);
}

function each(names: string, show: Show, prefixes: readonly string[] = [""]): Record<string, Show> {
  return Object.fromEntries(prefixes.flatMap((prefix) => names.split(" ").map((name) => [prefix + name, show])));
}

function like(pattern: RegExp): Show {
  return (value) => (pattern.test(value.trim()) ? value : undefined);
}

/** The scheme tells nothing; of others, nobody knows how they hold a secret. */
function bearer(value: string, redactor: Redactor): string | undefined {
  const [, scheme, token] = /^(Bearer +)(\S+)\s*$/i.exec(value) ?? [];
  return token === undefined ? undefined : `${scheme}${redactor.value(token, "secret")}`;
}

/** A list of words and short counts, as in `no-store, max-age=60`. */
function words(value: string): string | undefined {
  return value.split(/, */).every((word) => WORDS.test(word.replaceAll("; ", ";"))) ? value : undefined;
}

/** The boundary of a form is left out. */
function contentType(value: string): string | undefined {
  if (/^multipart\/form-data\b/i.test(value)) return "multipart/form-data";
  return isMediaType(value.replace(CHARSET, "").trim().toLowerCase()) ? value : undefined;
}
