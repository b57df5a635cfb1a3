import { Failure } from "../../../server/failure";
import { chatsByActivity } from "../../../world/chat-order";
import type { Chat } from "../../../world/model";
import { lineAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { chatView } from "./view";

const DEFAULT_LIMIT = 20;

/** The chats of a line, or with a participant, or all; the one that was active last comes first (A-v3-chat-order). The cursor is an offset. */
export const listChats: Operation<"listChats"> = (world, { query: { from, to, limit = DEFAULT_LIMIT, cursor = "0" } }) => {
  const line = from === undefined ? undefined : lineAt(world, from);
  if (line instanceof Failure) return line;
  const person = to?.toLowerCase();
  const isMeant = (chat: Chat): boolean =>
    (!line || chat.line === line.phoneNumber) &&
    (person === undefined || [...chat.handles, ...chat.formerHandles].some(({ identifier }) => identifier === person));
  const offset = Number(cursor);
  const page: Chat[] = [];
  let seen = 0;
  for (const id of chatsByActivity(world)) {
    const chat = world.chats.get(id);
    if (!chat || !isMeant(chat)) continue;
    seen += 1;
    if (seen > offset) page.push(chat);
    if (page.length > limit) break;
  }
  return {
    status: 200,
    body: {
      chats: page.slice(0, limit).map((chat) => chatView(world, chat)),
      next_cursor: page.length > limit ? String(offset + limit) : null,
    },
  };
};
