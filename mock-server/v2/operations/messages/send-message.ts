import { Failure } from "../../../server/failure";
import { sendToChat } from "../../../world/messages";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { readAttachments } from "../read-attachments";
import { messageView } from "./view";

/**
 * Sends a message into a chat or, when its idempotency key was used before, in whichever chat, answers with the message that was
 * sent then (A-idempotency-scope).
 */
export const sendMessage: Operation<"sendMessage"> = (world, { path, body: { message }, files }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return refuse("chatNotFound");
  const links = readAttachments(world, message.attachment_urls);
  if (links instanceof Failure) return links;
  const attachments = [...files, ...links];
  if (message.text.trim() === "" && attachments.length === 0) return refuse("textBlank", { field: "message.text" });

  const sent = sendToChat(world, chat, {
    text: message.text,
    idempotencyKey: message.idempotency_key ?? undefined,
    attachments,
  });
  if (sent.kind === "refused") return refuse("messageRefused", { given: sent.magic.value });
  const body = { data: messageView(world, sent.chat, sent.message) };
  const shown = { chats: [sent.chat], messages: [sent.message] };
  if (sent.kind === "replayed") return { status: 200, body, details: { ...shown, outcome: "replayed" } };
  return { status: 201, body, details: shown };
};
