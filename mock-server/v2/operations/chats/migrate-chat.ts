import { uuidOf } from "../../../world/uuid-of-id";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** The id that the chat has in V3. What cannot be migrated is told in the same form, and not as an error. */
export const migrateChat: Operation<"migrateChat"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  if (!chat.isMigratable) {
    return { status: 422, body: { data: { v3_chat_id: null, v2_chat_id: chat.id, migrated: false } } };
  }
  return { status: 200, body: { data: { v3_chat_id: uuidOf("chat", chat.id), v2_chat_id: chat.id, migrated: true } } };
};
