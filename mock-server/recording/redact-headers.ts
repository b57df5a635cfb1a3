import { maskHeader } from "../../contracts/suite/reports/masking/mask-header";
import { isUuid } from "./is-uuid";
import type { Redaction } from "./redaction";

/** A header by its name and its value, as it is to be written. */
export type Header = readonly [name: string, value: string];
type Headers = Readonly<Record<string, string | string[] | undefined>>;
type Show = (value: string, redaction: Redaction) => string;

const HIDDEN = "redacted";
const COUNT = /^[\d.,;=\w -]{1,60}$/;
const asItIs: Show = (value) => value;
const asSentence: Show = (value, redaction) => redaction.sentence(value);
const likeCounts: Show = (value) => (COUNT.test(value) && /^\d/.test(value) ? value : HIDDEN);

/** What is said about the connection, or about the body as it was before it was decoded. */
const LEFT_OUT = new Set(
  "connection content-length content-encoding host keep-alive proxy-connection te trailer transfer-encoding upgrade".split(" "),
);
const shown: Readonly<Record<string, Show | undefined>> = {
  "x-linq-integration-token": (value, { tokens }) => (value.trim() === "" ? value : tokens.nameOf(value)),
  "content-type": contentType,
  date: (value) => masked("date", value),
  "retry-after": (value) => masked("retry-after", value),
  accept: (value) => (/^[\w.+*/;=, -]*$/.test(value) ? value : HIDDEN),
  "x-request-id": (value) => (isUuid(value) || /^req-\d+$/.test(value) ? value : HIDDEN),
  "x-linq-mock-hint": asSentence,
  prefer: asSentence,
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
    ].map((name) => [name, asItIs]),
  ),
};

/** Headers that tell nothing of anybody, as they are, and of the others that they were there. */
export function redactHeaders(headers: Headers, redaction: Redaction): Header[] {
  return Object.entries(headers).flatMap(([name, values]) => {
    const lower = name.toLowerCase();
    if (values === undefined || LEFT_OUT.has(lower)) return [];
    return [values].flat().map((value): Header => [name, show(lower, value, redaction)]);
  });
}

function show(name: string, value: string, redaction: Redaction): string {
  const how = shown[name] ?? (/(?:^|-)ratelimit(?:-|$)/.test(name) ? likeCounts : () => HIDDEN);
  return name === "x-linq-integration-token" ? how(value, redaction) : redaction.tokens.removeFrom(how(value, redaction));
}

/** The boundary of a form is left out, because its content is. */
function contentType(value: string): string {
  return /^multipart\/form-data\b/i.test(value) ? "multipart/form-data" : masked("content-type", value);
}

function masked(name: string, value: string): string {
  return maskHeader(name, value) === value.trim() ? value : HIDDEN;
}
