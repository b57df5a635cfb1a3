import { Failure } from "../../../server/failure";
import { partsOf } from "../../../world/message-parts";
import { ownHandle } from "../../../world/participants";
import { addReaction, reactionsTo, removeReaction } from "../../../world/reactions";
import { refuse } from "../../errors";
import { messageAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { traceOf } from "../../trace";

/** Adds or takes away a reaction of the line's to a part of a message. */
export const react: Operation<"react"> = (world, { path: { messageId }, body, traceSource }) => {
  const { operation, custom_emoji: customEmoji, part_index: partIndex = 0 } = body;
  const type = body.type as Exclude<typeof body.type, "sticker">; // of which there are none here
  const found = messageAt(world, messageId);
  if (found instanceof Failure) return found;
  const { chat, message } = found;
  if (partIndex >= partsOf(message).length) return refuse("1005", { hint: "part_index is of no part." });
  const emoji = type === "custom" ? customEmoji : undefined;
  const by = ownHandle(chat);
  const place = { chat, message, by, partIndex };
  const had = reactionsTo(world, message).some((one) => one.handleId === by.id && (one.partIndex ?? 0) === partIndex);
  if (operation === "add") addReaction(world, place, type, emoji);
  else if (!removeReaction(world, place, type, emoji))
    return refuse("2015", { hint: `There is no ${type} of the line's own on it.`, assumption: "A-v3-reaction-one" });
  return {
    status: 202,
    body: { message: "Reaction processed", status: "accepted", trace_id: traceOf(traceSource) },
    details: { assumptions: operation === "add" && had ? ["A-v3-reaction-one"] : [] },
  };
};
