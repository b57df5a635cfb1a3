import { Failure } from "../../../server/failure";
import { shareCard as share } from "../../../world/lines";
import { hasWrittenIn } from "../../../world/messages";
import { ownHandle } from "../../../world/participants";
import { refuse } from "../../errors";
import { chatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { chatServiceOf } from "./view";

/** Pushes the line's name and picture into a chat, once a day. The line must have written before, and have a card. */
export const shareContactCard: Operation<"shareContactCard"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  if (chatServiceOf(world, chat) !== "iMessage") return refuse("2017");
  const noCard = refuse("2012", { hint: "Set the line's card up first: POST /contact_card." });
  if (!world.lines.first("phoneNumber", chat.line)?.contactCard) return noCard;
  const refused = (hint: string) => refuse("2015", { hint, assumption: "A-v3-card-shared" });
  const own = ownHandle(chat).id;
  if (!hasWrittenIn(world, chat, (handleId) => handleId === own)) return refused("The line has not written in this chat yet.");
  const isSoon = world.cardShares.enter(String(chat.id), world.clock.now()) > 0;
  if (isSoon) return refused("It was shared in this chat less than a day ago.");
  return share(world, chat) === "shared" ? { status: 204, body: undefined } : noCard;
};
