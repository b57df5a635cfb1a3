import type { Chat, Message } from "../../../fixtures/records";
import { isShapedBy, magicMessage } from "../../domain/magic-message";
import { ownHandle, participantsOf } from "../../domain/membership";
import { hints } from "../../hints";

/** Names the magic values that decide when some messages of a chat are delivered, if at all. */
export function magicMessageHint(chat: Chat, messages: readonly Message[]): string | undefined {
  const own = ownHandle(chat).id;
  const participants = participantsOf(chat);
  const found = new Set<string>();
  for (const message of messages) {
    if (message.handleId !== own) continue;
    const magic = magicMessage(message.text, participants);
    if (magic && isShapedBy(magic, message)) found.add(hints.magicValue(magic.value, magic.happens));
  }
  return found.size === 0 ? undefined : [...found].join(" ");
}
