import { canonicalNumber } from "./canonical-number";
import { KnownValues } from "./known-values";
import { describeOrigin, type Origin, worthOf } from "./origin";
import { looksLike } from "./patterns";
import type { PseudonymKind } from "./private-fields";
import { isCommon } from "./vocabulary";

interface Entry {
  readonly name: string;
  origin: Origin | undefined;
}

/** The words of a name are looked for one by one, when they have so many letters. */
const NAME_WORD = 4;
const WHOLE_NUMBER = 10;
const LOCAL_NUMBER = 7;

/** Hands out pseudonyms, the same for the same value, and remembers which of them were shown. */
export class Pseudonyms {
  /** The address of the server, which is shown. */
  readonly target: string;
  /** What to look for in sentences. */
  readonly known = new KnownValues();
  /** Ids of seven digits or more, which are no numbers. */
  readonly ids = new Set<string>();
  readonly #entries = new Map<string, Entry>();
  readonly #named = new Map<string, Entry>();
  /** Numbers by their last digits, for those whose country is left out. */
  readonly #tails = new Map<string, string>();
  readonly #counts = new Map<PseudonymKind, number>();
  readonly #shown = new Set<string>();
  /** Where what is found just now comes from. */
  #origin: Origin | undefined;

  constructor({ line, token, target }: { line: string | undefined; token: string | undefined; target: string }) {
    this.target = target;
    if (line !== undefined) {
      const number = canonicalNumber(line);
      this.#enter(`number ${number}`, "LINE", undefined);
      this.#rememberTails(number);
    }
    for (const written of token
      ? [token, Buffer.from(token).toString("base64"), Buffer.from(token).toString("base64url")]
      : []) {
      this.known.add(written, "LINQ_TOKEN");
    }
  }

  /** Makes a value known, to be found in sentences, too. Returns its pseudonym. */
  add(raw: string, declared: PseudonymKind, origin = this.#origin): string {
    const kind = kindOf(raw, declared);
    const key = this.#keyOf(raw, kind);
    const entry = this.#entries.get(key) ?? this.#make(key, raw, kind, origin);
    if (origin && (!entry.origin || worthOf(origin) > worthOf(entry.origin))) entry.origin = origin;
    return entry.name;
  }

  /** The pseudonym of a value, to be shown. */
  show(raw: string, declared: PseudonymKind): string {
    const name = this.add(raw, declared);
    this.#shown.add(name);
    return name;
  }

