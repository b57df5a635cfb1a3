import {
  type Country,
  FICTIONAL_CAPACITY,
  fictionalCapacityOf,
  fictionalNumberOf,
  isFictional,
} from "../../fixtures/generate/fictional-numbers";
import { type KeyedHash, KeyedSequence } from "../../fixtures/pull/keyed-hash";

const COUNTRIES: readonly (readonly [code: string, country: Country])[] = [
  ["+44", "GB"],
  ["+33", "FR"],
  ["+49", "DE"],
  ["+61", "AU"],
];
/** 555-0100 to 555-0199, of an area that there need not be. */
const FICTIONAL_IN_AMERICA = /^\+?1?\d{3}55501\d\d$/;
/** The contract kit asks for fictional numbers of this area, so they stand for nobody else. */
const OF_THE_KIT = /^\+1202/;
/** By these digits it is seen that something is no number: 1 205 555 0101 is one, 1 105 555 0101 is not. */
const LEADING = 2;
const ATTEMPTS = 1000;
/** Longer ones are no numbers of anybody (E.164). */
const LONGEST = 15;

/** Gives each number one that nobody has, and no two the same. Numbers that are fictional already stay. */
export class FakeNumbers {
  readonly #hash: KeyedHash;
  readonly #fakes = new Map<string, string>();
  readonly #taken = new Set<string>();

  constructor(hash: KeyedHash) {
    this.#hash = hash;
  }

  /** `canonical` is a number in E.164, or the digits of what is none: then as many digits that are none. */
  of(canonical: string): string {
    const known = this.#fakes.get(canonical);
    if (known !== undefined) return known;
    const fake = this.#make(canonical);
    this.#fakes.set(canonical, fake);
    this.#taken.add(fake);
    return fake;
  }

  /** Whether it was asked for. */
  knows(canonical: string): boolean {
    return this.#fakes.has(canonical);
  }

  #make(canonical: string): string {
    const isKept = isFictional(canonical) || FICTIONAL_IN_AMERICA.test(canonical);
    if (isKept && !this.#taken.has(canonical)) return canonical;
    if (!canonical.startsWith("+")) return this.#digitsLike(canonical);
    const country = COUNTRIES.find(([code]) => canonical.startsWith(code))?.[1];
    // Where no numbers are kept for fiction, or all are taken, it becomes an American one.
    return (country && this.#fictional(canonical, country)) ?? this.#fictional(canonical, "US") ?? this.#ofNoArea(canonical);
  }

  #fictional(canonical: string, country: Country): string | undefined {
    const capacity = country === "US" ? FICTIONAL_CAPACITY : fictionalCapacityOf(country);
    const start = this.#hash.digest("number", canonical).readUInt32BE(0);
    for (let i = 0; i < capacity; i += 1) {
      const fake = fictionalNumberOf(country, (start + i) % capacity);
      const isFree = fake !== undefined && fake !== canonical && !this.#taken.has(fake) && !OF_THE_KIT.test(fake);
      if (isFree) return fake;
    }
    return undefined;
  }

  /** There is no area 555. */
  #ofNoArea(canonical: string): string {
    return this.#firstFree(canonical, (sequence) => `+1555${Array.from({ length: 7 }, () => sequence.next(10)).join("")}`);
  }

  /** What is no number because it begins with 0 or 1, or goes on so, does not become one. */
  #digitsLike(digits: string): string {
    const other = (digit: string, place: number, sequence: KeyedSequence): string => {
      if (place >= LEADING) return String(sequence.next(10));
      return digit < "2" ? digit : String(2 + ((Number(digit) - 2 + sequence.next(8)) % 8));
    };
    return this.#firstFree(digits, (sequence) => Array.from(digits, (digit, place) => other(digit, place, sequence)).join(""));
  }

  #firstFree(original: string, attempt: (sequence: KeyedSequence) => string): string {
    const sequence = new KeyedSequence(this.#hash.digest("digits", original));
    let fake = attempt(sequence);
    if (original.length > LONGEST) return fake;
    for (let left = ATTEMPTS; left > 0 && (fake === original || this.#taken.has(fake)); left -= 1) fake = attempt(sequence);
    return fake;
  }
}
