import { alternatives } from "../../fixtures/pull/alternatives";
import { type KeyedHash, KeyedSequence } from "../../fixtures/pull/keyed-hash";

const REMEMBERED = 100_000;

/** Replaces words by others of the same length, script and case. */
export class FakeWords {
  readonly #hash: KeyedHash;
  readonly #known = new Map<string, string>();

  constructor(hash: KeyedHash) {
    this.#hash = hash;
  }

  /** The same word by the same one, in whichever case. */
  everywhere(word: string): string {
    const known = this.#known.get(word) ?? this.#make(word);
    if (this.#known.size < REMEMBERED) this.#known.set(word, known);
    return known;
  }

  /** A source of chance for the words of a text, which is another in every other text, so that nobody can count words. */
  sequenceOf(text: string): KeyedSequence {
    return new KeyedSequence(this.#hash.digest("text", text));
  }

  /** Letters, digits and emoji by others of their kind. */
  replace(text: string, sequence: KeyedSequence): string {
    return Array.from(text, (character) => pick(character, sequence)).join("");
  }

  #make(word: string): string {
    const lower = Array.from(word, lowered);
    const sequence = new KeyedSequence(this.#hash.digest("word", lower.join("")));
    return Array.from(word, (character, i) => {
      const fake = pick(lower[i] ?? character, sequence);
      return lower[i] === character ? fake : raised(fake);
    }).join("");
  }
}

function pick(character: string, sequence: KeyedSequence): string {
  const others = alternatives(character);
  return others[others.length > 0 ? sequence.next(others.length) : 0] ?? character;
}

function lowered(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

function raised(character: string): string {
  const upper = character.toUpperCase();
  return upper.length === character.length ? upper : character;
}
