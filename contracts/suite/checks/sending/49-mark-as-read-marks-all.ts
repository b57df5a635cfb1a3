import type { ApiMessage } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import { expectSame, expectStatus, idsOf } from "../../expect";
import type { Law, LawContext } from "../../law";
import { Skip } from "../../law-errors";
import { eachVisibleChat, withoutReceipts } from "./temporary-message";

export const law49: Law = {
  number: 49,
  title: "marking a chat as read reads all that others have sent, and may be repeated",
  broken: "marking a chat as read leaves messages unread, changes something else or cannot be repeated",
  operation: "markChatAsRead",
  clause: "#/paths/~1chats~1{chat_id}~1mark_as_read/put",
  requests: 12,
  async check(context) {
    const { chat } = await context.sample.conversation();
    let unread = 0;
    await eachVisibleChat(context, chat, async (id) => {
      unread += await expectRead(context, id);
    });
    if (unread === 0) throw new Skip("in the chat, nothing that others have sent was unread");
  },
};

/** Returns how many messages of others were unread before. */
async function expectRead({ api, line }: LawContext, chatId: number): Promise<number> {
  const newest = async (): Promise<ApiMessage[]> =>
    (await api.messages(chatId, { sort: "desc", per_page: MOST_PER_PAGE })).items;
  const before = await newest();
  // of the line's own nobody need keep whether they were read
  const isUnread = ({ is_read, sent_from }: ApiMessage): boolean => !is_read && sent_from !== line;
  const known = new Set(before.map(({ id }) => id));
  for (const time of before.some(isUnread) ? ["first", "second"] : ["first"]) {
    const answer = await api.request("PUT", `/chats/${chatId}/mark_as_read`);
    expectStatus(answer, 204, `the status of marking a chat as read for the ${time} time`);
    const after = (await newest()).filter(({ id }) => known.has(id));
    expectSame(
      idsOf(after.filter(isUnread)),
      [],
      "the ids of messages that are still unread",
      "marking a chat as read leaves messages unread",
    );
    const what = "the messages after marking them as read";
    const reason = "marking a chat as read changes more than whether messages are read";
    expectSame(after.map(withoutReceipts), before.map(withoutReceipts), what, reason);
  }
  return before.filter(isUnread).length;
}
