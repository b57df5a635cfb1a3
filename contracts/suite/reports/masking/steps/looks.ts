import { NO_ID } from "../../../../client/guard";
import { type Look, lookAt } from "../patterns";
import type { PseudonymKind } from "../private-fields";
import type { Pseudonyms } from "../pseudonyms";
import type { Step } from "../replace-along";

const LOOKS: readonly (readonly [Look, PseudonymKind])[] = [
  ["url", "URL"],
  ["email", "EMAIL"],
  ["number", "NUMBER"],
];

/** Replaces whatever looks like a number, an address or a URL, known or not. */
export function looks(pseudonyms: Pseudonyms): Step {
  return (text, at) => {
    for (const [look, kind] of LOOKS) {
      const found = lookAt(look, text, at);
      if (found === undefined) continue;
      const isId = found === String(NO_ID) || pseudonyms.isId(found);
      return { length: found.length, shown: isId ? found : pseudonyms.show(found, kind) };
    }
    return undefined;
  };
}
