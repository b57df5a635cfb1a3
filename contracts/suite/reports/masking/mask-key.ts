import { contractFields } from "./contract-words";
import { fold } from "./fold";
import type { Pseudonyms } from "./pseudonyms";
import { isCommon } from "./vocabulary";

const SIMPLE = /^[a-z][a-zA-Z\d_]{0,39}$/;
const MANY_DIGITS = /\d{4}/;

/** The name of a field: what the contract knows, or a simple identifier that names nobody. */
export function maskKey(key: string, pseudonyms: Pseudonyms): string {
  if (isCommonKey(key)) return key;
  const named = namedIn(key, pseudonyms);
  if (named?.length === key.length) return pseudonyms.note(named.pseudonym);
  return named || !isSimpleKey(key) ? pseudonyms.show(key, "TEXT") : key;
}

/** Whether the name of a field, by its look, is a programmer's choice. */
export function isSimpleKey(key: string): boolean {
  return isCommonKey(key) || (SIMPLE.test(key) && !MANY_DIGITS.test(key));
}

function isCommonKey(key: string): boolean {
  return key === "" || contractFields.has(key) || (/^[\w[\]]+$/.test(key) && key.split(/[[\]]+/).every(isCommon));
}

/** The first known value in a key. */
function namedIn(key: string, { known }: Pseudonyms): ReturnType<typeof known.at> {
  const folded = fold(key);
  for (let at = 0; at < key.length; at += 1) {
    const found = known.at(key, folded, at);
    if (found) return found;
  }
  return undefined;
}
