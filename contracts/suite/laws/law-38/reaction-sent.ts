import type { Chat, Message, Reaction } from "../../api";
import type { WebhookEvent } from "../../inbox";
import { expectSame } from "../../judging/expect";
import { secondOf } from "./second-of";

/** Compares what is the same in the words of both. */
export function expectReactionSent(
  { data }: WebhookEvent<"reaction.sent">,
  reaction: Reaction,
  message: Message,
  chat: Chat,
): void {
  const { associated_message: associated, chat_handle: handle } = data;
  const told = {
    ids: [data.id, data.chat_message_id, data.chat_id, associated.id].map(Number),
    reaction: data.reaction,
    is_from_me: data.is_from_me,
    seconds: [data.sent_at, data.created_at, associated.sent_at].map(secondOf),
    by: { id: Number(handle.id), phone_number: handle.identifier },
    text: associated.text,
    members: data.chat_handles.map(({ identifier }) => identifier).sort(),
  };
  const own = chat.chat_handles.find(({ phone_number }) => phone_number === reaction.from_phone);
  const read = {
    ids: [reaction.id, message.id, chat.id, message.id],
    reaction: reaction.reaction,
    is_from_me: reaction.is_from_me,
    seconds: [reaction.sent_at, reaction.created_at, message.sent_at].map(secondOf),
    by: { id: own?.id, phone_number: reaction.from_phone },
    text: message.text,
    members: chat.chat_handles.map(({ phone_number }) => phone_number).sort(),
  };
  expectSame(told, read, "reaction.sent and the reaction");
}
