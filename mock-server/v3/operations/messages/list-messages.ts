import { Failure } from "../../../server/failure";
import type { Message } from "../../../world/model";
import { messagesShownBy } from "../../../world/version-visibility";
import { countBefore, cursorOf, isBefore, type MessagePlace, readCursor } from "../../cursor";
import { chatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { messageView } from "./view";

const DEFAULT_LIMIT = 50;

/** The messages of a chat, the newest first (A-v3-message-order). */
export const listMessages: Operation<"listMessages"> = (
  world,
  { path: { chatId }, query: { limit = DEFAULT_LIMIT, cursor } },
) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const list = `messages-${chat.id}`;
  const shown = cursor === undefined ? undefined : readCursor(list, cursor);
  if (shown instanceof Failure) return shown;
  const isolated = messagesShownBy("v3", world, chat);
  const end = isolated
    ? positionIn(isolated, shown)
    : shown
      ? countBefore(world, chat, shown)
      : world.messages.count("chat", chat.id);
  const start = Math.max(0, end - limit);
  const page = (isolated?.slice(start, end) ?? world.messages.slice("chat", chat.id, start, end)).reverse();
  const oldest = page.at(-1);
  return {
    status: 200,
    body: {
      messages: page.map((message) => messageView(world, chat, message)),
      next_cursor: start > 0 && oldest ? cursorOf(list, oldest) : null,
    },
  };
};

function positionIn(messages: readonly Message[], shown: MessagePlace | undefined): number {
  return shown ? messages.filter((message) => isBefore(message, shown)).length : messages.length;
}
