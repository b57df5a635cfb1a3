import { Failure } from "../../../server/failure";
import { changePart, partsOf } from "../../../world/message-parts";
import { refuse } from "../../errors";
import { messageAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { serviceOf } from "../chats/view";
import { isFromMe, messageView } from "./view";

const MOST_EDITS = 5;
const EDIT_WINDOW_MS = 15 * 60_000;

/** Changes the text of one part of a message of the line's own, five times within 15 minutes, on iMessage. */
export const editMessage: Operation<"editMessage"> = (
  world,
  { path: { messageId }, body: { text, part_index: index = 0 } },
) => {
  const found = messageAt(world, messageId);
  if (found instanceof Failure) return found;
  const { chat, message } = found;
  const part = partsOf(message)[index];
  if (!part) return refuse("1005", { hint: `part ${index} is no part.` });
  if (part.type !== "text") return refuse("2015", { hint: `part ${index} is no text.` });
  if (!isFromMe(chat, message)) return refuse("2015", { hint: "Only messages of the line's own can be edited." });
  if (serviceOf(chat, message) !== "iMessage") return refuse("2017");
  const { edits = 0, sentAt } = message;
  if (edits >= MOST_EDITS) return refuse("2015", { hint: `It was edited ${MOST_EDITS} times already.` });
  if (world.clock.now() > sentAt + EDIT_WINDOW_MS) return refuse("2015", { hint: "It was sent more than 15 minutes ago." });
  return { status: 200, body: messageView(world, chat, changePart(world, chat, message, { index, text })) };
};
