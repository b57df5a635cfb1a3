import type { Identifier } from "../../contracts/identifier";
import type { Chat } from "../../fixtures/records";

/** What makes two chats the same: the line and the set of participants. Order, duplicates and the line itself do not count (A-find-match). */
export function chatKey(line: Identifier, participants: readonly Identifier[]): string {
  if (participants.length === 1 && participants[0] !== line) return `${line} ${participants[0]}`;
  return [line, ...withoutLine(line, participants).sort()].join(" ");
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
