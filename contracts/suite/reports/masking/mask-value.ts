import type { Pseudonyms } from "./pseudonyms";
import { replacePrivate } from "./replace-private";
import { trailOf } from "./trail-of";

/** Parsed JSON with pseudonyms in it; `pointer` is where in a body it stood. */
export function maskValue(value: unknown, pointer: string, pseudonyms: Pseudonyms): unknown {
  return replacePrivate(value, trailOf(pointer), { pseudonyms, replace: (raw, kind) => pseudonyms.show(String(raw), kind) });
}
