import type { ApiMessage } from "../../../api-types";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";

const MOST = 4;

export const law21: Law = {
  number: 21,
  title: "a listed message equals the same message read alone",
  broken: "a listed message differs from the same message read alone",
  operation: "getMessage",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages~1{id}/get/responses/200",
  requests: MOST,
  async check({ api, line, sample, random }) {
    const conversations = await sample.conversations(3);
    const all = conversations.flatMap(({ chat, messages }) => messages.map((message) => ({ chatId: chat.id, message })));
    if (all.length === 0) throw new Skip("the line has no messages");
    const kept = new Set(all.slice(0, 1)); // whatever the list says of it: it may hide the difference
    for (const hasIt of differences) {
      const some = all.filter((one) => hasIt(one.message, line) && !kept.has(one));
      if (some.length > 0) kept.add(random.of(some));
    }
    for (const { chatId, message } of [...kept].slice(0, MOST)) {
      const what = `message ${message.id} of chat ${chatId} read alone, and in the list`;
      const alone = await api.message(chatId, message.id);
      expectSame(alone, message, what, undefined, ["Get Message", "List Messages"]);
    }
  },
};

/** What there is to show differently. */
const differences: readonly ((message: ApiMessage, line: string) => boolean)[] = [
  ({ reactions }) => reactions?.length > 0,
  ({ attachments, edited_at }) => attachments?.length > 0 || edited_at !== null,
  ({ is_read, sent_from }, line) => !is_read && sent_from !== line,
  ({ sent_from }, line) => sent_from !== line,
  () => true,
];
