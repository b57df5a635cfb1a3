import { operations } from "../../contracts/generated/v2/operations";
import { parameterKind } from "../../contracts/suite/reports/masking/parameter-kind";
import { decodePart } from "./decode-part";
import { encodeLike } from "./encode-like";
import { isPlainWord } from "./is-plain-word";
import type { Redaction } from "./redaction";

const LONGEST_ID = 9;
const UNENCODED_PLUS = /^ (?=\d)/; // A-plus-space
const routeWords: ReadonlySet<string> = new Set([
  ...Object.values(operations).flatMap(({ path }) => path.split("/")),
  ..."api partner v2 s __mock".split(" "),
]);

/** A path with its query as it was sent, with whatever is somebody's replaced, and encoded as it was. */
export function redactPath(url: string, redaction: Redaction): string {
  const [, path = "", query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  const segments = path.split("/").map((raw) => redactSegment(raw, redaction));
  const parameters = query
    ?.slice(1)
    .split("&")
    .map((raw) => redactParameter(raw, redaction));
  const shownQuery = parameters === undefined ? "" : `?${parameters.join("&")}`;
  return redaction.tokens.removeFrom(
    `${segments.join("/")}${shownQuery}${fragment === undefined ? "" : redaction.path(fragment)}`,
  );
}

function redactSegment(raw: string, redaction: Redaction): string {
  const segment = decodePart(raw);
  if (routeWords.has(segment) || isId(segment, redaction)) return raw;
  return written(raw, segment, redaction.sentence(segment));
}

function isId(segment: string, redaction: Redaction): boolean {
  return /^\d+$/.test(segment) && (segment.length <= LONGEST_ID || redaction.isLongId(segment));
}

function redactParameter(raw: string, redaction: Redaction): string {
  const [name = "", ...rest] = raw.split("=");
  const decodedName = decodePart(name.replaceAll("+", " "));
  const shownName = isPlainWord(decodedName.replace(/[[\]]/g, "")) ? name : encodeLike(name, redaction.name(decodedName));
  if (rest.length === 0) return shownName;
  const value = rest.join("=");
  const decoded = decodePart(value.replaceAll("+", " "));
  return `${shownName}=${written(value, decoded, redactValue(decodedName, decoded, redaction))}`;
}

function redactValue(name: string, value: string, redaction: Redaction): string {
  const meant = value.replace(UNENCODED_PLUS, "+");
  const space = value === meant ? "" : " ";
  const kind = parameterKind(name, meant);
  if (kind === "NUMBER" || kind === "EMAIL") return redaction.identifier(meant).replace(/^\+/, space || "+");
  return redaction.sentence(value);
}

/** As it was when nothing was replaced. */
function written(raw: string, before: string, after: string): string {
  return before === after ? raw : encodeLike(raw, after);
}
