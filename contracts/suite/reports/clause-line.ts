/** The line, from 1, on which a clause begins in the lines of the contract; of a clause that has none of its own, what it is in. */
export function clauseLine(lines: readonly string[], clause: string): number {
  let found: Place | undefined = { line: -1, indent: -1 };
  let line = 0;
  for (const part of clause
    .replace(/^#\/?/, "")
    .split("/")
    .filter((text) => text !== "")) {
    found = childOf(lines, found, part.replaceAll("~1", "/").replaceAll("~0", "~"));
    if (!found) break;
    line = found.line;
  }
  return line + 1;
}

interface Place {
  readonly line: number;
  /** How far to the right it begins; what is in it begins further. */
  readonly indent: number;
}

/** Where a key, or an entry of a list by its position, stands among the lines below another. */
function childOf(lines: readonly string[], parent: Place, key: string): Place | undefined {
  let indent: number | undefined;
  let entry = -1;
  for (let line = parent.line + 1; line < lines.length; line += 1) {
    const [, spaces = "", content = ""] = /^( *)(.*)$/.exec(lines[line] ?? "") ?? [];
    if (content === "" || content.startsWith("#")) continue;
    if (spaces.length <= parent.indent) return undefined;
    indent ??= spaces.length;
    if (spaces.length !== indent) continue;
    if (content.startsWith("- ")) entry += 1;
    if (content.startsWith("- ") ? String(entry) === key : keyOf(content) === key) return { line, indent };
  }
  return undefined;
}

function keyOf(content: string): string | undefined {
  const [, quoted, plain] = /^(?:["'](.+?)["']|([^\s"'{[][^:]*)):(?:\s|$)/.exec(content) ?? [];
  return quoted ?? plain;
}
