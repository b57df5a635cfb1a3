/** A piece of a page, made by {@link html} alone. */
class Markup {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

export type { Markup };

/** What may stand in a template: text and numbers are escaped, pieces stand as they are, lists one after the other, nothing for undefined. */
export type Insertable = string | number | Markup | undefined | readonly Insertable[];

/** A piece of a page. Whatever is put in stays text, inside of elements and of quoted attributes. */
export function html(source: TemplateStringsArray, ...inserted: readonly Insertable[]): Markup {
  return new Markup(source.map((part, i) => `${part}${insert(inserted[i])}`).join(""));
}

function insert(value: Insertable): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "object") return value.map(insert).join("");
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
