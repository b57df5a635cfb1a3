import type { Tone } from "./paint";
import type { Screen } from "./screen";
import { wrap } from "./wrap";

const MOST = 12;
const INDENT = 4;

interface List {
  readonly title: string;
  readonly tone: Tone;
  /** What there is to say of each, one thing a line. */
  readonly entries: readonly (readonly (string | undefined)[])[];
}

/** A title and a list below it; undefined when the list is empty. */
export function entries(
  { paint, width }: Pick<Screen, "paint" | "width">,
  { title, tone, entries: all }: List,
): string | undefined {
  if (all.length === 0) return undefined;
  const lines = all.slice(0, MOST).map((texts) =>
    texts
      .filter((text) => text !== undefined && text !== "")
      .map((text, i) =>
        i === 0 ? `  ${wrap(text ?? "", width, INDENT)}` : paint("dim", `    ${wrap(text ?? "", width, INDENT)}`),
      )
      .join("\n"),
  );
  const rest = all.length - MOST;
  return [`${paint(tone, title)} (${all.length})`, ...lines, ...(rest > 0 ? [paint("dim", `  and ${rest} more`)] : [])].join(
    "\n",
  );
}
