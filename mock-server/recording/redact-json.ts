import { type JSONPath, visit } from "jsonc-parser";
import { classifyText } from "../../contracts/suite/reports/masking/classify-text";
import { contractFields } from "../../contracts/suite/reports/masking/contract-words";
import { isIdField } from "../../contracts/suite/reports/masking/id-field";
import type { PseudonymKind } from "../../contracts/suite/reports/masking/private-fields";
import { isPrivateNumber } from "../../contracts/suite/reports/masking/private-number";
import { isPlainWord } from "./is-plain-word";
import type { Redaction } from "./redaction";

const HIDDEN = "hidden";
/** The name of a field by its look: a programmer's choice, and nobody's. */
const SIMPLE_KEY = /^[a-z][a-zA-Z\d_]{0,39}$/;
const MANY_DIGITS = /\d{4}/;

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
export function redactJson(json: string, redaction: Redaction): string {
  let redacted = "";
  let done = 0;
  const put = (offset: number, length: number, text: string): void => {
    redacted += json.slice(done, offset) + text;
    done = offset + length;
  };
  visit(json, {
    onObjectProperty(key, offset, length) {
      const fake = redactKey(key, redaction);
      if (fake !== key) put(offset, length, JSON.stringify(fake));
    },
    onLiteralValue(value: unknown, offset, length, _line, _character, pathOf) {
      const trail = trailOf(pathOf());
      if (typeof value === "string") {
        const fake = redactText(value, trail, redaction);
        if (fake !== value) put(offset, length, JSON.stringify(fake));
      } else if (typeof value === "number") {
        const written = json.slice(offset, offset + length);
        const fake = redactNumber(written, value, trail, redaction);
        if (fake !== written) put(offset, length, fake);
      }
    },
  });
  return redacted + json.slice(done);
}

/** The names of the fields on the way to a value. */
function trailOf(path: JSONPath): string[] {
  return path.filter((step) => typeof step === "string");
}

function redactText(text: string, trail: readonly string[], redaction: Redaction): string {
  if (text.trim() === "") return text;
  if (isIdField(trail.at(-1) ?? "") && /^\d+$/.test(text)) return keepId(text, redaction);
  const found = classifyText(text, trail);
  if (found === "shown") return text;
  return found === "sentence" ? redaction.sentence(text) : replace[found](redaction, text);
}

function redactNumber(written: string, value: number, trail: readonly string[], redaction: Redaction): string {
  if (isIdField(trail.at(-1) ?? "") && /^\d+$/.test(written)) return keepId(written, redaction);
  if (!isPrivateNumber(value, trail) || !/^\d+$/.test(written)) return written;
  return redaction.number(written).replace(/^0+(?=\d)/, "1"); // no number of JSON begins with 0
}

function keepId(id: string, redaction: Redaction): string {
  redaction.learnId(id);
  return id;
}

function redactKey(key: string, redaction: Redaction): string {
  const isKept =
    contractFields.has(key) || (SIMPLE_KEY.test(key) && !MANY_DIGITS.test(key)) || isPlainWord(key.replace(/[[\]]/g, ""));
  return isKept ? key : redaction.name(key);
}