  /** The pseudonym of words in a sentence. A single one in lower case may be anybody's, and is not looked for elsewhere. */
  showWords(raw: string): string {
    if (!/^\p{Ll}+$/u.test(raw)) return this.show(raw, "TEXT");
    const key = `value ${raw}`;
    return this.note((this.#entries.get(key) ?? this.#enter(key, this.#nameOf("TEXT"), this.#origin)).name);
  }

  /** Takes down that a pseudonym is shown. */
  note(name: string): string {
    this.#shown.add(name);
    return name;
  }

  /** Begins to show: what was shown until now does not count. */
  begin(): void {
    this.#shown.clear();
  }

  /** Does something that may find values, all of which come from one place. */
  from(origin: Origin, find: () => unknown): void {
    this.#origin = origin;
    find();
    this.#origin = undefined;
  }

  /** A number in E.164, its country taken from a number that was seen where it is left out; else its digits, of which there may be none. */
  numberOf(written: string): string {
    const number = canonicalNumber(written);
    const isWhole = number.startsWith("+") || this.#entries.has(`number ${number}`);
    return isWhole ? number.replace(/^\+$/, "") : (this.#tails.get(tailOf(number)) ?? number);
  }

  /** Whether digits, as they stand, are somebody's number. */
  isKnownNumber(digits: string): boolean {
    return digits.length >= LOCAL_NUMBER && this.#entries.has(`number ${canonicalNumber(digits)}`);
  }

  /** Whether digits are an id that was seen, and nobody's number. */
  isId(digits: string): boolean {
    return this.ids.has(digits) && !this.isKnownNumber(digits);
  }

  /** Where to find what stands behind the pseudonyms in a text, or behind all that were shown; those that the places name included. */
  legend(mask: Parameters<typeof describeOrigin>[1], text?: string): Map<string, string> {
    const places = new Map<string, string>();
    for (let wanted = [...(text === undefined ? this.#shown : pseudonymsIn(text))]; wanted.length > 0; ) {
      for (const name of wanted) places.set(name, this.#placeOf(name, mask));
      wanted = [...pseudonymsIn([...places.values()].join(" "))].filter((name) => !places.has(name));
    }
    const inOrder = [...this.#entries.values()].flatMap(({ name }) => {
      const place = places.get(name);
      return place === undefined ? [] : [[name, place] as const];
    });
    return new Map(inOrder);
  }

  #placeOf(name: string, mask: Parameters<typeof describeOrigin>[1]): string {
    if (name === "LINE") return "the own line that was asked about: GET /phone_numbers";
    const origin = this.#named.get(name)?.origin;
    return origin ? describeOrigin(origin, mask) : "quoted in a message of the run";
  }

  #make(key: string, raw: string, kind: PseudonymKind, origin: Origin | undefined): Entry {
    const entry = this.#enter(key, this.#nameOf(kind), origin);
    if (kind === "NUMBER") this.#rememberTails(this.numberOf(raw));
    if (kind !== "NUMBER" || !looksLike("number", raw)) this.#know(raw, kind, entry);
    return entry;
  }

  #nameOf(kind: PseudonymKind): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `${kind}_${count}`;
  }

  #enter(key: string, name: string, origin: Origin | undefined): Entry {
    const entry = { name, origin };
    this.#entries.set(key, entry);
    this.#named.set(name, entry);
    return entry;
  }

  /** Small numbers are in every sentence, and no secret; of names the words are looked for, too. */
  #know(raw: string, kind: PseudonymKind, { name, origin }: Entry): void {
    if (/^\d{1,6}$/.test(raw) && !(kind === "NUMBER" && raw.length > 3)) return;
    if (looksLike("timestamp", raw) || looksLike("uuid", raw)) return;
    this.known.add(raw, name);
    if (kind !== "NAME") return;
    const words = (raw.match(/[\p{L}\p{M}'’-]+/gu) ?? []).filter((word) => word.length >= NAME_WORD);
    for (const part of [...raw.split(", "), ...words]) {
      if (part !== raw && part.trim() !== "" && !isCommon(part)) this.add(part, "NAME", origin);
    }
  }

  #keyOf(raw: string, kind: PseudonymKind): string {
    if (kind === "EMAIL") return `email ${raw.trim().toLowerCase().replace("%40", "@")}`;
    const number = kind === "NUMBER" ? this.numberOf(raw) : "";
    return number === "" ? `value ${raw}` : `number ${number}`;
  }

  #rememberTails(number: string): void {
    const digits = number.replace("+", "");
    for (const length of [WHOLE_NUMBER, LOCAL_NUMBER]) {
      const tail = digits.slice(-length);
      if (tail.length === length && !this.#tails.has(tail)) this.#tails.set(tail, number);
    }
  }
}

function pseudonymsIn(text: string): Set<string> {
  return new Set(text.match(/(?<![A-Z\d_])(?:LINE|(?:NUMBER|EMAIL|NAME|TEXT|URL|FILE|KEY|SECRET)_\d+)(?![A-Z\d_])/g));
}

/** The last digits that a number without its country is compared by; itself when it has no such length. */
function tailOf(digits: string): string {
  if (digits.length >= WHOLE_NUMBER) return digits.slice(-WHOLE_NUMBER);
  return digits;
}

/** What looks like a number, an address or a URL is one, whatever field it is in. */
function kindOf(raw: string, declared: PseudonymKind): PseudonymKind {
  const text = raw.trim();
  if (looksLike("timestamp", text) || looksLike("uuid", text)) return declared;
  if (looksLike("email", text)) return "EMAIL";
  if (looksLike("number", text)) return "NUMBER";
  if (declared === "TEXT" && looksLike("url", text)) return "URL";
  return declared;
}
