import { Failure } from "../../../server/failure";
import { deleteMessage as remove } from "../../../world/messages";
import type { Operation } from "../../operation";
import { findMessage } from "./find-message";

export const deleteMessage: Operation<"deleteMessage"> = (world, { path }) => {
  const found = findMessage(world, path);
  if (found instanceof Failure) return found;
  remove(world, found.chat, found.message);
  return { status: 200, body: { message: "Message deleted" } };
};
