import type { Identifier, Service } from "../../contracts/identifiers";
import { commonService, parseE164, parseEmail } from "../../contracts/identifiers";
import { httpHints } from "../server/http-hints";
import type { MagicDelivery } from "../world/magic-values";
import { bestService, FAILED_DELIVERY } from "../world/magic-values";
import { hasWrittenIn, type NewMessage } from "../world/messages";
import type { Chat, Line } from "../world/model";
import { hasOptedOut } from "../world/opt-out";
import { isGroup, participantsOf } from "../world/participants";
import { sentWithKey, wasKeyDeleted } from "../world/version-visibility";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { refuseNumber } from "./find-or-404";

const FIRST_URL = /\b(?:https?|ftp):\/\/|\bwww\./i;
/** What a message fails with that its service cannot take (A-v3-service-choice). */
const NOT_SUPPORTED = 4005;

/** A number in E.164 form, be there such a one or not, or an e-mail address. */
export function readHandle(text: string): Identifier | undefined {
  return text.includes("@") ? parseEmail(text) : parseE164(text);
}

/** The people of a request: numbers in E.164 form and e-mail addresses, each once. `nameOf` tells where one stands. */
export function readHandles(written: readonly string[], nameOf = (i: number): string => `to[${i}]`) {
  const people: Identifier[] = [];
  for (const [i, text] of written.entries()) {
    const identifier = readHandle(text);
    if (identifier === undefined) return refuseNumber(nameOf(i), text, "a number in E.164 form or an e-mail address");
    if (!people.includes(identifier)) people.push(identifier);
  }
  return people;
}

/**
 * Whether a chat may be taken for the same people: a group with a name of its own, one whose people have changed, be it down to one, and one that
 * the line has left are left out.
 */
export function mayReuse(chat: Chat): boolean {
  if (chat.leftAt !== undefined || chat.isChanged || chat.formerHandles.length > 0) return false;
  return !isGroup(chat) || chat.name === null;
}

/** Why a first message of a new chat is not sent, by what is in it. */
export function firstMessageRefusal(
  input: { readonly effect?: unknown; readonly reply_to?: unknown },
  { text }: Pick<NewMessage, "text">,
) {
  if (FIRST_URL.test(text))
    return refuse("1005", { hint: "The first message of a new chat holds no URL; send it in the second." });
  if (input.effect === undefined && input.reply_to === undefined) return undefined;
  const hint = "The first message of a new chat has no effect and replies to none.";
  return refuse("1005", { hint, assumption: "A-v3-first-message-code" });
}

/** Why a line may not send to people now. A send that may is counted. */
export function sendingRefusal(world: World, line: Line, people: readonly Identifier[], overridesOptOut = false) {
  if (line.isFlagged) return refuse("2027", { hint: `${line.phoneNumber} has the status FLAGGED.` });
  const [only, ...others] = people;
  const isDirect = only !== undefined && others.length === 0;
  if (isDirect && world.blockedHandles.has(only))
    return refuse("2026", { hint: `${only} is blocked: DELETE /blocked_handles.` });
  if (isDirect && !overridesOptOut && hasOptedOut(world, only)) {
    return refuse("2024", { hint: `${only} has written STOP or the like; override_optout sends all the same.` });
  }
  const { vendorSandbox, rateLimits } = world.settings;
  const silence = sandboxRefusal(world, line.phoneNumber, people);
  if (silence) return silence;
  if (!rateLimits) return undefined;
  const waitMs = world.sendLimits.enter(line.phoneNumber, people, world.clock.now(), vendorSandbox);
  return waitMs > 0
    ? refuse("1007", { retryAfterS: Math.ceil(waitMs / 1000), hint: httpHints.limitReached, assumption: "A-v3-rate-window" })
    : undefined;
}

/** Why nothing goes from a line to people in the vendor's sandbox: one of them has never written to it. */
export function sandboxRefusal(
  world: World,
  line: Identifier,
  people: readonly Identifier[],
  assumption = people.length > 1 ? "A-v3-inbound-first-group" : undefined,
) {
  const silent = world.settings.vendorSandbox ? people.find((person) => !hasWritten(world, line, person)) : undefined;
  if (silent === undefined) return undefined;
  const hint = `${silent} has not written to ${line} yet, and this is a sandbox: POST /__mock/simulate/message {"line": "${line}", "from": "${silent}", "text": "Hi"}.`;
  return refuse("2008", { hint, ...(assumption !== undefined && { assumption }) });
}

/** Whether somebody has ever written to a line. */
function hasWritten(world: World, own: Identifier, person: Identifier): boolean {
  const { chats } = world;
  const all = (["member", "former"] as const).flatMap((index) => chats.slice(index, person));
  return all.some((chat) => {
    const theirs = [...chat.handles, ...chat.formerHandles].find(({ identifier }) => identifier === person)?.id;
    return chat.line === own && hasWrittenIn(world, chat, (handleId) => handleId === theirs);
  });
}

/** What a message travels by, and what becomes of it there: iMessage, or RCS before SMS, if its sender wants it so (A-v3-service-choice). */
export function serviceFor(
  world: World,
  people: readonly Identifier[],
  { preferredService: preferred, parts = [] }: Pick<NewMessage, "preferredService" | "parts">,
): { readonly service?: Service; readonly delivery?: MagicDelivery } {
  const best = people.map((person) => bestService(world, person) ?? "iMessage");
  const usual = commonService(best);
  const offIMessage = best.every((one) => one === "RCS") ? "RCS" : "SMS";
  const service = preferred === undefined || preferred === "iMessage" ? preferred : offIMessage;
  const isCard = parts.some((part) => part.type === "imessage_app" && part.content["fallback_text"] == null);
  const needsIMessage = preferred === "iMessage" || isCard || people.some((person) => person.includes("@"));
  const isReached = usual === "iMessage" && (service ?? usual) === "iMessage";
  return {
    ...(service && { service }),
    ...(needsIMessage && !isReached && { delivery: { ...FAILED_DELIVERY, failureCode: NOT_SUPPORTED } }),
  };
}

/** What a message is sent once by: the header before the field, and none that is empty (A-v3-idem-scope). */
export function keyOf(field: string | undefined, header?: string): string | undefined {
  return header || field || undefined;
}

/** The message that was sent with a key before; its 404 when it is deleted (A-v3-idem-deleted), undefined when there was none. */
export function sentBefore(world: World, key: string | undefined) {
  const message = key === undefined ? undefined : sentWithKey("v3", world, key);
  if (message) return { message, chat: world.chats.get(message.chatId) as Chat };
  return key !== undefined && wasKeyDeleted("v3", world, key) ? refuse("2002", { assumption: "A-v3-idem-deleted" }) : undefined;
}

export function peopleOf(chat: Chat): Identifier[] {
  return participantsOf(chat);
}
