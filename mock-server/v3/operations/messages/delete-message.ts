import { Failure } from "../../../server/failure";
import { removeMessage } from "../../../world/messages";
import { messageAt } from "../../find-or-404";
import type { Operation } from "../../operation";

/** Removes a message from the API; those who have it keep it. */
export const deleteMessage: Operation<"deleteMessage"> = (world, { path: { messageId } }) => {
  const found = messageAt(world, messageId);
  if (found instanceof Failure) return found;
  removeMessage(world, found.chat, found.message);
  return { status: 204, body: undefined };
};
