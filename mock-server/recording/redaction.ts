import { randomBytes } from "node:crypto";
import { extname } from "node:path";
import { lookup } from "mime-types";
import { NO_ID } from "../../contracts/client/guard";
import { MARK } from "../../contracts/suite/cleanup/created";
import { canonicalNumber } from "../../contracts/suite/reports/masking/canonical-number";
import { replaceAlong, type Step } from "../../contracts/suite/reports/masking/replace-along";
import { KeyedHash } from "../../fixtures/pull/keyed-hash";
import { isLoopback } from "../server/loopback";
import { decodePart } from "./decode-part";
import { encodeLike } from "./encode-like";
import { FakeNumbers } from "./fake-numbers";
import { FakeWords } from "./fake-words";
import { HiddenTokens } from "./hidden-tokens";
import { isMarked } from "./is-marked";
import { isPlainWord } from "./is-plain-word";
import { isReservedHost } from "./is-reserved-host";
import { isWordOfProxy } from "./is-word-of-proxy";
import { everyWord, keptLooks, keptMark, looked, otherSymbols } from "./steps";
import { writeNumberLike } from "./write-number-like";

const EMAIL = /^[^\s@]+@([^\s@]+\.[^\s@]+)$/;
const SHORTEST_NUMBER = 3;
const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
const HAS_LETTER = /\p{L}/u;

/**
 * Replaces whatever is somebody's, the same by the same wherever it stands: by a key that nobody keeps, so that nobody can turn it back.
 * What a contract run makes up stays.
 */
export class Redaction {
  readonly tokens = new HiddenTokens();
  readonly #hash: KeyedHash;
  readonly #numbers: FakeNumbers;
  readonly #words: FakeWords;
  /** Ids of as many digits as a phone number has. */
  readonly #longIds = new Set([String(NO_ID)]);
  /** Words of what a contract run has made up. */
  readonly #made = new Set<string>();
  readonly #everywhere: readonly Step[];
  readonly #plain: readonly Step[];
  readonly #reason: readonly Step[];
  /** For what only looks like an address. */
  readonly #bare: readonly Step[];

  constructor(key = randomBytes(32).toString("hex")) {
    this.#hash = new KeyedHash(key);
    this.#numbers = new FakeNumbers(this.#hash);
    this.#words = new FakeWords(this.#hash);
    const numbers = looked("number", (number) => (this.#longIds.has(number) ? number : this.number(number)));
    const looks = [looked("url", (url) => this.url(url)), looked("email", (email) => this.email(email)), numbers];
    this.#everywhere = [keptMark, ...looks];
    const words = (isKept: (word: string) => boolean): Step =>
      everyWord((word) => (isKept(word) ? word : this.#words.everywhere(word)));
    this.#plain = [keptMark, keptLooks, ...looks, words(isPlainWord)];
    this.#reason = [...looks, words(isWordOfProxy)];
    this.#bare = [keptMark, numbers, words(isPlainWord)];
  }

  /** Learns that a number is an id, though it may look like a phone number; not one that is somebody's. */
  learnId(id: string): void {
    if (!this.#numbers.knows(canonicalNumber(id))) this.#longIds.add(id);
  }

  isLongId(id: string): boolean {
    return this.#longIds.has(id);
  }

  /** A phone number, written as it was. */
  number(written: string): string {
    const canonical = canonicalNumber(written);
    if (canonical.replace(/\D/g, "").length < SHORTEST_NUMBER) return written;
    return writeNumberLike(written, { canonical, fake: this.#numbers.of(canonical) });
  }

  email(written: string): string {
    const lower = written.trim().toLowerCase();
    const host = EMAIL.exec(lower)?.[1];
    if (host === undefined) return replaceAlong(this.tokens.removeFrom(written), this.#bare);
    if (isReservedHost(host)) return written;
    const fake = `somebody-${this.#hash.hex("email", lower).slice(0, 10)}@example.com`;
    const isUpper = written !== written.toLowerCase() && written === written.toUpperCase();
    return written.replace(written.trim(), isUpper ? fake.toUpperCase() : fake);
  }

  /** A participant: a number, an e-mail address, or what somebody took for one. */
  identifier(written: string): string {
    if (written.includes("@")) return this.email(written);
    return HAS_LETTER.test(written) ? this.sentence(written) : this.number(written);
  }

  /** The name of somebody or something, word by word. */
  name(written: string): string {
    const isMade = written.includes(MARK);
    const fake = (word: string): string => (isMade && this.#made.has(word) ? word : this.#words.everywhere(word));
    return replaceAlong(written, [...this.#everywhere, everyWord(fake)]);
  }

  /** What a contract run has made up: its words stay. */
  made(written: string): string {
    for (const [word] of written.matchAll(WORD)) this.#made.add(word);
    return replaceAlong(written, this.#everywhere);
  }

  /** What somebody wrote. Words with a capital are replaced as they are in names. */
  text(written: string): string {
    if (isMarked(written)) return this.made(written);
    const sequence = this.#words.sequenceOf(written);
    const fake = (word: string): string =>
      /^\p{Lu}/u.test(word) ? this.#words.everywhere(word) : this.#words.replace(word, sequence);
    const symbols = otherSymbols((symbol) => this.#words.replace(symbol, sequence));
    return replaceAlong(written, [...this.#everywhere, everyWord(fake), symbols]);
  }

  /** What a server wrote, whose plain words stay. */
  sentence(written: string): string {
    return replaceAlong(this.tokens.removeFrom(written), this.#plain);
  }

  /** Why no answer has come, as the proxy says it: its own words stay. */
  reason(written: string): string {
    return replaceAlong(this.tokens.removeFrom(written), this.#reason);
  }

  /** An idempotency key. */
  key(written: string): string {
    return replaceAlong(written, [keptMark, keptLooks, everyWord((word) => this.#words.everywhere(word))]);
  }

  /** The name of a file, which keeps its extension. */
  filename(written: string): string {
    const extension = lookup(extname(written)) ? extname(written) : "";
    return `${this.name(written.slice(0, written.length - extension.length))}${extension}`;
  }

  /** Its host stays when it is this machine, or kept for documentation. */
  url(written: string): string {
    const parsed = URL.canParse(written) ? new URL(written) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol)) return replaceAlong(this.tokens.removeFrom(written), this.#bare);
    const isKept = isReservedHost(parsed.hostname) || isLoopback(parsed.hostname);
    if (isReservedHost(parsed.hostname) && parsed.username === "" && parsed.search === "") return written;
    if (!isKept) return `${parsed.protocol}//redacted.example.com/${this.#hash.hex("url", written).slice(0, 12)}`;
    const [, origin = "", rest = ""] = /^([a-z]+:\/\/[^/?#]*)(.*)$/is.exec(written) ?? [];
    return `${origin.replace(/\/\/.*@/, "//")}${this.path(rest)}`;
  }

  /** A path with its query: words that are plain stay. */
  path(written: string): string {
    return written.replace(/[^/?#&=;]+/g, (raw) => encodeLike(raw, this.#part(decodePart(raw.replaceAll("+", " ")))));
  }

  #part(part: string): string {
    return lookup(extname(part)) ? this.filename(part) : this.sentence(part);
  }
}
