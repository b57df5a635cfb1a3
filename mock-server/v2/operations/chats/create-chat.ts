import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import { type Identifier, parsePhoneNumber } from "../../../../contracts/identifiers";
import { bestService } from "../../../world/availability";
import { lineNumbers } from "../../../world/chats";
import { sendToParticipants } from "../../../world/messages";
import type { Chat, Message } from "../../../world/model";
import { withoutLine } from "../../../world/participants";
import type { World } from "../../../world/world";
import { failure, invalidNumber } from "../../errors";
import { hints } from "../../hints";
import type { Operation, Reply } from "../../operation";
import { joinHints } from "../join-hints";
import { magicChatHint } from "../magic/magic-chat-hint";
import { magicMessageHint } from "../magic/magic-message-hint";
import { refusedByMagic } from "../magic/refused-by-magic";
import { readAttachments } from "../read-attachments";
import { displayAssumptions } from "./display-assumptions";
import { readParticipants } from "./read-participants";
import { createdChatView } from "./view";

/** Sends a message to participants, in the chat that they have with the line or in a new one. */
export const createChat: Operation<"createChat"> = (world, { body: { send_from, chat: wanted, message } }) => {
  const number = parsePhoneNumber(send_from);
  if (number === undefined) return invalidNumber(422, "send_from", send_from);
  const line = world.lines.first("phoneNumber", number);
  if (!line) {
    const hint = hints.sendFromIsNoLine(lineNumbers(world));
    return failure(422, "send_from is not one of your phone numbers", { assuming: ["A-create-status"], hint });
  }

  const named = readParticipants(422, wanted.phone_numbers, (i) => `chat.phone_numbers[${i}]`);
  if ("detail" in named) return named;
  const participants = withoutLine(number, named.identifiers);
  if (participants.length === 0) {
    return failure(422, "chat.phone_numbers names nobody but your own phone number", { assuming: ["A-create-self"] });
  }

  const attachments = readAttachments(message);
  if ("detail" in attachments) return attachments;
  const blank = message.text.trim() === "";
  if (blank && attachments.linked.length === 0)
    return failure(422, "message.text must not be blank", { assuming: ["A-text-blank"] });

  const name = wanted.display_name?.trim() ? wanted.display_name : null;
  const outcome = sendToParticipants(
    world,
    { line, participants, name },
    { text: message.text, idempotencyKey: message.idempotency_key, attachments: attachments.linked },
  );
  if (outcome.kind === "refused") return refusedByMagic(outcome.magic);
  const { chat, message: sent } = outcome;
  if (outcome.kind === "replayed") return created(world, chat, sent, replayAssumptions(sent));
  const { isNewChat } = outcome;
  return created(world, chat, sent, [
    ...(isNewChat ? serviceAssumptions(world, participants) : (["A-create-existing"] as const)),
    ...(wanted.display_name !== undefined && (!isNewChat || name === null) ? (["A-create-name"] as const) : []),
    "A-delivery",
    ...named.assuming,
    ...(named.identifiers.includes(number) ? (["A-create-self"] as const) : []),
    ...(blank ? (["A-text-blank"] as const) : []),
    ...attachments.assuming,
  ]);
};

function created(world: World, chat: Chat, message: Message, assuming: readonly AssumptionId[]): Reply<"createChat"> {
  return {
    status: 200,
    body: { data: createdChatView(world, chat, message) },
    assuming: [...assuming, ...displayAssumptions(world, chat)],
    hint: joinHints(magicMessageHint(chat, [message]), magicChatHint(world, chat)),
  };
}

function replayAssumptions({ deliveryStatus }: Message): AssumptionId[] {
  const undeliverable = deliveryStatus === "service_unavailable" ? (["A-create-undeliverable"] as const) : [];
  return ["A-idempotency-create", "A-idempotency-scope", "A-delivery", ...undeliverable];
}

function serviceAssumptions(world: World, participants: readonly Identifier[]): AssumptionId[] {
  const unstated = participants.some((identifier) => !identifier.includes("@") && bestService(world, identifier) === undefined);
  return unstated ? ["A-create-service", "A-availability"] : ["A-create-service"];
}
