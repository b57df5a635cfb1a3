import type { CreatedChat } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { chatWith, recipientGroup, testMessage } from "./temporary-message";

export const law43: Law = {
  number: 43,
  title: "a message with an idempotency key is sent once, however often it is asked for",
  broken: "a message with an idempotency key is sent again",
  operation: "sendMessage",
  clause: "#/components/schemas/SendMessageRequest/properties/message/properties/idempotency_key",
  requests: 9,
  async check(context) {
    const { api, line, people, unique } = context;
    const participants = recipientGroup(people);
    const id = await chatWith(context, participants);
    const { message_count: before } = await api.get(id);
    const path = `/chats/${id}/chat_messages`;

    const message = { ...testMessage(context), idempotency_key: unique() };
    const sent = await api.send(id, message);
    const again = await api.request("POST", path, { message });
    expectSame(
      (again.response.body as { data?: { id?: unknown } } | undefined)?.data?.id,
      sent.id,
      "the message of a key that was used",
    );
    expectSame((await api.get(id)).message_count, before + 1, "message_count after sending twice with one key");

    const other = { ...testMessage(context), idempotency_key: unique() };
    const created = await api.create(line, participants, other);
    const body = { send_from: line, chat: { phone_numbers: participants }, message: other };
    const { status, body: replay } = (await api.request("POST", "/chats", body)).response;
    if (status === 200) {
      const { chat_messages } = (replay as { data: CreatedChat }).data;
      expectSame(chat_messages.id, created.chat_messages.id, "the message of a key that Create Chat has used");
    }
    expectSame((await api.get(id)).message_count, before + 2, "message_count after creating twice with one key");
  },
};
