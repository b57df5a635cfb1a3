import { isPlainWord } from "./is-plain-word";

/** Shorter ones are no secrets, and would be found by chance. */
const SHORTEST_LOOKED_FOR = 6;

/** Gives each token a name, in their order, and takes them out of what else is recorded. */
export class HiddenTokens {
  readonly #names = new Map<string, string>();
  /** Of those that are looked for elsewhere, too. */
  #written: readonly (readonly [written: string, name: string])[] = [];

  nameOf(token: string): string {
    const known = this.#names.get(token);
    if (known !== undefined) return known;
    const name = `token-${this.#names.size + 1}`;
    this.#names.set(token, name);
    if (isTelling(token)) this.#written = [...this.#written, [token, name], [encodeURIComponent(token), name]];
    return name;
  }

  removeFrom(text: string): string {
    return this.#written.reduce((rest, [written, name]) => rest.replaceAll(written, name), text);
  }
}

/** A token of plain words, such as `any-token`, is none of a real account. */
function isTelling(token: string): boolean {
  return token.length >= SHORTEST_LOOKED_FOR && !token.split(/[^\p{L}\p{N}]+/u).every(isPlainWord);
}
