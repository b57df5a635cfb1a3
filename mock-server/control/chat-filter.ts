import { asCompared } from "../../contracts/contacts";
import type { Identifier } from "../../contracts/identifiers";
import { contactName } from "../world/contacts";
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
  const has = (text: string): boolean => asCompared(text).includes(wanted);
  const isMeant = (identifier: Identifier): boolean =>
    identifier.includes(wanted) || (digits !== "" && identifier.includes(digits)) || has(contactName(world, identifier));
  return ({ id, name, handles }) => {
    if (name !== null && has(name)) return true;
    if (handles.some(({ identifier }) => isMeant(identifier))) return true;
    const count = world.messages.count("chat", id);
    const [last] = count === 0 ? [] : world.messages.slice("chat", id, count - 1, count);
    return last !== undefined && has(last.text);
  };
}
