import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { assuming } from "../../law-errors";
import { chatWithRecipients, countMessages, testMessage } from "./temporary-message";

export const law46: Law = {
  number: 46,
  title: "each message that is sent is one more, in the list and in message_count",
  broken: "a message that is sent is not one more, in the list or in message_count",
  operation: "sendMessage",
  clause: "#/components/schemas/Chat/properties/message_count",
  stepAssumptions: ["A-message-count"],
  requests: 10,
  isRepeatable: true,
  async check(context) {
    const { api } = context;
    const id = await chatWithRecipients(context);
    const [before, { message_count }] = [await countMessages(api, id), await api.get(id)];
    const message = testMessage(context);
    const counted: number[] = [];
    const unlisted = "a message that is sent is not one more in the list";
    const uncounted = "a message that is sent is not one more in message_count";
    for (const sent of [1, 2]) {
      await api.send(id, message); // the second time the same text, which makes no difference without a key
      expectSame(await countMessages(api, id), before + sent, `how many messages there are after ${sent} more`, unlisted);
      counted.push((await api.get(id)).message_count);
    }
    const expected = [message_count + 1, message_count + 2];
    const what = "message_count after one more, and after two";
    assuming(["A-message-count"], () => expectSame(counted, expected, what, uncounted));
  },
};
