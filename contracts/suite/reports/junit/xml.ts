export type Attributes = Readonly<Record<string, string | number>>;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};
/** Characters that no XML 1.0 may hold, not even escaped. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** An element with others in it. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${attributesText(attributes)}`;
  if (children.length === 0) return `${start}/>`;
  return [`${start}>`, ...children, `</${name}>`].join("\n");
}

/** An element with a text in it. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return `<${name}${attributesText(attributes)}>${contentText(text)}</${name}>`;
}

function attributesText(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value), /[&<>"\n\r\t]/g)}"`)
    .join("");
}

function contentText(text: string): string {
  return escaped(text, /[&<>\r]/g);
}

function escaped(text: string, special: RegExp): string {
  return text
    .replace(FORBIDDEN, (character) => `\\u${codeOf(character)}`)
    .replace(special, (character) => ESCAPES[character] ?? character);
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}
