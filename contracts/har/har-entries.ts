import { asObject } from "./as-object";
import { mendHar } from "./mend-har";
import { readHar } from "./read-har";

/** The entries of a HAR file, as it has them. */
export interface HarEntries {
  readonly entries: readonly unknown[];
  /** How many entries are known to be lost, because the file was cut off. */
  readonly lost: number;
}

/** Reads the entries of a HAR file; of one that was cut off, those that are whole. @throws TargetError when it is no HAR file */
export function harEntries(text: string, name: string): HarEntries {
  const json = text.replace(/^\uFEFF/, "");
  const whole = entriesOf(json);
  if (whole) return { entries: whole, lost: 0 };
  const mended = mendHar(json);
  const found = mended && entriesOf(mended.json);
  if (found) return { entries: found, lost: mended.lost };
  return { entries: readHar(text, name).exchanges, lost: 0 }; // says what is wrong
}

/** Undefined when it is no HAR file. */
function entriesOf(json: string): readonly unknown[] | undefined {
  try {
    const { log } = asObject<{ log: unknown }>(JSON.parse(json));
    const { entries } = asObject<{ entries: unknown }>(log);
    return Array.isArray(entries) ? entries : undefined;
  } catch {
    return undefined;
  }
}
