import type { CreatedChat } from "../../api";
import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { Broken } from "../../law-errors";
import { SENT_AGAIN } from "../../report";
import { chatWith, countMessages, recipientGroup, testMessage } from "./temporary-message";

export const law43: Law = {
  number: 43,
  title: "a message with an idempotency key is sent once, however often it is asked for",
  broken: "a key that was used before does not give the message that was sent with it",
  operation: "sendMessage",
  clause: "#/components/schemas/SendMessageRequest/properties/message/properties/idempotency_key",
  requests: 9,
  isRepeatable: true,
  async check(context) {
    const { api, line, people, unique } = context;
    const participants = recipientGroup(people);
    const id = await chatWith(context, participants);
    const before = await countMessages(api, id);
    const path = `/chats/${id}/chat_messages`;

    const message = { ...testMessage(context), idempotency_key: unique() };
    const sent = await api.send(id, message);
    const again = await api.request("POST", path, { message });
    expectThat(again.response.status < 300, "the status of a key that was used", {
      pointer: "status",
      expected: 200,
      received: again.response.status,
    });
    const count = await countMessages(api, id);
    if (count > before + 1) {
      const what = "how many messages there are after sending twice with one key";
      const evidence = { what, pointer: "", expected: before + 1, received: count };
      throw new Broken(evidence, { reason: SENT_AGAIN, exchange: again });
    }
    expectSame(
      (again.response.body as { data?: { id?: unknown } } | undefined)?.data?.id,
      sent.id,
      "the message of a key that was used",
    );
    expectSame(count, before + 1, "how many messages there are after sending twice with one key");

    const other = { ...testMessage(context), idempotency_key: unique() };
    const created = await api.create(line, participants, other);
    const body = { send_from: line, chat: { phone_numbers: participants }, message: other };
    const { status, body: replay } = (await api.request("POST", "/chats", body)).response;
    if (status < 300) {
      const { chat_messages } = (replay as { data: CreatedChat }).data;
      expectSame(chat_messages.id, created.chat_messages.id, "the message of a key that Create Chat has used");
    }
    expectSame(await countMessages(api, id), before + 2, "how many messages there are after creating twice with one key");
  },
};
