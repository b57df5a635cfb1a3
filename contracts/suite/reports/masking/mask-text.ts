import { printable } from "../../../client/errors";
import { maskSentence } from "./mask-sentence";
import type { Pseudonyms } from "./pseudonyms";
import { replaceAlong } from "./replace-along";
import { kept } from "./steps/kept";
import { known } from "./steps/known";
import { looks } from "./steps/looks";
import { quoted } from "./steps/quoted";

/** A sentence of ours: what it quotes or names is masked, its own words are not. */
export function maskText(sentence: string, pseudonyms: Pseudonyms): string {
  const maskQuotation = (text: string): string => maskSentence(text, pseudonyms);
  const steps = [known(pseudonyms), kept(pseudonyms), looks(pseudonyms), quoted(maskQuotation)];
  return printable(replaceAlong(sentence, steps));
}
