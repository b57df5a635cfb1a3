import { expectSame, idsOf } from "../../expect";
import type { Law } from "../../law";
import { sentAt } from "../../sample";
import { timeline } from "./timeline";

const LONGEST = 100;
const SHORT = 7;

export const law18: Law = {
  number: 18,
  title: "sort=desc is sort=asc reversed, and both go by the time of sending, then by id",
  broken: "sort=desc is not sort=asc reversed, or a list does not go by the time of sending, then by id",
  operation: "listMessages",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages/get/parameters/5",
  requests: 3,
  async check({ api, sample }) {
    const { total, messages, chatId } = await timeline(sample);
    const idsOn = async (sort: "asc" | "desc", per_page: number, page: number): Promise<number[]> =>
      idsOf((await api.messages(chatId, { sort, per_page, page })).items);

    const ascending = idsOf(messages.toSorted((a, b) => sentAt(a) - sentAt(b) || a.id - b.id));
    expectSame(await idsOn("asc", LONGEST, 1), ascending, `the messages of chat ${chatId} with sort=asc`);

    // The last pages of a descending list hold the first of an ascending one.
    const lastLong = Math.ceil(total / LONGEST);
    const onLastLong = ascending.slice(0, total - (lastLong - 1) * LONGEST).reverse();
    expectSame(await idsOn("desc", LONGEST, lastLong), onLastLong, `the messages of chat ${chatId} with sort=desc`);

    const short = Math.min(SHORT, Math.floor(total / 2));
    const lastShort = Math.ceil(total / short);
    const onLast = total - (lastShort - 1) * short;
    const beforeLast = ascending.slice(onLast, onLast + short).reverse();
    const what = `page ${lastShort - 1} of the messages of chat ${chatId} with sort=desc, ${short} messages each`;
    expectSame(await idsOn("desc", short, lastShort - 1), beforeLast, what);
  },
};
