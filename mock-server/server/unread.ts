import type { IncomingHttpHeaders } from "node:http";
import { listed } from "../../contracts/text-lists";
import { shortened } from "./text";

const SHOWN_NAMES = 10;

/** What there is to say of names that are not read. */
export class UnreadNames {
  readonly #misspelt: string[] = [];
  readonly #misplaced = new Map<string, Set<string>>();
  readonly #unread: string[] = [];

  misspelt(name: string, meant: string): void {
    this.#misspelt.push(`${shortened(name)} is not read; did you mean ${meant}?`);
  }

  /** `place` is where it is read; empty for the top level. */
  misplaced(name: string, place: string): void {
    const names = this.#misplaced.get(place) ?? new Set();
    this.#misplaced.set(place, names.add(name));
  }

  unread(name: string): void {
    this.#unread.push(name);
  }

  text(): string | undefined {
    const said = [
      ...[...this.#misplaced].map(([place, names]) => `${namesAre([...names])} read ${inside(place)} only.`),
      ...this.#misspelt,
      ...(this.#unread.length > 0 ? [`${namesAre(this.#unread.map((name) => name || '""'))} not read.`] : []),
    ];
    return said.join(" ") || undefined;
  }
}

function inside(place: string): string {
  if (place === "") return "at the top level";
  return place === "the body" ? "in the body" : `inside of ${place}`;
}

/** `a is`, `a and b are`, with as many names as a hint has room for. */
export function namesAre(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => shortened(name));
  const others = names.length - shown.length;
  if (others > 0) shown.push(`${others} more`);
  return `${listed(shown)} ${shown.length === 1 ? "is" : "are"}`;
}

/** Headers that other APIs read, and this one does not; `ofKey` says where it reads a key instead. */
export function unreadHeader(
  headers: IncomingHttpHeaders,
  api: string,
  ofKey: (header: string) => string | undefined,
): string | undefined {
  for (const name of ["Idempotency-Key", "X-Idempotency-Key"])
    if (headers[name.toLowerCase()] !== undefined) return ofKey(name);
  if (headers["x-http-method-override"] !== undefined) return "X-HTTP-Method-Override is not read; send the method itself.";
  return headers["if-match"] === undefined ? undefined : `If-Match is not read: ${api} has no ETags.`;
}
