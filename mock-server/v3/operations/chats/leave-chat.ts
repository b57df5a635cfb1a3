import { Failure } from "../../../server/failure";
import { leaveGroup } from "../../../world/chats";
import { isGroup } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { traceOf } from "../../trace";
import { chatServiceOf } from "./view";

const FEWEST = 4;

/** Takes the line out of a group on iMessage of at least four. */
export const leaveChat: Operation<"leaveChat"> = (world, { path: { chatId }, traceSource }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat)) return refuse("2015", { hint: "Only groups can be left." });
  if (chatServiceOf(world, chat) !== "iMessage") return refuse("2017");
  if (chat.handles.length < FEWEST) return refuse("2015", { hint: `A group of fewer than ${FEWEST} cannot be left.` });
  leaveGroup(world, chat);
  return { status: 202, body: { message: "Leave group chat queued", status: "accepted", trace_id: traceOf(traceSource) } };
};
