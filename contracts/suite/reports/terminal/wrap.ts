const NARROWEST = 40;

/** A text in lines of at most so many characters, where it has spaces; the lines after the first are indented. */
export function wrap(text: string, width: number, indent: number): string {
  const room = Math.max(NARROWEST, width) - indent;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}
