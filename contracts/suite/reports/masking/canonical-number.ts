import { parsePhoneNumber } from "../../../identifiers";

const PERCENT = /(?:%[\da-f]{2})+/gi;
const JSON_ESCAPE = /\\u([\da-f]{4})/gi;

/** A number in E.164, however it is written, percent-encoded or escaped included; digits, when it cannot be read so. */
export function canonicalNumber(written: string): string {
  const plain = written
    .replace(PERCENT, decoded)
    .replace(JSON_ESCAPE, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  const digits = Array.from(plain.replace(/&#43;/g, "+").matchAll(/\p{Nd}/gu), ([digit]) => digitValue(digit)).join("");
  const plus = /^[^\p{Nd}]*\+/u.test(plain.replace(/&#43;/g, "+")) ? "+" : "";
  return parsePhoneNumber(`${plus}${digits}`) ?? `${plus}${digits}`;
}

/** The ten digits of every script stand one after the other in Unicode, from 0. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return "";
  }
}
