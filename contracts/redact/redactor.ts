import { printableText } from "../client/errors";
import { pointerParts } from "../json-pointer";
import { DEEPEST_JSON, isPrivateNumber, isShortId, LONGEST_ID, type Trail, visit } from "./fields";
import { KnownValues } from "./known-values";
import { asPattern, looked, looksLike, matched, replaceAlong, type Step } from "./patterns";
import { SeenPhones } from "./phone";
import {
  isContractName,
  isContractWord,
  isFieldName,
  isIdField,
  isPublicIn,
  isPublicText,
  isRouteWord,
  markOf,
  type PrivateKind,
} from "./privacy-marks";
import { isKnowable, type PrivateValue, privateKindOf } from "./private-value";

export interface RedactorOptions {
  /** What comes in the place of a value: the same for the same `kind` and `canonical`. */
  readonly replace: (value: PrivateValue) => string;
  /** Values that stay though they stand where private ones do; `around` is the object that one stands in. */
  readonly keeps?: (text: string, field: string, around: object) => boolean;
  /** What stays wherever it stands, as the address of the server. Patterns are sticky. */
  readonly kept?: readonly (string | RegExp)[];
}

export const CUT = "…";
const DIGITS = /^\d+$/;
const FEW_DIGITS = /^\d{1,6}$/;
const NAME_WORD = 4;
const WORD = /[\p{L}\p{M}\p{N}]+/uy;
const URL_PARTS = /^([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const CUTS = /…(?:[\s.,:;&@#/-]{1,3}…)+/g;
/** A quotation, and not an apostrophe. */
const QUOTED = /(["`“])([^"`“”]{1,5000})["`”]|(?<![\p{L}\p{N}])'([^']{1,5000})'(?![\p{L}\p{N}])/uy;

/** Takes out of bodies, paths and sentences whatever is somebody's: by the marks of the contract, by what was seen, and by its look. */
export class Redactor {
  readonly #options: RedactorOptions;
  readonly #known = new KnownValues<PrivateValue>();
  readonly #phones = new SeenPhones();
  /** Ids that are as long as a number. */
  readonly #ids = new Set<string>();
  readonly #ours: readonly Step[];
  readonly #theirs: readonly Step[];

  constructor(options: RedactorOptions) {
    this.#options = options;
    const replaced = (kind: PrivateKind) => (found: string) => this.value(found, kind);
    const same = (found: string): string => found;
    const looks = [
      this.#known.replaced((value, written) => options.replace({ ...value, written })),
      ...(options.kept ?? []).filter((text) => text !== "").map((text) => matched(asPattern(text), same)),
      ...(["fingerprint", "timestamp", "uuid"] as const).map((look) => looked(look, same)),
      ...(["url", "email"] as const).map((kind) => looked(kind, replaced(kind))),
      looked("phone", (found) => (this.#isKnownId(found) ? found : this.value(found, "phone"))),
    ];
    const quoted = (all: string, _: string, content?: string, inApostrophes?: string): string =>
      `${all.charAt(0)}${this.sentence(content ?? inApostrophes ?? "")}${all.slice(-1)}`;
    this.#theirs = [...looks, matched(WORD, (word) => (isContractWord(word) ? word : CUT))];
    this.#ours = [...looks, matched(QUOTED, quoted)];
  }

  /** Makes everything known that is in parsed JSON, so that it is found in sentences, too. */
  learn(body: unknown, trail: Trail = []): void {
    this.learnIds(body, trail);
    visit(body, trail, (value, at) => {
      const mark = markOf(at);
      if (typeof value === "number" && mark === "secret") return this.#learn(String(value), mark);
      if (typeof value === "number" && isPrivateNumber(value, at)) this.#learn(String(value), "phone");
      if (typeof value !== "string" || value.trim() === "" || isShortId(value, at)) return;
      if (isPublicIn(at.at(-1) ?? "", value)) return;
      if ((mark === "public" || mark === "unknown") && isPublicText(value)) return;
      if (mark === "public") return this.#addSentence(value);
      this.#learn(value, mark === "unknown" ? "text" : mark);
    });
  }

  /** Learns which long numbers are ids, from what a server has answered. */
  learnIds(body: unknown, trail: Trail = []): void {
    visit(body, trail, (value, at) => {
      if (isIdField(at.at(-1) ?? "") && markOf(at) === "public" && DIGITS.test(String(value))) this.learnId(String(value));
    });
  }

  /** Learns the ids of a path, and what is private in it. */
  learnPath(path: string): void {
    const [, route = "", query = "", fragment = ""] = URL_PARTS.exec(path) ?? [];
    for (const segment of [...route.split("/"), fragment].map(decodePart)) {
      if (/^\d{7,9}$/.test(segment)) this.learnId(segment);
      else if (!isRouteWord(segment)) this.#addSentence(segment);
    }
    for (const [name, value] of new URLSearchParams(query)) {
      if (!isFieldName(name)) this.#learn(name, "text");
      this.learn(value.replace(/^ (?=\d)/, "+"), [name]); // A-plus-space
    }
  }

  learnId(id: string): void {
    if (!this.#phones.has(id)) this.#ids.add(id);
  }

  /** Makes a value known, and gives it what stands for it. */
  add(text: string, kind: PrivateKind): void {
    this.#options.replace(this.#read(text, kind));
    this.#learn(text, kind);
  }

  /** Of a name, its words are looked for, too. */
  #learn(text: string, declared: PrivateKind): void {
    const value = this.#read(text, declared);
    const { kind, canonical } = value;
    if (kind === "phone") this.#phones.add(canonical);
    if (kind === "secret" && isKnowable(text)) return this.#known.addSecret(text, value);
    if (looksLike("phone", text) || looksLike("timestamp", text) || looksLike("uuid", text)) return;
    if (FEW_DIGITS.test(text) && !(kind === "phone" && text.length >= NAME_WORD)) return;
    this.#known.add(text, value);
    if (kind !== "name") return;
    for (const part of [...text.split(", "), ...(text.match(/[\p{L}\p{M}'’-]+/gu) ?? [])]) {
      if (part.length >= NAME_WORD && !isContractWord(part)) this.#known.add(part, this.#read(part, "name"));
    }
  }

  /** Of what a server says, what is cut: the whole, and each word that has not only small letters. */
  #addSentence(text: string): void {
    if (this.sentence(text) === text) return;
    for (const part of [text, ...(text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])]) {
      const isTelling = part.length >= NAME_WORD && !isContractWord(part) && !/^(?:\p{Ll}+|\p{N}+)$/u.test(part);
      if (isTelling) this.#known.add(part, this.#read(part, "text"));
    }
  }

  /** What stands for a value of a kind; what looks like a number, an address or a URL is one, wherever it stands. */
  value(text: string, declared: PrivateKind): string {
    return this.#replaced(this.#read(text, declared));
  }

  /** Parsed JSON, which may have bigints, without what is private; `trail` is the fields on the way to it. */
  json(body: unknown, trail: Trail = [], around: object = {}): unknown {
    if (typeof body === "string") return this.#text(body, trail, around);
    if (typeof body === "number" || typeof body === "bigint") return this.#number(body, trail);
    if (typeof body !== "object" || body === null) return body;
    if (trail.length > DEEPEST_JSON) return CUT;
    if (Array.isArray(body))
      return body.map((entry: unknown) => this.json(entry, Array.isArray(entry) ? [...trail, ""] : trail, around));
    return Object.fromEntries(
      Object.entries(body).map(([key, child]) => [this.field(key), this.json(child, [...trail, key], body)]),
    );
  }

  /** The name of a field, which may be anything. */
  field(name: string): string {
    if (isContractName(name)) return name;
    const [known] = this.#ours;
    const shown = this.#knownAs(name);
    if (shown !== undefined) return shown;
    const isKnown = known !== undefined && replaceAlong(name, [known]) !== name;
    return isFieldName(name) && !isKnown ? name : this.value(name, "text");
  }

  /** What stands for a text that is known as a whole. */
  #knownAs(text: string): string | undefined {
    const [known] = this.#ours;
    const found = known?.(text, 0);
    return found?.length === text.length ? found.shown : undefined;
  }

  /** A JSON pointer, as far as it is one. */
  pointer(pointer: string): string {
    if (!pointer.startsWith("/")) return this.text(pointer);
    const parts = ["", ...pointerParts(pointer)];
    return parts.map((part) => (part === "*" || part === "" ? part : this.field(part))).join("/");
  }

  /** What a server says: the contract's words stay, and others are cut. */
  sentence(text: string): string {
    return replaceAlong(text, this.#theirs).replace(CUTS, CUT);
  }

  /** A sentence of ours, which may quote or name what is private; it can be printed. */
  text(text: string): string {
    return printableText(replaceAlong(text, this.#ours));
  }

  /** A path with its query and its fragment, encoded. */
  path(path: string): string {
    const [, route = "", query, fragment] = URL_PARTS.exec(path) ?? [];
    const segments = route.split("/").map((raw) => this.#segment(raw));
    const parameters = query?.split("&").map((raw) => this.#parameter(raw));
    return [
      segments.join("/"),
      parameters === undefined ? "" : `?${parameters.join("&")}`,
      fragment === undefined ? "" : `#${this.#segment(fragment)}`,
    ].join("");
  }

  #segment(raw: string): string {
    const segment = decodePart(raw);
    if (isRouteWord(segment) || this.#isId(segment) || this.#options.keeps?.(segment, "", {})) return raw;
    return encodedUnless(this.sentence(segment), segment, raw);
  }

  #parameter(raw: string): string {
    const [rawName = "", ...rest] = raw.split("=");
    const name = decodePart(rawName);
    const field = encodedUnless(this.field(name), name, rawName);
    if (rest.length === 0) return field;
    const rawValue = rest.join("=");
    const value = decodePart(rawValue.replaceAll("+", " ")).replace(/^ (?=\d)/, "+"); // A-plus-space
    const mark = markOf([name]);
    if ((mark !== "secret" && isPublicText(value)) || this.#options.keeps?.(value, name, {})) return `${field}=${rawValue}`;
    if (mark === "public" || mark === "unknown") return `${field}=${encodedUnless(this.sentence(value), value, rawValue)}`;
    const read = this.#read(value, mark);
    if (read.kind === "phone") return `${field}=${this.#replaced({ ...read, written: rawValue })}`;
    return `${field}=${encodedUnless(this.value(value, mark), value, rawValue)}`;
  }

  #text(text: string, trail: Trail, around: object): string {
    const field = trail.at(-1) ?? "";
    const mark = markOf(trail);
    if (text.trim() === "" || isShortId(text, trail)) return text;
    if (isPublicIn(field, text)) return this.#knownAs(text) ?? text;
    if (isIdField(field) && DIGITS.test(text)) return this.#isKnownId(text) ? text : this.value(text, "phone");
    if ((mark === "public" || mark === "unknown") && isPublicText(text)) return text;
    if (mark === "public") return printableText(this.sentence(text));
    return this.#options.keeps?.(text, field, around) ? text : this.value(text, mark === "unknown" ? "text" : mark);
  }

  /** A number of JSON stays one when what comes in its place can be one. */
  #number(value: number | bigint, trail: Trail): unknown {
    const written = String(value);
    if (markOf(trail) === "secret") return this.value(written, "secret");
    if (this.#isKnownId(written) || (!isPrivateNumber(value, trail) && !this.#phones.has(written))) return value;
    const shown = this.value(written, "phone");
    if (typeof value === "bigint") return /^-?\d+$/.test(shown) ? BigInt(shown) : shown;
    return /^-?\d+(?:\.\d+)?$/.test(shown) ? Number(shown) : shown;
  }

  #replaced(value: PrivateValue): string {
    if (value.kind === "phone") this.#phones.add(value.canonical);
    return this.#options.replace(value);
  }

  #isId(digits: string): boolean {
    const isShort = DIGITS.test(digits) && digits.length <= LONGEST_ID;
    return (isShort && !this.#phones.has(digits)) || this.#isKnownId(digits);
  }

  #isKnownId(digits: string): boolean {
    return this.#ids.has(digits) && !this.#phones.has(digits);
  }

  #read(written: string, declared: PrivateKind): PrivateValue {
    const text = written.trim();
    const kind = privateKindOf(text, declared);
    if (kind === "phone") return { kind, canonical: this.#phones.canonical(text), written };
    return { kind, canonical: kind === "email" ? text.toLowerCase().replace("%40", "@") : written, written };
  }
}

function encodedUnless(after: string, before: string, raw: string): string {
  return after === before ? raw : encodeURIComponent(after.replace(/\p{Surrogate}/gu, "\uFFFD"));
}

/** A part of a URL, decoded; what cannot be decoded as far as it can be. */
export function decodePart(raw: string): string {
  return raw.replace(/(?:%[\da-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return "\uFFFD";
    }
  });
}
