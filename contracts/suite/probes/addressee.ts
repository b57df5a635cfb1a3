import { Skip } from "../judging/signals";
import type { ProbeContext } from "./probe";

/** Who is written to, and whether they had no chat with the line before. */
export interface Addressee {
  readonly person: string;
  readonly isNew: boolean;
}

const MOST_LOOKED_FOR = 3;

/** Somebody who may be written to, somebody new if there is anybody. @throws Skip when there is nobody */
export async function addressee({ api, line, people }: ProbeContext): Promise<Addressee> {
  const [first, ...others] = people.slice(0, MOST_LOOKED_FOR);
  if (first === undefined) throw new Skip("there is nobody to write to; --recipient names somebody");
  for (const person of [first, ...others]) if ((await api.find(line, [person])) === null) return { person, isNew: true };
  return { person: first, isNew: false };
}
