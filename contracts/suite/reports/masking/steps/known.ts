import { fold } from "../fold";
import type { Pseudonyms } from "../pseudonyms";
import type { Step } from "../replace-along";

/** Replaces values that were seen. */
export function known(pseudonyms: Pseudonyms): Step {
  let [last, folded] = ["", ""];
  return (text, at) => {
    if (text !== last) [last, folded] = [text, fold(text)];
    const found = pseudonyms.known.at(text, folded, at);
    return found && { length: found.length, shown: pseudonyms.note(found.pseudonym) };
  };
}
