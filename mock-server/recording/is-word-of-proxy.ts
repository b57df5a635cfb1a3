import { constants } from "node:os";
import { isPlainWord } from "./is-plain-word";

/** What the proxy says when no answer has come, beside plain words. */
const WORDS = new Set(
  "authority br certificate decoded deflate ended gzip mb middle port proxy s speak stopped tls trusted whoever".split(" "),
);
/** Why a connection fails: the system's codes, those of names that cannot be found, and of HTTP, TLS and compression. */
const CODES = new Set([...Object.keys(constants.errno), "ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"]);
const CODE_WITH_PREFIX = /^(?:CERT|DEPTH|ERR|HOSTNAME|HPE|NODE|SELF|UNABLE|Z)(?:_[A-Z\d]+)+$/;

/** Whether a word, in a reason why no answer has come, is the proxy's own, and tells nobody anything of anybody. */
export function isWordOfProxy(word: string): boolean {
  return isPlainWord(word) || WORDS.has(word.toLowerCase()) || CODES.has(word) || CODE_WITH_PREFIX.test(word);
}
