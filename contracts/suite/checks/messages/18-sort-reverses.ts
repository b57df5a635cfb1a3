import type { ApiMessage } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import type { ListQuery } from "../../api";
import { expectSame, idsOf } from "../../expect";
import type { Law } from "../../law";
import { assuming } from "../../law-errors";
import { sentAt, unitOf } from "../../server-sample";
import { timeline } from "./timeline";

type Messages = readonly ApiMessage[];

/** When it was sent, for people, in one form whatever that of the server. */
const moment = (message: ApiMessage): string => new Date(sentAt(message)).toISOString();

const SHORT = 7;
const ASCENDING = "with sort=asc";

export const law18: Law = {
  number: 18,
  title: "sort=desc is sort=asc reversed, and both go by the time of sending, then by id",
  broken: "sort=desc is not sort=asc reversed, or a list does not go by the time of sending, then by id",
  operation: "listMessages",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages/get/parameters/5",
  stepAssumptions: ["A-message-order"],
  isAboutPaging: true,
  requests: 4,
  async check({ api, sample }) {
    const { total, messages, chatId } = await timeline(sample);
    const ascending = messages.toSorted((a, b) => sentAt(a) - sentAt(b) || a.id - b.id);
    // The last pages of a descending list hold the first of an ascending one.
    const lastLong = Math.ceil(total / MOST_PER_PAGE);
    const short = Math.min(SHORT, Math.floor(total / 2));
    const lastShort = Math.ceil(total / short);
    const onLast = total - (lastShort - 1) * short;
    const all = (list: Messages): Messages => list;
    const pages: readonly [how: string, query: ListQuery, expected: (ascending: Messages) => Messages][] = [
      ["without a sort", { per_page: MOST_PER_PAGE }, all],
      [ASCENDING, { sort: "asc", per_page: MOST_PER_PAGE }, all],
      [
        "with sort=desc",
        { sort: "desc", per_page: MOST_PER_PAGE, page: lastLong },
        (list) => list.slice(0, total - (lastLong - 1) * MOST_PER_PAGE).reverse(),
      ],
      [
        `with sort=desc, page ${lastShort - 1} of ${short} messages each`,
        { sort: "desc", per_page: short, page: lastShort - 1 },
        (list) => list.slice(onLast, onLast + short).reverse(),
      ],
    ];
    const read = new Map<string, Messages>();
    for (const [how, query, expected] of pages) {
      const { items } = await api.messages(chatId, query);
      const what = `when the messages of chat ${chatId} were sent, ${how}`;
      expectSame(items.map(moment), expected(ascending).map(moment), what, `messages ${how} are not in the order of time`);
      read.set(how, items);
    }
    // Where times do not show which of two came first, the order of one list must be that of the others all the same.
    const order = unitOf(messages) > 1 ? (read.get(ASCENDING) ?? []) : ascending;
    for (const [how, , expected] of pages) {
      const what = `the messages of chat ${chatId} ${how}`;
      const [ids, wanted] = [idsOf(read.get(how) ?? []), idsOf(expected(order))];
      assuming(["A-message-order"], () => expectSame(ids, wanted, what, `messages of one moment ${how} are in another order`));
    }
  },
};
