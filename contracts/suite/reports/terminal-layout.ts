/* What goes on so many lines of so many characters. */

export const WIDTH = 100;
const NARROWEST = 40;
/** Where among the lengths of a failure that is with a line of evidence, from the end. */
const EVIDENCE = -2;
/** Lines that are kept free for the worst failure to be told in full. */
const MARGIN = 8;
/** How far the lines after the first are indented. */
export const INDENT = 4;
/** How far facts are from the left, behind their labels. */
export const LABEL = 12;
const CODES = { bold: 1, dim: 2, fail: 31, pass: 32, contradicted: 33, added: 33, inconclusive: 35, skipped: 36 } as const;

type Tone = keyof typeof CODES;

/** Sections on so many lines: each of those that follow has its say. */
export function shared(sections: readonly Section[], lines: number, screen: Screen): string[] {
  let left = lines;
  return sections.map((section, i) => {
    const reserved = sections.slice(i + 1).reduce((sum, following) => sum + leastOf(following), 0);
    const text = fitted(section, left - 1 - reserved, screen);
    left -= countOf(text) + 1;
    return text;
  });
}

/** Whether failures could not have a line of evidence each, if all sections had their say. */
export function isCrowded([failures, ...others]: readonly Section[], lines: number): boolean {
  if (!failures || failures.title !== undefined || others.length === 0) return false;
  const wanted = failures.entries.reduce((sum, entry) => sum + countOf(entry.at(EVIDENCE) ?? entry[0]), 0);
  return wanted + others.reduce((sum, section) => sum + leastOf(section), 0) > lines - MARGIN;
}

/** The failures, and the titles of what else there is. */
export function crowded([failures, ...others]: readonly Section[], lines: number, screen: Screen): string[] {
  const titles = others.map(({ title, entries }) => `${title} (${entries.length})`);
  const rest = [...titles, screen.paint("dim", `  not shown, for the failures; ${screen.whereAllIs}`)].join("\n");
  return failures ? [fitted(failures, lines - 1 - countOf(rest) - 1, screen), rest] : [rest];
}

/** A title, the first entry in short, how many were left out, and the line to the next section. */
function leastOf({ entries: [first, ...others] }: Section): number {
  return 1 + (first ? countOf(shortest(first)) : 0) + (others.length > 0 ? 1 : 0) + 1;
}

export interface Section {
  readonly title?: string;
  readonly entries: readonly ScreenEntry[];
}

/** An entry of a report in several lengths, from the longest to the shortest. */
export type ScreenEntry = readonly [string, ...string[]];

function shortest(entry: ScreenEntry): string {
  return entry.at(-1) ?? entry[0];
}

/** As much of a section as goes on so many lines: all entries in short before any is told at more length, and how many were left out. */
function fitted({ title, entries }: Section, lines: number, { paint, whereAllIs }: Screen): string {
  const shown: string[] = [];
  let left = lines - (title === undefined ? 0 : 1) - 1;
  for (const [i, entry] of entries.entries()) {
    const text = shortest(entry);
    if (countOf(text) > left && i > 0) break;
    left -= countOf(text);
    shown.push(text);
  }
  const longest = Math.max(...entries.map(({ length }) => length));
  const lengthen = (i: number, length: number): void => {
    const longer = entries[i]?.[length] ?? shown[i] ?? "";
    const more = countOf(longer) - countOf(shown[i] ?? "");
    if (more <= 0 || more > left) return;
    left -= more;
    shown[i] = longer;
  };
  for (let length = longest - 2; length >= 0; length -= 1) {
    for (const i of shown.keys()) lengthen(i, length);
    lengthen(0, 0); // the worst is told in full before others get a command
  }
  const rest = entries.length - shown.length;
  if (rest > 0) shown.push(paint("dim", `  and ${rest} more; ${whereAllIs}`));
  return [...(title === undefined ? [] : [`${title} (${entries.length})`]), shown.join("\n").trimEnd()].join("\n");
}

export function countOf(text: string): number {
  return text.split("\n").length;
}

export class Screen {
  readonly #color: boolean;
  readonly #width: number;

  /** Where that is which is left out. */
  readonly whereAllIs: string;

  constructor(color: boolean, width: number, file: string | undefined) {
    this.whereAllIs =
      file === undefined ? "--report json=<file> keeps them next time, --lines all shows them" : `${file} has them`;
    this.#color = color;
    this.#width = Math.max(NARROWEST, width);
  }

  readonly paint = (tone: Tone, text: string): string => (this.#color ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text);

  /** A text in lines that fit, where it has spaces; the lines after the first are indented. */
  readonly wrap = (text: string, indent: number): string => {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > this.#width - indent) {
        lines.push(line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...lines, line].join(`\n${" ".repeat(indent)}`);
  };

  /** A text on one line. */
  readonly cut = (text: string): string => (text.length > this.#width ? `${text.slice(0, this.#width - 1)}…` : text);

  /** Entries below a title, each with one thing a line. */
  list(tone: Tone, title: string, entries: readonly (readonly (string | null)[])[]): Section {
    return {
      title: this.paint(tone, title),
      entries: entries.map(([first, ...others]) => {
        const short = `  ${this.wrap(first ?? "", INDENT)}`;
        const more = others.filter((text) => text).map((text) => this.paint("dim", `    ${this.wrap(text ?? "", INDENT)}`));
        return [[short, ...more].join("\n"), short];
      }),
    };
  }
}
