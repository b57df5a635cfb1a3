import { parseE164 } from "../../contracts/identifiers";
import { Failure } from "../server/failure";
import { fileCalled } from "../world/announced-files";
import { isShownBy } from "../world/isolation";
import { lineNumbers, linesShown } from "../world/lines";
import type { Chat, Line, Message } from "../world/model";
import type { RecordKind } from "../world/public-ids";
import type { Sandbox } from "../world/sandbox";
import type { World } from "../world/world";
import { refuse } from "./errors";
import { numberMeant } from "./meant";

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

const KINDS = new Map(
  Object.entries({
    chats: ["chat", "chats"],
    messages: ["message", "messages"],
    phone_numbers: ["line", "lines"],
    "webhook-subscriptions": ["subscription", "subscriptions"],
  } as const),
);

/** Where those of a kind are listed. */
const LISTED: Readonly<Record<string, string>> = {
  chats: "GET /v3/chats lists the chats.",
  messages: "GET /v3/chats/{chatId}/messages lists the messages of a chat.",
  phone_numbers: "GET /v3/phone_numbers lists the lines.",
  "webhook-subscriptions": "GET /v3/webhook-subscriptions lists the subscriptions.",
};

/** What each kind of record is called. */
const NAMES: Partial<Record<RecordKind, string>> = {
  chat: "a chat",
  message: "a message",
  handle: "a participant",
  line: "a line",
  subscription: "a subscription",
  reaction: "a reaction",
};

/** What there is to say of the first UUID in a path when it stands for nothing: whose it is, or where there are others. */
export function unknownThing(
  world: World,
  path: string,
  sandboxes: Iterable<Pick<Sandbox, "name" | "world">>,
): string | undefined {
  const [, name = "", uuid = ""] = path.split("/");
  const [kind] = KINDS.get(name) ?? [];
  if (kind === undefined || uuid === "" || hasThing(world, path)) return undefined;
  if (world.publicIds.idOf(kind, uuid) !== undefined) return `That ${kind} is gone: it was deleted, or made before a reset.`;
  const kinds = Object.keys(NAMES) as RecordKind[];
  const other = kinds.find((one) => world.publicIds.idOf(one, uuid) !== undefined);
  if (other !== undefined) return `That is the id of ${NAMES[other]}, not of ${NAMES[kind]}. ${LISTED[name]}`;
  for (const sandbox of sandboxes) {
    if (sandbox.world.publicIds.idOf(kind, uuid) !== undefined)
      return `That is ${NAMES[kind]} of sandbox ${sandbox.name}: ids of V3 are a sandbox's own. Does the base URL name that sandbox?`;
  }
  return LISTED[name];
}

/** Whether a world has the first thing that a path names by its UUID: of `/chats/{chatId}/messages`, the chat. */
export function hasThing(world: World, path: string): boolean {
  const [, name = "", uuid = ""] = path.split("/");
  if (name === "attachments") return fileCalled(world, uuid.toLowerCase()) !== undefined;
  const [kind, collection] = KINDS.get(name) ?? [];
  const id = kind && world.publicIds.idOf(kind, uuid);
  return id !== undefined && collection !== undefined && world[collection].get(id) !== undefined;
}
