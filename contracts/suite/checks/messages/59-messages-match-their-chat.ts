import type { ApiMessage, ApiReaction } from "../../../api-types";
import { tenDigits } from "../../api";
import { expectSame, expectThat, momentOf } from "../../expect";
import type { Law } from "../../law";
import { inWords, Skip } from "../../law-errors";
import { sentAt } from "../../server-sample";

export const law59: Law = {
  number: 59,
  title: "a message is of a handle of its chat, its reactions are its own, and nothing happens to it before it is sent",
  broken: "a message is of no handle of its chat, or has reactions or times that cannot be its own",
  operation: "listMessages",
  clause: "#/components/schemas/ChatMessage/properties/chat_handle_id",
  requests: 1,
  async check({ sample }) {
    const conversations = await sample.conversations(3);
    if (conversations.every(({ messages }) => messages.length === 0)) throw new Skip("the line has no messages");
    for (const { chat, messages } of conversations) {
      const handles = new Map(chat.chat_handles.map((handle) => [handle.id, handle.phone_number]));
      const ids = messages.map(({ id }) => id);
      expectSame(
        ids.length,
        new Set(ids).size,
        `how many messages of chat ${chat.id} have an id of their own`,
        "two messages have one id",
      );
      for (const message of messages) {
        const { id, chat_handle_id: handle, sent_from: sender } = message;
        const what = `message ${id} of chat ${chat.id}`;
        if (handle !== undefined && handle !== null && handles.size > 0) {
          const expected = [...handles.keys()];
          const reason = "a message is of a handle that its chat does not have";
          expectThat(handles.has(handle), what, { pointer: "/chat_handle_id", expected, received: handle, reason });
          const isMissing = sender === undefined; // which its shape tells
          const isSame = isMissing || tenDigits(handles.get(handle) ?? "") === tenDigits(String(sender));
          expectThat(isSame, what, {
            pointer: "/sent_from",
            expected: handles.get(handle),
            received: sender,
            reason: "a message is of another handle than its sender's",
          });
        }
        for (const { chat_message_id } of strayReactions(message)) {
          const reason = "a reaction stands at another message than its own";
          expectSame(chat_message_id, id, `chat_message_id of a reaction to ${what}`, reason);
        }
      }
    }
    for (const { chat, messages } of conversations)
      for (const message of messages) expectLater(message, `message ${message.id} of chat ${chat.id}`);
  },
};

/** The reactions to a message that say that they are to another. */
export function strayReactions({ id, reactions }: ApiMessage): ApiReaction[] {
  return (reactions ?? []).filter(({ chat_message_id }) => (chat_message_id ?? id) !== id);
}

function expectLater(message: ApiMessage, what: string): void {
  for (const name of ["delivered_at", "edited_at"] as const) {
    const time = message[name];
    if (time === undefined || time === null) continue; // it has not happened
    const isLater = momentOf(message, name, "a message") >= sentAt(message);
    const reason = `${name} of a message is before it was sent`;
    expectThat(isLater, what, { pointer: `/${name}`, expected: inWords`${message.sent_at} or later`, received: time, reason });
  }
}
