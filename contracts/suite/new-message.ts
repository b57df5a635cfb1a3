import type { LawContext } from "./law";

/** A message that tells whoever gets it what it is, and is like no other. */
export function newMessage({ unique }: Pick<LawContext, "unique">): { readonly text: string } {
  return { text: `Contract check ${unique()}` };
}
