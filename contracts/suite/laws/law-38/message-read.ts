import type { Chat, Message } from "../../api";
import type { Inbox } from "../../inbox";
import { expectSame, expectThat } from "../../judging/expect";
import { secondOf } from "./second-of";

/** Whether there is a message.read for a message of our own is only assumed (A-read-event): if one has come, it is compared. */
export function expectMessageRead(inbox: Inbox, message: Message, chat: Chat): void {
  for (const { event } of inbox.deliveries) {
    if (event?.event_type !== "message.read" || String(event.data["id"]) !== String(message.id)) continue;
    const { chat_id, read_at } = event.data;
    expectSame([Number(chat_id), message.is_read], [chat.id, true], "message.read and the message");
    const isLater = secondOf(String(read_at)) >= secondOf(message.sent_at);
    expectThat(isLater, "message.read", {
      pointer: "/data/read_at",
      expected: `${message.sent_at} or later`,
      received: read_at,
    });
  }
}
