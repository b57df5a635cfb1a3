import { nearest } from "../../contracts/spelling-suggestion";

/** What a Prefer header wants to be answered; undefined when it is about something else. */
export function readPreference(header: string): Preference | undefined {
  const preferences = readPreferences(header);
  const dynamic = preferences.get("dynamic");
  const preferred: Preference = {
    code: preferences.get("code"),
    example: preferences.get("example"),
    dynamic: dynamic === "false" ? undefined : dynamic,
    seed: preferences.get("seed"),
  };
  const isAnswer = preferred.code !== undefined || preferred.example !== undefined || preferred.dynamic !== undefined;
  return isAnswer ? preferred : undefined;
}

const LIKE_CODE = /^(http[-_]?)?(response[-_]?)?(status([-_]?code)?|code)$/;
const STATUS = /^[1-5]\d\d$/;
const STATUS_NAMES = ["code"];
const NAMES = ["example", "dynamic"];

/** What was asked for in other words: `status=404` or the number alone for `code=404`, and names that are nearly right. */
export function preferenceMeant(header: string): { readonly written: string; readonly meant: string } | undefined {
  for (const [name, value] of readPreferences(header)) {
    if (value === "" && STATUS.test(name)) return { written: name, meant: `code=${name}` };
    const isStatus = STATUS.test(value);
    const meant = isStatus && LIKE_CODE.test(name) ? "code" : nearest(name, isStatus ? STATUS_NAMES : NAMES);
    if (meant !== undefined && value !== "") return { written: `${name}=${value}`, meant: `${meant}=${value}` };
  }
  return undefined;
}

/** Which answer a caller wants instead of the operation's own, as it was written. One of `code`, `example` and `dynamic` is there. */
export interface Preference {
  readonly code: string | undefined;
  readonly example: string | undefined;
  /** Whether the body is to be made up: `true`, `false`, or empty for true. */
  readonly dynamic: string | undefined;
  /** What it is made up from. */
  readonly seed: string | undefined;
}

const TOKEN = "[!#$%&'*+.^`|~\\w-]+";
const QUOTED = '"(?:[^"\\\\]|\\\\.)*"';
const LONGEST_READ = 1000;

const pieces = new RegExp(`(?:${QUOTED}|[^",;])+`, "g");
const preference = new RegExp(`^\\s*(${TOKEN})\\s*(?:=\\s*(${TOKEN}|${QUOTED})?\\s*)?$`);

/**
 * Reads a Prefer header (RFC 7240): names in lower case, and their values, empty when there is none. Of two by one name the first
 * counts, and what cannot be read is left out. Parameters, behind a semicolon, are read as preferences of their own.
 */
function readPreferences(header: string): ReadonlyMap<string, string> {
  const preferences = new Map<string, string>();
  for (const piece of header.slice(0, LONGEST_READ).match(pieces) ?? []) {
    const [, name, value = ""] = preference.exec(piece) ?? [];
    if (name !== undefined && !preferences.has(name.toLowerCase())) preferences.set(name.toLowerCase(), unquoted(value));
  }
  return preferences;
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}
