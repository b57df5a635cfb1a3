/** How a number is written: what stands around and between its digits, and how many of those are left out at the beginning. */
export interface NumberSpelling {
  /** How many characters of the E.164 form are left out, its plus included. */
  readonly skipped: number;
  /** Digits that stand together, by how many they are, and what stands before each and after the last. */
  readonly runs: readonly number[];
  readonly between: readonly string[];
}

/** How `written` writes a number whose E.164 form is `canonical`; undefined when the digits are not those. */
export function spellingOf(written: string, canonical: string): NumberSpelling | undefined {
  const digits = written.replaceAll(/\D/g, "");
  if (digits.length < 4 || !canonical.endsWith(digits)) return undefined;
  const hasPlus = written === canonical;
  return {
    skipped: hasPlus ? 0 : canonical.length - digits.length,
    runs: hasPlus ? [canonical.length] : (written.match(/\d+/g) ?? []).map((run) => run.length),
    between: hasPlus ? ["", ""] : written.split(/\d+/),
  };
}

/** Another number, given in E.164, written the same way. */
export function writeLike({ skipped, runs, between }: NumberSpelling, canonical: string): string {
  let at = skipped;
  const groups = runs.map((length, i) => {
    const end = i === runs.length - 1 ? canonical.length : at + length;
    const group = canonical.slice(at, end);
    at = end;
    return `${between[i]}${group}`;
  });
  return `${groups.join("")}${between.at(-1)}`;
}
