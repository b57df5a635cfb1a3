import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import { sendToChat } from "../../../world/messages";
import type { Chat, Message } from "../../../world/model";
import type { World } from "../../../world/world";
import { chatNotFoundAssumed, failure } from "../../errors";
import { hints } from "../../hints";
import type { Operation, Reply } from "../../operation";
import { magicMessageHint } from "../magic/magic-message-hint";
import { refusedByMagic } from "../magic/refused-by-magic";
import { readAttachments } from "../read-attachments";
import { deliveryAssumptions } from "./delivery-assumptions";
import { messageView } from "./view";

/** Sends a message into a chat or, when its idempotency key was used before, answers with the message that was sent then. */
export const sendMessage: Operation<"sendMessage"> = (world, { path, body: { message }, files }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return chatNotFoundAssumed;
  const links = readAttachments(message);
  if ("detail" in links) return links;
  const attachments = [...files, ...links.linked];
  const blank = message.text.trim() === "";
  if (blank && attachments.length === 0) return failure(422, "message.text must not be blank", { assuming: ["A-text-blank"] });

  const outcome = sendToChat(world, chat, { text: message.text, idempotencyKey: message.idempotency_key, attachments });
  if (outcome.kind === "replayed") return replayed(world, outcome, message.text);
  if (outcome.kind === "refused") return refusedByMagic(outcome.magic);
  const sent = outcome.message;
  const assuming: AssumptionId[] = ["A-delivery", ...links.assuming];
  if (blank) assuming.push("A-text-blank");
  if (files.length > 0) assuming.push("A-attachment-limit");
  return { status: 201, body: { data: messageView(world, chat, sent) }, assuming, hint: magicMessageHint(chat, [sent]) };
};

/** The key may have been used in another chat (A-idempotency-scope). */
function replayed(world: World, { chat, message }: { chat: Chat; message: Message }, text: string): Reply<"sendMessage"> {
  return {
    status: 200,
    body: { data: messageView(world, chat, message) },
    assuming: ["A-idempotency-scope", ...deliveryAssumptions(world, [message])],
    hint: message.text === text ? magicMessageHint(chat, [message]) : hints.idempotencyKeyReused(message.id),
  };
}
