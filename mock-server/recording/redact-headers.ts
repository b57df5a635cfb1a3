import { TOKEN_HEADER } from "../../contracts/client/address";
import { maskHeader } from "../../contracts/suite/reports/masking/mask-header";
import { isUuid } from "./is-uuid";
import type { Redaction } from "./redaction";

/** A header by its name and its value, as it is to be written. */
export type Header = readonly [name: string, value: string];
type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Show = (value: string, redaction: Redaction) => string;

const HIDDEN = "redacted";
const COUNT = /^\d{1,12}(?:\.\d{1,6})?$/;
const WORDS = /^(?:[a-z][a-z-]*|\*)(?:\/(?:[a-z][a-z+.-]*|\*))?(?:;?[a-z-]+=[\d.]{1,8}|;charset=[\w-]+)?$/i;
/** A list of words and short counts, as in `no-store, max-age=60`. */
const likeWords: Show = (value) =>
  value.split(/, */).every((word) => WORDS.test(word.replaceAll("; ", ";"))) ? value : HIDDEN;
const asSentence: Show = (value, redaction) => redaction.sentence(value);
const likeCounts: Show = (value) => (COUNT.test(value) ? value : HIDDEN);

const shown: Readonly<Record<string, Show | undefined>> = {
  [TOKEN_HEADER]: (value, { tokens }) => (value.trim() === "" ? value : tokens.nameOf(value)),
  "content-type": contentType,
  date: (value) => masked("date", value),
  "retry-after": (value) => masked("retry-after", value),
  accept: likeWords,
  "x-request-id": (value) => (isUuid(value) || /^req-\d{1,9}$/.test(value) ? value : HIDDEN),
  "x-linq-mock-hint": asSentence,
  prefer: asSentence,
  authorization: () => HIDDEN,
  cookie: () => HIDDEN,
  "set-cookie": () => HIDDEN,
  ...Object.fromEntries(
    ["limit", "remaining", "reset"].flatMap((what) => [
      [`ratelimit-${what}`, likeCounts],
      [`x-ratelimit-${what}`, likeCounts],
    ]),
  ),
  ...Object.fromEntries(
    [
      "accept-ranges",
      "access-control-allow-credentials",
      "access-control-allow-headers",
      "access-control-allow-methods",
      "access-control-expose-headers",
      "access-control-max-age",
      "allow",
      "cache-control",
      "vary",
      "x-linq-mock-assumption",
    ].map((name) => [name, likeWords]),
  ),
};

/** Headers that tell nothing of anybody, as they are; of what is a secret, that it was there. All others are left out. */
export function redactHeaders(headers: Headers, redaction: Redaction): Header[] {
  return Object.entries(headers).flatMap(([name, values]) => {
    const how = shown[name.toLowerCase()];
    if (values === undefined || how === undefined) return [];
    return [values].flat().map((value): Header => [name, how(value, redaction)]);
  });
}

/** The boundary of a form is left out, because its content is. */
function contentType(value: string): string {
  return /^multipart\/form-data\b/i.test(value) ? "multipart/form-data" : masked("content-type", value);
}

function masked(name: string, value: string): string {
  return maskHeader(name, value) === value.trim() ? value : HIDDEN;
}
