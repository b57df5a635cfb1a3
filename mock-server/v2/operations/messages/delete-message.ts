import { Failure } from "../../../server/failure";
import { removeMessage } from "../../../world/messages";
import type { Operation } from "../../operation";
import { findMessage } from "./view";

export const deleteMessage: Operation<"deleteMessage"> = (world, { path }) => {
  const found = findMessage(world, path);
  if (found instanceof Failure) return found;
  removeMessage(world, found.chat, found.message);
  return { status: 200, body: { message: "Chat message deleted successfully" } };
};
