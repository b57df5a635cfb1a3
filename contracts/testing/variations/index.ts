import { answerVariations } from "./answers";
import { behaviourVariations } from "./behaviour";
import type { Variation } from "./variation";

/**
 * Variations: differences from our mock that the documents allow another server, so that no law may fail for them, by what they are about.
 * What each contradicts is told as an assumption at most. Mutants, which a law must find, are judged on top of them, too.
 */
const variations: Readonly<Record<string, readonly Variation[]>> = { ...answerVariations, ...behaviourVariations };

export const allVariations: readonly Variation[] = Object.values(variations).flat();

/** Several servers that differ in all respects at once: the first of each group, the second of each, and so on. */
export const stacks: readonly (readonly Variation[])[] = Array.from(
  { length: Math.max(...Object.values(variations).map((group) => group.length)) },
  (_, i) => Object.values(variations).flatMap((group) => group[i] ?? []),
);
