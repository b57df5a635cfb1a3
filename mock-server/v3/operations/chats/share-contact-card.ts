import { Failure } from "../../../server/failure";
import { shareContactCard as share } from "../../../world/lines";
import { refuse } from "../../errors";
import { chatAt } from "../../find";
import type { Operation } from "../../operation";
import { chatRefusal } from "../../sending";

/** Pushes the line's name and picture into a chat. The line must have written before, and have a card. */
export const shareContactCard: Operation<"shareContactCard"> = (world, { path: { chatId } }) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const refusal = chatRefusal(chat);
  if (refusal) return refusal;
  if (chat.service !== "iMessage") return refuse("2017");
  if (share(world, chat) !== "shared") return refuse("2012", { hint: "Set the line's card up first: POST /contact_card." });
  return { status: 204, body: undefined };
};
