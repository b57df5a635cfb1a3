import { nearest } from "../../../../contracts/nearest";
import { isDueTo, MAGIC_VALUES, magicMessage } from "../../../world/magic-values";
import type { Chat, Message } from "../../../world/model";
import { ownHandle, participantsOf } from "../../../world/participants";
import { hints } from "../../hints";

const TEXTS = MAGIC_VALUES.flatMap(({ text }) => text ?? []);
const ALMOST_MAGIC = /^\s*linq-mock\s*:(?!.*\n)(?=.{0,40}$)/i;

/** Names the magic values that decide when some messages of a chat are delivered, if at all. */
export function magicMessageHint(chat: Chat, messages: readonly Message[]): string | undefined {
  const own = ownHandle(chat).id;
  const participants = participantsOf(chat);
  const found = new Set<string>();
  for (const message of messages) {
    if (message.handleId !== own) continue;
    const magic = magicMessage(message.text, participants);
    if (magic && isDueTo(magic, message)) found.add(hints.magicValue(magic.value, magic.happens));
    if (!magic && ALMOST_MAGIC.test(message.text)) found.add(hints.magicTextUnknown(meantBy(message.text), TEXTS));
  }
  return found.size === 0 ? undefined : [...found].join(" ");
}

/** The magic text whose word is nearest; what all of them begin with says nothing. */
function meantBy(text: string): string | undefined {
  const [, word = ""] = text.split(":");
  const words = TEXTS.map((known) => known.split(": ")[1] ?? "");
  const meant = nearest(word.trim(), words);
  return meant === undefined ? undefined : TEXTS[words.indexOf(meant)];
}
