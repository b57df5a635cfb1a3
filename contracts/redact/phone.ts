import { parsePhoneNumber } from "../identifiers";

/** A character of a number as it may stand in a URL, in JSON or in HTML. */
const CHARACTER = /(?:%[\da-f]{2})+|\\u[\da-f]{4}|&#?\w+;|./gisu;
const PLUS = "&#43;";
const WHOLE = 10;
const LOCAL = 7;

/** A number in E.164, however it is written; its digits, when it is none. */
export function canonicalPhone(written: string): string {
  const plain = decoded(written);
  const digits = digitsOf(plain);
  const plus = /^[^\p{Nd}]*\+/u.test(plain) ? "+" : "";
  return parsePhoneNumber(`${plus}${digits}`) ?? `${plus}${digits}`;
}

/** Another number in the place of one, with what stands around and between its digits, and as much of it left out at its beginning. */
export function writePhoneLike(written: string, { canonical, fake }: { canonical: string; fake: string }): string {
  const characters = written.match(CHARACTER) ?? [];
  const places = characters.flatMap((character, i) => (/\p{Nd}/u.test(decoded(character)) ? [i] : []));
  const digits = digitsOf(fake).slice(Math.max(0, digitsOf(canonical).length - places.length));
  for (const [n, place] of places.entries()) {
    characters[place] = n === places.length - 1 ? digits.slice(n) : digits.charAt(n);
  }
  return characters.join("");
}

/** Numbers that were seen, to know one by its last digits where its country or its area is left out. */
export class SeenPhones {
  readonly #seen = new Set<string>();
  readonly #byEnd = new Map<string, string>();

  /** The number in E.164; digits, when they are not of one that was seen. */
  canonical(written: string): string {
    const number = canonicalPhone(written);
    if (number.startsWith("+") || this.#seen.has(number)) return number;
    return this.#byEnd.get(number.length > WHOLE ? number.slice(-WHOLE) : number) ?? number;
  }

  add(canonical: string): void {
    if (this.#seen.has(canonical)) return;
    this.#seen.add(canonical);
    for (const length of [WHOLE, LOCAL]) {
      const end = digitsOf(canonical).slice(-length);
      if (end.length === length && !this.#byEnd.has(end)) this.#byEnd.set(end, canonical);
    }
  }

  has(written: string): boolean {
    return written.length >= LOCAL && this.#seen.has(canonicalPhone(written));
  }
}

function digitsOf(text: string): string {
  return Array.from(text.matchAll(/\p{Nd}/gu), ([digit]) => digitValue(digit)).join("");
}

/** The ten digits of every script stand one after the other in Unicode, from 0. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return code - 0x30;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}

function decoded(written: string): string {
  return written
    .replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return "";
      }
    })
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(PLUS, "+")
    .replace(/&#?\w+;/g, "");
}
