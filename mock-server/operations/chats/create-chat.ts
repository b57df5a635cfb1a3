import type { AssumptionId } from "../../../contracts/generated/operations";
import type { components } from "../../../contracts/generated/types";
import { type Identifier, parseIdentifier, parsePhoneNumber } from "../../../contracts/identifier";
import type { Attachment, Chat, Message } from "../../../fixtures/records";
import { linkedAttachment } from "../../domain/linked-attachment";
import { withoutLine } from "../../domain/membership";
import { findChatIds, openChat } from "../../domain/open-chat";
import { sendMessage } from "../../domain/send-message";
import { type Failure, failure, invalidNumber } from "../../errors";
import type { Operation } from "../../operation";
import type { World } from "../../state/world";
import { createdChatView } from "./chat-view";

type OutgoingMessage = components["schemas"]["CreateChatRequest"]["message"];

/** Sends a message to participants, in the chat that they have with the line or in a new one. */
export const createChat: Operation<"createChat"> = (world, { body: { send_from, chat: wanted, message } }) => {
  const number = parsePhoneNumber(send_from);
  if (number === undefined) return invalidNumber(422, "send_from", send_from);
  const line = world.lines.first("phoneNumber", number);
  if (!line) return failure(422, "send_from is not one of your phone numbers", { assuming: ["A-create-status"] });

  const identifiers: Identifier[] = [];
  for (const [i, raw] of wanted.phone_numbers.entries()) {
    const participant = parseIdentifier(raw);
    if (participant === undefined) return invalidNumber(422, `chat.phone_numbers[${i}]`, raw);
    identifiers.push(participant);
  }
  const participants = withoutLine(number, identifiers);
  if (participants.length === 0) {
    return failure(422, "chat.phone_numbers names nobody but your own phone number", { assuming: ["A-create-self"] });
  }

  const attachments = readAttachments(message);
  if ("status" in attachments) return attachments;
  if (message.text.trim() === "" && attachments.length === 0) {
    return failure(422, "message.text must not be blank", { assuming: ["A-text-blank"] });
  }

  const replayed = findReplayed(world, message.idempotency_key);
  if (replayed) return created(world, replayed.chat, replayed.message, ["A-idempotency-create", "A-idempotency-scope"]);

  const [existingId] = findChatIds(world, number, participants);
  const existing = existingId === undefined ? undefined : world.chats.get(existingId);
  const chat = existing ?? openChat(world, line, participants, wanted.display_name ?? null);
  const sent = sendMessage(world, chat, { text: message.text, idempotencyKey: message.idempotency_key ?? null, attachments });
  const assumptions: AssumptionId[] = existing ? ["A-create-existing", "A-create-name"] : ["A-create-service"];
  return created(world, chat, sent, [...assumptions, "A-delivery"]);
};

function created(world: World, chat: Chat, message: Message, assuming: readonly AssumptionId[]) {
  return { status: 200, body: { data: createdChatView(world, chat, message) }, assuming } as const;
}

/** What an idempotency key that was used before had sent. */
function findReplayed(world: World, key: string | undefined): { chat: Chat; message: Message } | undefined {
  const message = key === undefined ? undefined : world.messages.first("idempotencyKey", key);
  const chat = message && world.chats.get(message.chatId);
  return chat && { chat, message };
}

function readAttachments({ attachments = [], attachment_urls = [] }: OutgoingMessage): Omit<Attachment, "id">[] | Failure<422> {
  const read: Omit<Attachment, "id">[] = [];
  for (const [field, addresses] of Object.entries({ attachments, attachment_urls })) {
    for (const [i, address] of addresses.entries()) {
      const attachment = linkedAttachment(address);
      if (!attachment) {
        return failure(422, `message.${field}[${i}] is not an http or https URL`, {
          assuming: ["A-create-attachments", "A-create-status"],
        });
      }
      read.push(attachment);
    }
  }
  return read;
}
