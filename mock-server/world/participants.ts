import type { Identifier } from "../../contracts/identifiers";
import type { Chat, Handle } from "./model";

/** What makes two chats the same: the line and the set of participants. Order, duplicates and the line itself do not count (A-find-match). */
export function chatKey(line: Identifier, participants: readonly Identifier[]): string {
  if (participants.length === 1 && participants[0] !== line) return `${line} ${participants[0]}`;
  return [line, ...withoutLine(line, participants).sort()].join(" ");
}

/** Whether a chat has, or may have had, exactly these participants. */
export function mayHaveParticipants(chat: Chat, line: Identifier, participants: readonly Identifier[]): boolean {
  if (chat.line !== line) return false;
  return chat.isChanged === true || chatKey(line, participantsOf(chat)) === chatKey(line, participants);
}

/** The distinct participants besides the line, in the order given. */
export function withoutLine(line: Identifier, participants: readonly Identifier[]): Identifier[] {
  return [...new Set(participants)].filter((identifier) => identifier !== line);
}

/** Who is in the chat besides the organization's own line. */
export function participantsOf(chat: Chat): Identifier[] {
  const participants: Identifier[] = [];
  for (const { identifier } of chat.handles) if (identifier !== chat.line) participants.push(identifier);
  return participants;
}

/** The handles of those who are in the chat now: that of a line that has left stays for what it wrote, and is none of them. */
export function presentHandles({ handles, line, leftAt }: Chat): readonly Handle[] {
  return leftAt === undefined ? handles : handles.filter(({ identifier }) => identifier !== line);
}

/** Whether there is more than one participant besides the line. */
export function isGroup({ handles, line }: Chat): boolean {
  let participants = 0;
  for (const { identifier } of handles) if (identifier !== line) participants += 1;
  return participants > 1;
}

/** The organization's own handle in a chat. */
export function ownHandle(chat: Chat): Handle {
  const own = handleOf(chat, chat.line);
  if (!own) throw new Error(`chat ${chat.id} has no handle of its line`);
  return own;
}

/** The handle of somebody who is in the chat. */
export function handleOf(chat: Chat, identifier: Identifier): Handle | undefined {
  for (const handle of chat.handles) if (handle.identifier === identifier) return handle;
  return undefined;
}

/** The handle with this id, of somebody who is or was in the chat. */
export function handleById(chat: Chat, id: number): Handle {
  for (const handle of chat.handles) if (handle.id === id) return handle;
  for (const handle of chat.formerHandles) if (handle.id === id) return handle;
  throw new Error(`the handle ${id} was never in the chat ${chat.id}`);
}
