import { printable } from "../../../client/errors";
import type { Pseudonyms } from "./pseudonyms";
import { replaceAlong } from "./replace-along";
import { kept } from "./steps/kept";
import { known } from "./steps/known";
import { looks } from "./steps/looks";
import { uncommonWords } from "./steps/uncommon-words";

/** A sentence that a server wrote: only plain words and those of the contract are shown. */
export function maskSentence(sentence: string, pseudonyms: Pseudonyms): string {
  const steps = [known(pseudonyms), kept(pseudonyms), looks(pseudonyms), uncommonWords(pseudonyms)];
  return printable(replaceAlong(sentence, steps));
}
