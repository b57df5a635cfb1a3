import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { Failure } from "../../../server/failure";
import { sendToParticipants } from "../../../world/messages";
import type { Chat } from "../../../world/model";
import { withoutLine } from "../../../world/participants";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { hasNoParticipants } from "../../request/body";
import { readAttachments } from "../read-attachments";
import { readParticipants } from "./read-participants";
import { createdChatView } from "./view";

/** Sends a message to participants, in the chat that they have with the line or in a new one. */
export const createChat: Operation<"createChat"> = (world, { body, files }) => {
  const { send_from, chat: wanted, message } = body;
  const number = parsePhoneNumber(send_from);
  if (number === undefined) return refuse("numberInvalid", { field: "send_from", given: send_from });
  const line = world.lines.first("phoneNumber", number);
  if (!line) return refuse("sendFromUnknown");

  if (hasNoParticipants(body)) return refuse("participantsMissing");
  const named = readParticipants("numberInvalid", wanted.phone_numbers, (i) => `chat.phone_numbers[${i}]`);
  if (named instanceof Failure) return named;
  const participants = withoutLine(number, named);
  if (participants.length === 0) return refuse("onlySelfNamed");

  const links = readAttachments(world, message.attachment_urls);
  if (links instanceof Failure) return links;
  const attachments = [...files, ...links];
  if (message.text.trim() === "" && attachments.length === 0) return refuse("textBlank", { field: "message.text" });

  const mayReuse = ({ leftAt }: Chat): boolean => leftAt === undefined;
  const name = wanted.display_name?.trim() ? wanted.display_name : null;
  const content = { text: message.text, idempotencyKey: message.idempotency_key ?? undefined, attachments };
  const sent = sendToParticipants(world, { line, participants, name, mayReuse }, content);
  if (sent.kind === "refused") return refuse("messageRefused", { given: sent.magic.value });
  const opened = sent.kind === "sent" && sent.isNewChat ? "chat-opened" : "chat-existed";
  return {
    status: 200,
    body: { data: createdChatView(world, sent.chat, sent.message) },
    details: { chats: [sent.chat], messages: [sent.message], outcome: sent.kind === "replayed" ? "replayed" : opened },
  };
};
