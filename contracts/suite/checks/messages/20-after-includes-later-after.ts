import type { ApiMessage } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import { at, type Random } from "../../../random";
import { formatTimestamp } from "../../../timestamps";
import type { ListQuery } from "../../api";
import { expectSame, expectSameIds, idsOf } from "../../expect";
import type { Law } from "../../law";
import { timeline } from "./timeline";

export const law20: Law = {
  number: 20,
  title: "what is after a moment is after every earlier one",
  broken: "something is after a moment, and not after an earlier one",
  operation: "listMessages",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages/get/parameters/4",
  requests: 4,
  async check({ api, sample, random }) {
    const { moments, isWhole, chatId } = await timeline(sample);
    const [early, late] = twoOf(moments, random);
    const [afterEarly, afterLate] = [formatTimestamp(early), formatTimestamp(late)];
    const end: ListQuery = isWhole ? {} : { before: formatTimestamp(at(moments, moments.length - 1)) }; // so that it fits on one page
    const list = async (query: ListQuery): Promise<ApiMessage[]> =>
      (await api.messages(chatId, { ...end, ...query, per_page: MOST_PER_PAGE })).items;

    const wide = await list({ after: afterEarly });
    const narrow = await list({ after: afterLate });
    const outside = narrow.filter(({ id }) => !wide.some((message) => message.id === id));
    expectSame(idsOf(outside), [], `messages of chat ${chatId} after ${afterLate}, and not after ${afterEarly}`);
    const between = await list({ after: afterEarly, before: afterLate });
    const before = await list({ before: afterLate });
    const expected = wide.filter(({ id }) => before.some((message) => message.id === id));
    const what = `the messages of chat ${chatId} after ${afterEarly} and before ${afterLate}`;
    const reason = "after and before together give other messages than each alone";
    expectSameIds(between, expected, what, { more: reason, fewer: reason });
  },
};

/** With something before, between and after them, if there is so much. */
function twoOf(moments: readonly number[], random: Random): [number, number] {
  const last = moments.length - 1;
  if (last < 3) return [at(moments, 0), at(moments, last)];
  const early = random.between(0, last - 3);
  return [at(moments, early), at(moments, random.between(early + 2, last - 1))];
}
