/** An element of XML, as tests look at it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const TOKEN = /<\?xml [^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads XML 1.0 without comments, sections and namespaces. @throws when it is not well formed */
export function parseXml(xml: string): Element {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML may not hold
  if (/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/u.test(xml)) throw new Error("it holds what no XML may");
  const root = { name: "", attributes: {}, children: [] as Element[], text: "" };
  const open: { name: string; attributes: Record<string, string>; children: Element[]; text: string }[] = [root];
  for (let at = 0; at < xml.length; ) {
    TOKEN.lastIndex = at;
    const [token, closed, name, attributes = "", isEmpty, text] = TOKEN.exec(xml) ?? [];
    if (token === undefined) throw new Error(`it is not well formed at ${xml.slice(at, at + 40)}`);
    at += token.length;
    const parent = open.at(-1) ?? root;
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes nothing`);
    if (text !== undefined) parent.text += decoded(text);
    if (name === undefined) continue;
    const element = { name, attributes: attributesIn(attributes), children: [], text: "" };
    parent.children.push(element);
    if (!isEmpty) open.push(element);
  }
  const [only, ...others] = root.children;
  if (!only || others.length > 0 || open.length !== 1) throw new Error("it has not one root");
  return only;
}

function attributesIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]): [string, string] => [
    name,
    decoded(value),
  ]);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error("an attribute is there twice");
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (whole, code?: string, name = "") => {
    const character = code === undefined ? ENTITIES[name] : String.fromCodePoint(Number(code));
    if (character === undefined) throw new Error(`${whole} is no entity`);
    return character;
  });
}
