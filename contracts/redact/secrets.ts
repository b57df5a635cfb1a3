import { printableText } from "../client/errors";
import { fieldMarks, headerMarks } from "../generated/privacy-marks";
import { DEEPEST_JSON, type Trail, visit } from "./fields";
import { KnownValues } from "./known-values";
import { replaceAlong } from "./patterns";
import { markOf, type PrivateKind } from "./privacy-marks";
import { isKnowable } from "./private-value";
import { CUT, decodePart, type RedactorOptions } from "./redactor";

const names = [...Object.keys(headerMarks), ...Object.keys(fieldMarks).filter((field) => markOf([field]) === "secret")];
/** A field in a text that could not be read: `"secret":"…` of JSON that was cut off, `secret=…` of a form, `Authorization: Bearer …`. */
const IN_TEXT = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${names.join("|")})(?:\\?"\s*:\s*\\?"(?:bearer\s+)?([^"\\]+)|(?:\]|%5d)?=([^\s"'&;,<>]+)|:\s*bearer\s+([^\s"'\\&;,<>]+))`,
  "giu",
);

/** Takes out secrets alone, by the marks of the contract and wherever they are written. What else is somebody's stays. */
export class SecretRedactor {
  readonly #known = new KnownValues<string>();
  readonly #replace: (secret: string) => string;

  constructor({ replace }: Pick<RedactorOptions, "replace">) {
    this.#replace = (secret) => replace({ kind: "secret", canonical: secret, written: secret });
  }

  /** Makes a secret known; of other values nothing need be. */
  add(text: string, kind: PrivateKind): void {
    if (kind === "secret" && isKnowable(text)) this.#known.addSecret(text, text);
  }

  /** Makes the secrets in parsed JSON known. */
  learn(body: unknown, trail: Trail = []): void {
    visit(body, trail, (value, at) => {
      if (isSecret(at)) return this.add(String(value), "secret");
      for (const [, ...found] of String(value).matchAll(IN_TEXT)) this.add(decodePart(found.find(Boolean) ?? ""), "secret");
    });
  }

  learnPath(path: string): void {
    for (const [name, value] of new URLSearchParams(/\?([^#]*)/.exec(path)?.[1])) this.learn(value, [name]);
  }

  json(body: unknown, trail: Trail = []): unknown {
    if (typeof body === "string" || typeof body === "number") return this.#value(body, trail);
    if (typeof body !== "object" || body === null) return body;
    if (trail.length > DEEPEST_JSON) return CUT;
    if (Array.isArray(body))
      return body.map((entry: unknown) => this.json(entry, Array.isArray(entry) ? [...trail, ""] : trail));
    return Object.fromEntries(
      Object.entries(body).map(([key, child]) => [this.#found(key), this.json(child, [...trail, key])]),
    );
  }

  /** It can be printed. */
  text(text: string): string {
    return printableText(this.#found(text));
  }

  pointer(pointer: string): string {
    return this.#found(pointer);
  }

  /** A path with its query, encoded. */
  path(path: string): string {
    const shown = path.replace(/[^/?#&=]+/g, (raw) => {
      const part = decodePart(raw.replaceAll("+", " "));
      const found = this.#found(part);
      return found === part ? raw : encodeURIComponent(found);
    });
    const decoded = decodePart(shown);
    const found = this.#found(decoded);
    return found === decoded ? shown : encodeURI(found);
  }

  #value(value: string | number, trail: Trail): unknown {
    const text = String(value);
    if (isSecret(trail) && text.trim() !== "") return this.#replace(text);
    const shown = this.#found(text);
    return shown === text ? value : shown;
  }

  #found(text: string): string {
    return replaceAlong(text, [this.#known.replaced(this.#replace)]);
  }
}

/** Whether a field is marked, or is in one that is. */
function isSecret(trail: Trail): boolean {
  return trail.some((_, i) => markOf(trail.slice(0, i + 1)) === "secret");
}
