import { parseMoment } from "../../../../contracts/timestamps";
import type { Chat, Message } from "../../../world/model";
import { messagesShownBy } from "../../../world/version-visibility";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { pageOf } from "../list-page";
import { messageView } from "./view";

/** The messages of a chat by the time of sending, those between two moments if any are given. */
export const listMessages: Operation<"listMessages"> = (world, { path, query }) => {
  const { before, after } = query;
  for (const [name, moment] of Object.entries({ before, after })) {
    if (moment !== undefined && Number.isNaN(parseMoment(moment)))
      return refuse("momentInvalid", { field: name, given: moment });
  }
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");

  const isolated = messagesShownBy("v2", world, chat);
  const window = isolated ? positionsIn(isolated, { before, after }) : positions(world, chat, { before, after });
  const { start, end, meta } = pageOf(window.to - window.from, query);
  const [first, last] =
    query.sort === "desc"
      ? [Math.max(window.from, window.to - end), Math.max(window.from, window.to - start)]
      : [window.from + start, Math.min(window.to, window.from + end)];
  const messages = isolated?.slice(first, last) ?? world.messages.slice("chat", chat.id, first, last);
  if (query.sort === "desc") messages.reverse();
  return {
    status: 200,
    body: { data: messages.map((message) => messageView(world, chat, message)), meta },
    details: {
      chats: [chat],
      messages,
      list: { name: `messages of chat ${chat.id}`, page: meta.page, pages: meta.total_pages },
    },
  };
};

interface Moments {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Between which positions the messages stand that were sent after one moment and before another. */
function positions(world: World, chat: Chat, moments: Moments) {
  const { before, after } = moments;
  const from = after === undefined ? 0 : world.messages.rank("chat", chat.id, parseMoment(after) + 1);
  const all = world.messages.count("chat", chat.id);
  const to = before === undefined ? all : world.messages.rank("chat", chat.id, parseMoment(before));
  return { from, to: Math.max(from, to) };
}

/** As {@link positions}, among messages that are shown alone. */
function positionsIn(messages: readonly Message[], { before, after }: Moments) {
  const until = (moment: number): number => messages.filter(({ sentAt }) => sentAt < moment).length;
  const from = after === undefined ? 0 : until(parseMoment(after) + 1);
  return { from, to: Math.max(from, before === undefined ? messages.length : until(parseMoment(before))) };
}
