import { Failure } from "../../../server/failure";
import { magicMessageHint } from "../../../server/magic-hints";
import { messageAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { messageView } from "./view";

/** One message. */
export const getMessage: Operation<"getMessage"> = (world, { path: { messageId } }) => {
  const found = messageAt(world, messageId);
  if (found instanceof Failure) return found;
  const hint = magicMessageHint(found.chat, [found.message]);
  return {
    status: 200,
    body: messageView(world, found.chat, found.message),
    ...(hint !== undefined && { details: { hints: [hint] } }),
  };
};
