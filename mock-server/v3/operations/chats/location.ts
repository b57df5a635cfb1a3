import { Failure } from "../../../server/failure";
import { isGroup } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { chatServiceOf } from "./view";

/** Who shares a position in a chat: in the mock nobody does. */
export const getChatLocation: Operation<"getChatLocation"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  return { status: 200, body: { success: true, data: { type: "FeatureCollection", features: [] } } };
};

/** Asks the other side of a direct chat on iMessage for its position. */
export const requestLocation: Operation<"requestLocation"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (isGroup(chat)) return refuse("2016");
  if (chatServiceOf(world, chat) !== "iMessage") return refuse("2017");
  return { status: 200, body: { success: true, message: "Location request sent" } };
};
