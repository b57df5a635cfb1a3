import { Failure } from "../../../server/failure";
import type { Chat, Message } from "../../../world/model";
import { threadRoots } from "../../../world/threads";
import { messagesShownBy } from "../../../world/version-visibility";
import type { World } from "../../../world/world";
import { cursorOf, isBefore, type MessagePlace, readCursor } from "../../cursor";
import { messageAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { messageView } from "./view";

const DEFAULT_LIMIT = 50;

/** The thread that a message belongs to: what was first replied to, and all replies; a message without any comes alone. */
export const getThread: Operation<"getThread"> = (world, { path: { messageId }, query }) => {
  const { limit = DEFAULT_LIMIT, order = "asc", cursor } = query;
  const found = messageAt(world, messageId);
  if (found instanceof Failure) return found;
  const { chat, message } = found;
  const thread = threadOf(world, chat, message);
  if (order === "desc") thread.reverse();
  const list = `thread-${message.id}-${order}`;
  const shown = cursor === undefined ? undefined : readCursor(list, cursor);
  if (shown instanceof Failure) return shown as Failure<never>;
  const isAhead = (one: MessagePlace, other: MessagePlace): boolean =>
    order === "desc" ? isBefore(one, other) : isBefore(other, one);
  const rest = shown ? thread.filter((one) => isAhead(one, shown)) : thread;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      messages: page.map((one) => messageView(world, chat, one)),
      next_cursor: rest.length > limit && last ? cursorOf(list, last) : null,
    },
  };
};

function threadOf(world: World, chat: Chat, message: Message): Message[] {
  const all = messagesShownBy("v3", world, chat) ?? world.messages.slice("chat", chat.id);
  const roots = threadRoots(all);
  const root = roots.get(message.id);
  return all.filter(({ id }) => roots.get(id) === root);
}
