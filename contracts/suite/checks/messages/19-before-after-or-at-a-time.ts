import type { ApiMessage } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import { formatTimestamp } from "../../../timestamps";
import { expectSameIds } from "../../expect";
import type { Law } from "../../law";
import { assuming } from "../../law-errors";
import { sentAt, unitOf } from "../../server-sample";
import { type Timeline, timeline } from "./timeline";

export const law19: Law = {
  number: 19,
  title: "a message is before a moment, after it, or of that moment",
  broken: "before and after let a message out, or list one that does not belong there",
  operation: "listMessages",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages/get/parameters/3",
  stepAssumptions: ["A-message-order"],
  requests: 5,
  async check({ api, sample, random }) {
    const known = await timeline(sample);
    const { messages, isWhole, chatId } = known;
    const moment = random.of(momentsOfSeveral(known));
    const [unit, last] = [unitOf(messages), known.moments.at(-1) ?? 0];
    // Whoever overlooks an offset takes the moment for one that lets the messages of the moment in, or keeps them out.
    const asked: readonly [
      side: "before" | "after",
      written: string,
      inside: (message: ApiMessage) => boolean,
      sort?: "desc",
    ][] = [
      ["before", new Date(moment).toISOString(), (message) => sentAt(message) < moment],
      ["after", formatTimestamp(moment), (message) => sentAt(message) > moment],
      ["before", clockWithOffset(moment + unit, "-10:00"), (message) => sentAt(message) <= moment, "desc"],
      ["after", clockWithOffset(moment - unit, "+05:30"), (message) => sentAt(message) >= moment],
      ["after", formatTimestamp(last), (message) => sentAt(message) > last, "desc"],
    ];
    for (const [side, written, inside, sort] of asked) {
      const { items } = await api.messages(chatId, { [side]: written, per_page: MOST_PER_PAGE, ...(sort && { sort }) });
      const isKnown = (message: ApiMessage): boolean => isWhole || sentAt(message) <= last; // what follows was not read before
      const [received, expected] = [items.filter(isKnown), messages.filter((message) => isKnown(message) && inside(message))];
      const isElsewhere = (message: ApiMessage): boolean => Math.abs(sentAt(message) - Date.parse(written)) >= unit;
      const what = `the messages of chat ${chatId} ${side} ${written}${sort ? ` with sort=${sort}` : ""}`;
      const reasons = {
        more: `\`${side}\` lists a message that is not ${side} the moment`,
        fewer: `\`${side}\` leaves out a message that is ${side} the moment`,
      };
      expectSameIds(received.filter(isElsewhere), expected.filter(isElsewhere), what, reasons);
      if (unit === 1) assuming(["A-message-order"], () => expectSameIds(received, expected, what, reasons)); // is the moment itself in it?
    }
  },
};

/** Moments of several messages, with others before and after, if there are such. */
function momentsOfSeveral({ moments, messages }: Timeline): readonly number[] {
  const inner = moments.slice(1, -1);
  const some = inner.length > 0 ? inner : moments;
  const tied = some.filter((moment) => messages.filter((message) => sentAt(message) === moment).length > 1);
  return tied.length > 0 ? tied : some;
}

const MINUTE = 60_000;

/** A moment (ms since 1970) in ISO 8601, as a clock with this offset shows it: `+05:30`. */
export function clockWithOffset(moment: number, offset: string): string {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  const distance = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  const local = new Date(moment + (sign === "-" ? -distance : distance));
  return local.toISOString().replace("Z", offset);
}
