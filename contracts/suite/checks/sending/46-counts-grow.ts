import { assuming, expectSame } from "../../expect";
import type { Law } from "../../law";
import { chatWithRecipients, countMessages, testMessage } from "./temporary-message";

export const law46: Law = {
  number: 46,
  title: "each message that is sent is one more, in the list and in message_count",
  broken: "a message that is sent is not one more, in the list or in message_count",
  operation: "sendMessage",
  clause: "#/components/schemas/Chat/properties/message_count",
  crosses: ["A-message-count"],
  requests: 8,
  async check(context) {
    const { api } = context;
    const id = await chatWithRecipients(context);
    const [before, { message_count }] = [await countMessages(api, id), await api.get(id)];
    const message = testMessage(context);
    for (const _ of ["one", "another"]) await api.send(id, message); // the same text, which makes no difference without a key
    const unlisted = "a message that is sent is not one more in the list";
    expectSame(await countMessages(api, id), before + 2, "how many messages there are after two more", unlisted);
    const counted = (await api.get(id)).message_count;
    const uncounted = "a message that is sent is not one more in message_count";
    assuming(["A-message-count"], () => expectSame(counted, message_count + 2, "message_count after two more", uncounted));
  },
};
