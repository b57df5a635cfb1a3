import type { ApiMessage } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import { Skip } from "../../law-errors";
import { type Conversation, type Sample, sentAt } from "../../server-sample";

/** The messages of a chat by the time of sending. */
export interface Timeline {
  readonly chatId: number;
  /** All of them, or the first 100. */
  readonly messages: readonly ApiMessage[];
  readonly total: number;
  readonly isWhole: boolean;
  /** When something was sent (ms since 1970), the earliest first, each moment once; only those of which all messages are here. */
  readonly moments: readonly number[];
}

/** With so many moments, there is something before, between and after two of them. */
const MANY = 4;

/**
 * A chat in which messages were sent at the same time and at several times: there it shows how a list is ordered, where it begins and
 * where it ends. The next best one when there is none.
 *
 * @throws Skip when in no chat something was sent at two moments
 */
export async function timeline(sample: Sample): Promise<Timeline> {
  const timelines = (await sample.conversations(3)).map(timelineOf).filter(({ moments }) => moments.length > 1);
  const [best] = timelines.sort((a, b) => rank(b) - rank(a));
  if (best) return best;
  throw new Skip("the line has no chat with messages of two moments");
}

function timelineOf({ chat, messages, total }: Conversation): Timeline {
  const moments = [...new Set(messages.map(sentAt))].sort((a, b) => a - b);
  if (messages.length < MOST_PER_PAGE) return { chatId: chat.id, messages, total: messages.length, isWhole: true, moments };
  return { chatId: chat.id, messages, total, isWhole: false, moments: moments.slice(0, -1) }; // more may have been sent at the last
}

function rank({ moments, messages }: Timeline): number {
  const hasTies = new Set(messages.map(sentAt)).size < messages.length;
  return (moments.length >= MANY ? 2 : 0) + (hasTies ? 1 : 0);
}
