import { shareCard } from "../../../world/lines";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";

/** Shares the organization's contact card with the chat, if the organization may. */
export const shareContact: Operation<"shareContact"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  const outcome = shareCard(world, chat);
  if (outcome === "disabled") return refuse("sharingDisabled");
  if (outcome === "no-card") return refuse("contactCardMissing");
  return { status: 201, body: undefined, details: { chats: [chat] } };
};
