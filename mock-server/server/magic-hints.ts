import { distance } from "fastest-levenshtein";
import { parseIdentifier, parsePhoneNumber } from "../../contracts/identifiers";
import { nearest } from "../../contracts/spelling-suggestion";
import { hasMagicService, isDueTo, MAGIC_VALUES, magicMessage } from "../world/magic-values";
import type { Chat, Message } from "../world/model";
import { ownHandle, participantsOf } from "../world/participants";
import type { World } from "../world/world";

/* What either version tells people about magic values: which has acted, and which was nearly written. */

const TEXTS = MAGIC_VALUES.flatMap(({ text }) => text ?? []);
const ALMOST_MAGIC = /^\s*linq-mock\s*:(?!.*\n)(?=.{0,40}$)/i;
const WITHOUT_COLON = /^\s*linq[-_ ]?mock[ .,;=-]{0,3}([a-z-]{3,20})\s*$/i;
const NUMBERS = MAGIC_VALUES.map(({ number }) => number);
const LIKE_MAGIC_NUMBERS = /^\+1500555\d{4}$/;
const IN_MAGIC_AREA = /^\+1500\d{7}$/;

/** Names the magic numbers that decide which services chats have. */
export function magicChatHint(world: World, chats: readonly Chat[]): string | undefined {
  const found = new Set<string | undefined>();
  for (const chat of chats) if (chat.service === "SMS") found.add(magicServiceHint(world, participantsOf(chat)));
  return found.size === 0 ? undefined : joined(...found);
}

/** Names the magic number among some that decides which service they can receive. */
export function magicServiceHint(world: World, identifiers: readonly string[]): string | undefined {
  return magicValueHint(identifiers.flatMap((one) => parseIdentifier(one) ?? []).find((one) => hasMagicService(world, one)));
}

export function magicValueHint(value: string | undefined): string | undefined {
  const happens =
    value === undefined ? undefined : MAGIC_VALUES.find(({ number, text }) => number === value || text === value)?.happens;
  return value === undefined || happens === undefined ? undefined : magicValue(value, happens);
}

/** Names the magic values that decide when some messages of a chat are delivered, if at all. */
export function magicMessageHint(chat: Chat, messages: readonly Message[]): string | undefined {
  const own = ownHandle(chat).id;
  const participants = participantsOf(chat);
  const found = new Set<string | undefined>();
  for (const message of messages) if (message.handleId === own) found.add(magicOf(message, participants));
  found.delete(undefined);
  return found.size === 0 ? undefined : joined(...found);
}

function magicOf(message: Message, participants: ReturnType<typeof participantsOf>): string | undefined {
  const magic = magicMessage(message.text, participants);
  if (magic) return isDueTo(magic, message) ? magicValue(magic.value, magic.happens) : undefined;
  if (ALMOST_MAGIC.test(message.text)) return magicTextUnknown(magicTextMeant(message.text.split(":")[1]));
  const meant = magicTextMeant(WITHOUT_COLON.exec(message.text)?.[1]);
  return meant === undefined ? undefined : magicTextUnknown(meant);
}

/** Numbers that nobody has, and that are no magic ones, though they look so. */
export function almostMagicNumberHint(written: readonly string[]): string | undefined {
  for (const one of written) {
    const number = parsePhoneNumber(one);
    if (number === undefined || NUMBERS.includes(number)) continue;
    if (
      LIKE_MAGIC_NUMBERS.test(number) ||
      (IN_MAGIC_AREA.test(number) && NUMBERS.some((magic) => distance(magic, number) === 1))
    )
      return `${number} is no magic number; there are ${NUMBERS.join(", ")}.`;
  }
  return undefined;
}

/** The magic text whose word is nearest; what all of them begin with says nothing. */
function magicTextMeant(word: string | undefined): string | undefined {
  if (word === undefined) return undefined;
  const words = TEXTS.map((known) => known.split(": ")[1] ?? "");
  const meant = nearest(word.trim(), words);
  return meant === undefined ? undefined : TEXTS[words.indexOf(meant)];
}

function magicValue(value: string, happens: string): string {
  return `${value} is a magic value: ${happens}.`;
}

function magicTextUnknown(meant: string | undefined): string {
  return meant === undefined
    ? `This text is no magic value; there are ${TEXTS.join(", ")}.`
    : `Did you mean the magic text ${meant}?`;
}

/** Several things to say as one; undefined when there is none. */
export function joined(...said: readonly (string | undefined)[]): string | undefined {
  return said.filter((hint) => hint !== undefined).join(" ") || undefined;
}
