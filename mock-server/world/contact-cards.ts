import type { ContactCardChange } from "./events";
import type { ContactCard, Line } from "./model";
import type { World } from "./world";

/** Documented: so many changes of a line's card in ten minutes. */
export const MOST_CARD_CHANGES = 3;
export const CARD_CHANGES_MS = 600_000;
/** Documented: a card is offered to a chat at most once a day. */
export const CARD_SHARES_MS = 86_400_000;

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

/** A line as address books read it (vCard 3.0); without a card, only its number is known. */
export function vCardOf({ phoneNumber, contactCard }: Pick<Line, "phoneNumber" | "contactCard">): string {
  const { firstName, lastName = "", imageUrl } = contactCard ?? { firstName: phoneNumber };
  const lines = [
    "BEGIN:VCARD",
    "VERSION:3.0",
    `N:${escaped(lastName)};${escaped(firstName)};;;`,
    `FN:${escaped(`${firstName} ${lastName}`.trim())}`,
    `TEL;TYPE=CELL:${phoneNumber}`,
    ...(imageUrl === undefined ? [] : [`PHOTO;VALUE=URI:${imageUrl.replaceAll(/\s/g, "")}`]),
    "END:VCARD",
  ];
  return `${lines.join("\r\n")}\r\n`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\,;]/g, "\\$&").replaceAll(/\r?\n/g, "\\n");
}
