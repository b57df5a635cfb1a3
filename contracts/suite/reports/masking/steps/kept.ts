import { lookAt } from "../patterns";
import type { Pseudonyms } from "../pseudonyms";
import type { Step } from "../replace-along";

/** Keeps times, the ids of files, what a fingerprint ends with, and the address of the server. */
export function kept({ target }: Pick<Pseudonyms, "target">): Step {
  return (text, at) => {
    const found =
      lookAt("fingerprint", text, at) ??
      lookAt("timestamp", text, at) ??
      lookAt("uuid", text, at) ??
      (target !== "" && text.startsWith(target, at) ? target : undefined);
    return found === undefined ? undefined : { length: found.length, shown: found };
  };
}
