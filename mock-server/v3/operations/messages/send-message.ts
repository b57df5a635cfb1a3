import { Failure } from "../../../server/failure";
import { sendToChat } from "../../../world/messages";
import { refuse } from "../../errors";
import { chatAt, lineAt } from "../../find-or-404";
import { readMessage } from "../../message-input";
import type { Operation } from "../../operation";
import { keyOf, peopleOf, sendingRefusal, serviceFor } from "../../sending";
import { sentAnswer } from "../../sending-answers";

/** Sends a message into a chat. */
export const sendMessage: Operation<"sendMessage"> = (
  world,
  { path: { chatId }, body: { message: input, override_optout } },
) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const line = lineAt(world, chat.line);
  if (line instanceof Failure) return line;
  const people = peopleOf(chat);
  const content = readMessage(world, input, { chat, people });
  if (content instanceof Failure) return content;
  const refusal = sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToChat(world, chat, {
    ...content,
    ...serviceFor(world, people, content),
    idempotencyKey: keyOf(input.idempotency_key),
  });
  if (sent.kind === "refused") return refuse("1004", { hint: `${sent.magic.value} stands for this: ${sent.magic.happens}.` });
  return sentAnswer(world, sent.chat, sent.message);
};
