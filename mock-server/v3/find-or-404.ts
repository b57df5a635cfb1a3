import { parseE164 } from "../../contracts/identifiers";
import { Failure } from "../server/failure";
import { lineNumbers, linesShown } from "../world/lines";
import type { Chat, Line, Message } from "../world/model";
import { isShownBy } from "../world/version-visibility";
import type { World } from "../world/world";
import { numberMeant } from "./did-you-mean";
import { refuse } from "./errors";

/** The chat that a UUID stands for, or its 404. */
export function anyChatAt(world: World, uuid: string) {
  const id = world.publicIds.idOf("chat", uuid);
  return (id === undefined ? undefined : world.chats.get(id)) ?? refuse("2001");
}

/** The chat that a UUID stands for, in which the line still is: of a group that it has left only Get Chat tells (A-v3-leave-visibility). */
export function chatAt(world: World, uuid: string) {
  const chat = anyChatAt(world, uuid);
  return chat instanceof Failure || chat.leftAt === undefined ? chat : hasLeft();
}

/** The message that a UUID stands for with its chat, or its 404; of a group that the line has left there are none any more. */
export function messageAt(
  world: World,
  uuid: string,
): { readonly chat: Chat; readonly message: Message } | ReturnType<typeof noMessage | typeof hasLeft> {
  const id = world.publicIds.idOf("message", uuid);
  const message = id === undefined ? undefined : world.messages.get(id);
  const chat = message && isShownBy("v3", world, message) ? world.chats.get(message.chatId) : undefined;
  if (!message || !chat) return noMessage();
  return chat.leftAt === undefined ? { chat, message } : hasLeft();
}

function hasLeft() {
  return refuse("2013", { hint: "The line has left this group.", assumption: "A-v3-leave-visibility" });
}

function noMessage() {
  return refuse("2002");
}

/** The line with this number, which the caller must own; a number that is none is refused, too. */
export function lineAt(world: World, number: string): Line | ReturnType<typeof refuseLine> {
  const line = world.lines.first("phoneNumber", number);
  return line ?? refuseLine(world, number);
}

function refuseLine(world: World, number: string) {
  if (!isE164(number)) return refuseNumber("The line", number);
  return refuse("2006", { hint: `${number} is none of your lines: ${linesShown(lineNumbers(world))}.` });
}

/** The refusal of a number that is not in E.164 form; `name` tells which it is. */
export function refuseNumber(name: string, written: string, demand = "a number in E.164 form, such as +12052761148") {
  return refuse("1002", { hint: [`${name} must be ${demand}.`, numberMeant(written)].filter(Boolean).join(" ") });
}

export function isE164(number: string): boolean {
  return parseE164(number) !== undefined;
}
