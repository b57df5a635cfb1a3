import { contractValues } from "./contract-words";
import { isMediaType } from "./media-type";
import { looksLike } from "./patterns";

/** A day alone may be a birthday. */
const CLOCK = /\d:\d/;

/** Whether a text that is in no field of anybody's is shown: a value that the contract lists, a time, the id of a file, a media type. */
export function isPublicText(text: string): boolean {
  return (
    text === "" ||
    contractValues.has(text) ||
    isMediaType(text) ||
    looksLike("uuid", text) ||
    (looksLike("timestamp", text) && CLOCK.test(text))
  );
}
