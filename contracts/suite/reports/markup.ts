/** Whatever is put in stays text, inside of elements and of quoted attributes. */
export function html(source: TemplateStringsArray, ...inserted: readonly Insertable[]): Markup {
  return new Markup(source.map((part, i) => `${part}${insert(inserted[i])}`).join(""));
}

/** A piece of a page. */
export class Markup {
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }
}

/** What may stand in a template: text and numbers are escaped, pieces stand as they are, lists one after the other. */
export type Insertable = string | number | Markup | false | null | undefined | readonly Insertable[];

function insert(value: Insertable): string {
  if (value === undefined || value === null || value === false) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "object") return value.map(insert).join("");
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence whose words between backticks are code. */
export function prose(sentence: string): Insertable {
  return sentence.split(/`([^`]+)`/).map((part, i) => (i % 2 === 1 ? code(part) : part));
}

export function code(text: string): Markup {
  return html`<code>${text}</code>`;
}
