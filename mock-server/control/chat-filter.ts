import { asCompared, fullName } from "../../contracts/contacts";
import type { Identifier } from "../../contracts/identifiers";
import type { Chat } from "../world/model";
import type { World } from "../world/world";

type ChatTest = (chat: Chat) => boolean;

/** What tells whether a chat is meant: one of a line, one in which something is found. Undefined when every chat is. */
export function chatFilter(
  world: World,
  { line, search = "" }: { readonly line: Identifier | undefined; readonly search: string | undefined },
): ChatTest | undefined {
  const wanted = asCompared(search);
  const isFound = wanted === "" ? undefined : searchFor(world, wanted);
  if (line === undefined) return isFound;
  return (chat) => chat.line === line && (isFound?.(chat) ?? true);
}

/** In names, numbers, addresses, and the text of the last message. A number is found however it is written. */
function searchFor(world: World, wanted: string): ChatTest {
  const digits = /^[\d\s().+-]+$/.test(wanted) ? wanted.replace(/\D/g, "") : "";
  const pattern = new RegExp(wanted.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&").replaceAll(" ", "\\s+"), "iu"); // ten times as fast as to compare copies
  const has = (text: string): boolean => pattern.test(text);
  const named = peopleNamed(world, has);
  const isMeant = (identifier: Identifier): boolean =>
    named.has(identifier) || identifier.includes(wanted) || (digits !== "" && identifier.includes(digits));
  return ({ id, name, handles }) => {
    for (const { identifier } of handles) if (isMeant(identifier)) return true;
    return (name !== null && has(name)) || has(world.messages.last("chat", id)?.text ?? "");
  };
}

/** Those whom a chat would show by such a name. Contacts are gone through once, not once for each chat. */
function peopleNamed({ contacts }: World, has: (name: string) => boolean): ReadonlySet<Identifier> {
  const found = new Set<Identifier>();
  for (const contact of contacts.values()) {
    if (!has(fullName(contact))) continue;
    for (const written of [contact.phoneNumber, contact.email?.toLowerCase()]) {
      const identifier = written as Identifier | undefined | null; // A-email-case
      if (identifier != null && contacts.first("identifier", identifier) === contact) found.add(identifier);
    }
  }
  return found;
}
