import { parsePhoneNumberLoosely } from "../identifier";
import { isFieldOfNumbers } from "../suite/transport/is-field-of-numbers";
import { canonical } from "./known-account";

/** Seven digits or more, in whatever way they are written. */
const NUMBER = /\+?\d(?:[\s().\-/_]*\d){6,}/g;
const EMAIL = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/**
 * Every phone number and e-mail address that a body names, wherever it stands and however it is written, a text or a key included;
 * numbers in E.164 where they can be read so.
 */
export function namedNumbers(body: unknown, field = ""): string[] {
  if (typeof body === "string") return namedInText(withPlainDigits(body), field);
  if (typeof body === "number" && isFieldOfNumbers(field)) return namedInText(String(body), field);
  if (typeof body === "number") return numbersIn(String(Math.abs(body)));
  if (typeof body !== "object" || body === null) return [];
  return Object.entries(body).flatMap(([key, value]) => [
    ...namedNumbers(key),
    ...namedNumbers(value, Array.isArray(body) ? field : key),
  ]);
}

function namedInText(text: string, field: string): string[] {
  if (isFieldOfNumbers(field) && /\d/.test(text)) return [parsePhoneNumberLoosely(text) ?? canonical(text)];
  return [...numbersIn(text), ...(text.match(EMAIL) ?? []).map((email) => email.toLowerCase())];
}

function numbersIn(text: string): string[] {
  return (text.match(NUMBER) ?? []).map((found) => {
    const digits = found.replaceAll("_", " ");
    return parsePhoneNumberLoosely(digits) ?? digits.replaceAll(/[^\d+]/g, "");
  });
}

/** Whoever reads numbers may read the digits of other scripts, too: full-width ones, Arabic ones; and overlook what cannot be seen. */
function withPlainDigits(text: string): string {
  const isPlain = !/[^ -~]/.test(text);
  if (isPlain) return text;
  const seen = text.normalize("NFKC").replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "");
  return seen.replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Unicode has the digits of each script in a row, from 0 to 9. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
