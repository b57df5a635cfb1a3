import { type JSONPath, visit } from "jsonc-parser";
import { asObject } from "../../contracts/har/as-object";
import { classifyText } from "../../contracts/suite/reports/masking/classify-text";
import { contractFields } from "../../contracts/suite/reports/masking/contract-words";
import { isIdField } from "../../contracts/suite/reports/masking/id-field";
import { type PseudonymKind, privateFields } from "../../contracts/suite/reports/masking/private-fields";
import { isPrivateNumber } from "../../contracts/suite/reports/masking/private-number";
import { isMarked } from "./is-marked";
import { isPlainWord } from "./is-plain-word";
import type { Redaction } from "./redaction";

export interface How {
  readonly redaction: Redaction;
  /** Who has written it. */
  readonly author: "caller" | "server";
}

const HIDDEN = "hidden";
const LONGEST_ID = 9;
/** The fields by which a contract run marks the contacts and messages that it makes. */
const MARKED_FIELDS = ["first_name", "last_name", "email", "company", "title", "location", "text", "idempotency_key"];
/** The name of a field by its look: a programmer's choice, and nobody's. */
const SIMPLE_KEY = /^[a-z][a-zA-Z\d_]{0,39}$/;
const MANY_DIGITS = /\d{4}/;
const DIGITS = /^\d+$/;

const replace: Readonly<Record<PseudonymKind, (redaction: Redaction, text: string) => string>> = {
  NUMBER: (redaction, text) => redaction.identifier(text),
  EMAIL: (redaction, text) => redaction.identifier(text),
  NAME: (redaction, text) => redaction.name(text),
  TEXT: (redaction, text) => redaction.text(text),
  URL: (redaction, text) => redaction.url(text),
  FILE: (redaction, text) => redaction.filename(text),
  KEY: (redaction, text) => redaction.key(text),
  SECRET: () => HIDDEN,
};

/** JSON, which must be that and not nested too deep, with whatever is somebody's replaced; all else stays as it was written. */
export function redactJson(json: string, how: How): string {
  const isMade = madeIn(JSON.parse(json));
  let redacted = "";
  let done = 0;
  const put = (offset: number, length: number, text: string): void => {
    redacted += json.slice(done, offset) + text;
    done = offset + length;
  };
  visit(json, {
    onObjectProperty(key, offset, length) {
      const fake = redactKey(key, how.redaction);
      if (fake !== key) put(offset, length, JSON.stringify(fake));
    },
    onLiteralValue(value: unknown, offset, length, _line, _character, pathOf) {
      const path = pathOf();
      const trail = trailOf(path);
      if (typeof value === "string") {
        const fake = redactText(value, trail, { ...how, isMade: isMade(path) });
        if (fake !== value) put(offset, length, JSON.stringify(fake));
      } else if (typeof value === "number") {
        const written = json.slice(offset, offset + length);
        const fake = redactNumber(written, value, trail, how);
        if (fake !== written) put(offset, length, fake);
      }
    },
  });
  return redacted + json.slice(done);
}

/** Tells of a path whether it leads into an object that a contract run has made, by the mark in a field of it. */
function madeIn(root: unknown): (path: JSONPath) => boolean {
  const known = new Map<unknown, boolean>();
  return (path) => {
    const object = path
      .slice(0, -1)
      .reduce<unknown>((value, step) => asObject<Record<string | number, unknown>>(value)[step], root);
    const isMade = known.get(object) ?? hasMark(object);
    known.set(object, isMade);
    return isMade;
  };
}

function hasMark(object: unknown): boolean {
  const fields = asObject<Record<string, unknown>>(object);
  return MARKED_FIELDS.some((field) => isMarked(fields[field]));
}

/** The names of the fields on the way to a value. */
function trailOf(path: JSONPath): string[] {
  return path.filter((step) => typeof step === "string");
}

interface Text extends How {
  readonly isMade: boolean;
}

function redactText(text: string, trail: readonly string[], { redaction, author, isMade }: Text): string {
  if (text.trim() === "") return text;
  if (isIdField(trail.at(-1) ?? "") && DIGITS.test(text)) return redactId(text, trail, { redaction, author });
  const found = classifyText(text, trail);
  if (found === "shown") return text;
  if (found === "sentence") return redaction.sentence(text);
  const isNamed = found === "NAME" || found === "TEXT" || found === "KEY";
  return isMade && isNamed && trail.at(-1) !== "display_name" ? redaction.made(text) : replace[found](redaction, text);
}

function redactNumber(written: string, value: number, trail: readonly string[], how: How): string {
  const field = trail.at(-1) ?? "";
  if (privateFields.get(field) === "SECRET") return "0";
  if (isIdField(field) && DIGITS.test(written)) return redactId(written, trail, how);
  if (!isPrivateNumber(value, trail)) return written;
  // Where it is a whole number, its digits are those of a phone number, however it is written.
  const plain = Number.isSafeInteger(value) ? String(value) : written;
  return plain.replace(/^(-?)([\d.]+)/, (_, sign: string, digits: string) => {
    return `${sign}${how.redaction.number(digits).replace(/^0+(?=\d)/, "1")}`; // no number of JSON begins with 0
  });
}

/**
 * An id of a server's stays. One that is as long as a phone number may be one, when it is a caller's, or in a field that the contract
 * does not know; unless a server has told it as an id of its own.
 */
function redactId(id: string, trail: readonly string[], { redaction, author }: Pick<How, "redaction" | "author">): string {
  if (author === "server" && contractFields.has(trail.at(-1) ?? "")) redaction.learnId(id);
  return id.length <= LONGEST_ID || redaction.isLongId(id) ? id : redaction.number(id);
}

function redactKey(key: string, redaction: Redaction): string {
  const isKept =
    contractFields.has(key) || (SIMPLE_KEY.test(key) && !MANY_DIGITS.test(key)) || isPlainWord(key.replace(/[[\]]/g, ""));
  return isKept ? key : redaction.name(key);
}
