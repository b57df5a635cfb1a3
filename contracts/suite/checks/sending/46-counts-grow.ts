import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { chatWithRecipients, testMessage } from "./temporary-message";

export const law46: Law = {
  number: 46,
  title: "message_count grows by one with each message that is sent",
  broken: "message_count does not grow by one with each message that is sent",
  operation: "sendMessage",
  clause: "#/components/schemas/Chat/properties/message_count",
  requests: 7,
  async check(context) {
    const { api } = context;
    const id = await chatWithRecipients(context);
    const { message_count: before } = await api.get(id);
    const message = testMessage(context);
    for (const sent of [1, 2]) {
      await api.send(id, message); // the second time the same text, which makes no difference without a key
      expectSame((await api.get(id)).message_count, before + sent, `message_count after ${sent} more`);
    }
  },
};
