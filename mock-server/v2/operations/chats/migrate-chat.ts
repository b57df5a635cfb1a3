import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** The id that the chat has in V3. What cannot be migrated is told in the same form (`envelope`). */
export const migrateChat: Operation<"migrateChat"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  if (!chat.isMigratable) return refuse("chatNotMigratable", { given: String(chat.id) });
  return {
    status: 200,
    body: { data: { v3_chat_id: world.publicIds.uuidOf("chat", chat.id), v2_chat_id: chat.id, migrated: true } },
  };
};
