import { signal } from "@preact/signals";
import type { Schemas } from "./api";

/** The person as whom somebody writes, by chat. */
const personas = signal<ReadonlyMap<number, string>>(new Map());

/** The person as whom is written in a chat: whoever was chosen, or the first of the others. */
export function personaOf({ id, participants }: Schemas["Chat"]): string {
  const chosen = personas.value.get(id);
  if (chosen !== undefined && participants.some(({ identifier }) => identifier === chosen)) return chosen;
  return participants.find(({ own }) => !own)?.identifier ?? "";
}

export function writeAs({ id }: Schemas["Chat"], identifier: string): void {
  personas.value = new Map(personas.value).set(id, identifier);
}
