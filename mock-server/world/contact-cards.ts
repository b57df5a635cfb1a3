import type { ContactCardChange } from "./events";
import type { ContactCard, Line } from "./model";
import type { World } from "./world";

/** Documented: so many changes of a line's card in ten minutes. */
export const MOST_CARD_CHANGES = 3;
export const CARD_CHANGES_MS = 600_000;

/** Sets the contact card of a line, or takes it away. It is applied at once. */
export function setContactCard(world: World, before: Line, contactCard: ContactCard | null): Line {
  const line = world.lines.replace({ ...before, contactCard });
  world.announce({ kind: changeOf(before.contactCard, contactCard), line });
  return line;
}

function changeOf(before: ContactCard | null, now: ContactCard | null): ContactCardChange {
  if (!now) return "contact_card.deleted";
  return before ? "contact_card.updated" : "contact_card.created";
}
