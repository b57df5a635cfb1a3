import { type ActivityPlace, activityPlaceOf, chatsByActivity } from "../world/chat-order";
import type { Chat, Message } from "../world/model";
import type { World } from "../world/world";
import { chatFilter } from "./chat-filter";
import { type ControlCall, ControlRefusal, refusal } from "./control-call";
import { chatById, findLine } from "./find-by-name";
import type { operations } from "./generated/types";
import { viewOfChat, viewOfLine, viewOfMessage } from "./views";

const DEFAULT_LIMIT = 50;

export const listLines: ControlCall<"listLines"> = ({ sandbox: { world } }) => ({
  status: 200,
  body: { lines: [...world.lines.values()].map((line) => viewOfLine(world, line)) },
});

/** The chats that a query means, from the newest activity to the oldest. */
export const chats: ControlCall<"chats"> = ({ sandbox: { world, name } }, { query }) => {
  const { limit = DEFAULT_LIMIT, search, cursor } = query;
  const line = query.line === undefined ? undefined : findLine(world, query.line);
  if (line instanceof ControlRefusal) return line;
  const isMeant = chatFilter(world, { line: line?.phoneNumber, search });
  const meant = isMeant && chatsMeant(world, isMeant);
  const page: Chat[] = [];
  for (const id of chatsByActivity(world, cursor === undefined ? undefined : placeAt(cursor))) {
    const chat = meant?.has(id) === false ? undefined : world.chats.get(id);
    if (chat) page.push(chat);
    if (page.length > limit) break;
  }
  const last = page.length > limit ? page[limit - 1] : undefined;
  return {
    status: 200,
    body: {
      chats: page.slice(0, limit).map((chat) => viewOfChat(world, name, chat)),
      next: last ? cursorOf(activityPlaceOf(world, last)) : null,
      total: meant ? meant.size : world.chats.size,
    },
  };
};

/** Those that are meant are found in the order of their ids, in which memory holds them: five times as fast as in that of their activity. */
function chatsMeant(world: World, isMeant: (chat: Chat) => boolean): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const chat of world.chats.values()) if (isMeant(chat)) ids.add(chat.id);
  return ids;
}

/** It says where a page has ended, so that chats which become active meanwhile move none to another page. */
function cursorOf({ at, newest, id }: ActivityPlace): string {
  return [at, newest, id].join("_");
}

function placeAt(cursor: string): ActivityPlace {
  const [at, newest, id] = cursor.split("_").map(Number) as [number, number, number];
  return { at, newest, id };
}

export const chat: ControlCall<"chat"> = ({ sandbox: { world, name } }, { path: { id } }) => {
  const found = chatById(world, Number(id), "/id");
  return found instanceof ControlRefusal ? found : { status: 200, body: { chat: viewOfChat(world, name, found) } };
};

/** The newest messages of a chat, or those before, after or around one of them; the oldest comes first. */
export const chatMessages: ControlCall<"chatMessages"> = ({ sandbox: { world } }, { path: { id }, query }) => {
  const chat = chatById(world, Number(id), "/id");
  if (chat instanceof ControlRefusal) return chat;
  const window = windowOf(world, chat, query);
  if (window instanceof ControlRefusal) return window;
  const { from, to, all } = window;
  const messages = world.messages.slice("chat", chat.id, from, to);
  return {
    status: 200,
    body: {
      messages: messages.map((message) => viewOfMessage(world, chat, message)),
      has_older: from > 0,
      has_newer: to < all,
    },
  };
};

type MessageQuery = NonNullable<operations["chatMessages"]["parameters"]["query"]>;

/** Between which positions the messages stand that a query means, and how many there are in all. */
function windowOf(
  world: World,
  chat: Chat,
  { limit = DEFAULT_LIMIT, ...anchors }: MessageQuery,
): { readonly from: number; readonly to: number; readonly all: number } | ControlRefusal {
  const all = world.messages.count("chat", chat.id);
  const [anchor, other] = Object.entries(anchors);
  if (!anchor) return { from: Math.max(0, all - limit), to: all, all };
  const [name, id] = anchor;
  if (other) return refusal(400, "invalid", `${name} and ${other[0]} do not go together`, { pointer: `/${other[0]}` });
  const message = messageOf(world, chat, name, id);
  if (message instanceof ControlRefusal) return message;
  const position = world.messages.position("chat", chat.id, message);
  if (name === "before") return { from: Math.max(0, position - limit), to: position, all };
  if (name === "after") return { from: position + 1, to: Math.min(all, position + 1 + limit), all };
  const from = Math.max(0, Math.min(position - (limit >> 1), all - limit));
  return { from, to: Math.min(all, from + limit), all };
}

function messageOf(world: World, chat: Chat, name: string, id: number): Message | ControlRefusal {
  const message = world.messages.get(id);
  if (message?.chatId === chat.id) return message;
  const hint = message
    ? `It is in chat ${message.chatId}.`
    : "Without before, after and around, the newest messages are shown.";
  return refusal(404, "message_unknown", `There is no message ${id} in chat ${chat.id}`, { pointer: `/${name}`, hint });
}
