import type { components } from "../../../../contracts/generated/v2/types";
import { formatTimestamp } from "../../../../contracts/timestamps";
import type { Chat, Reaction, Tapback } from "../../../world/model";
import { handleById } from "../../../world/participants";

type ShownReaction = Reaction & { readonly type: Tapback };

/** A reaction as the API shows it. */
export function reactionView(chat: Chat, reaction: ShownReaction): components["schemas"]["Reaction"] {
  const { identifier } = handleById(chat, reaction.handleId);
  const sentAt = formatTimestamp(reaction.sentAt);
  return {
    id: reaction.id,
    chat_message_id: reaction.messageId,
    reaction: reaction.type,
    is_from_me: identifier === chat.line,
    from_phone: identifier,
    sent_at: sentAt,
    created_at: sentAt,
    updated_at: formatTimestamp(reaction.updatedAt),
  };
}
