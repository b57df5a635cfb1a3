import type { Chat, Message } from "../../api";
import type { WebhookEvent } from "../../inbox";
import { expectSame, expectThat } from "../../judging/expect";
import { secondOf } from "./second-of";

/** Compares what is the same in the words of both. */
export function expectMessageSent({ data }: WebhookEvent<"message.sent">, message: Message, chat: Chat): void {
  const { id, chat_id, text, sent_at, from_phone, chat_handles, attachments, service } = data;
  const told = {
    ids: [id, chat_id].map(Number),
    text,
    second: secondOf(sent_at),
    from: from_phone,
    members: chat_handles.map(({ identifier }) => identifier).sort(),
    attachments,
  };
  const read = {
    ids: [message.id, chat.id],
    text: message.text,
    second: secondOf(message.sent_at),
    from: message.sent_from,
    members: chat.chat_handles.map(({ phone_number }) => phone_number).sort(),
    attachments: message.attachments.map(({ file_size: _, ...attachment }) => attachment),
  };
  expectSame(told, read, "message.sent and the message");
  const services = [chat, ...chat.chat_handles].map((place) => place.service);
  expectThat(services.includes(service), "message.sent", { pointer: "/data/service", expected: services, received: service });
}
