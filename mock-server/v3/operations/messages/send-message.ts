import { Failure } from "../../../server/failure";
import { sendToChat } from "../../../world/messages";
import { refuse } from "../../errors";
import { chatAt, lineAt } from "../../find";
import { readMessage } from "../../message-input";
import type { Operation } from "../../operation";
import { keyOf, peopleOf, sendingRefusal, sentBefore, serviceFor } from "../../sending";
import { sentMessageView } from "../../views";

/** Sends a message into a chat or, when its key was used before, answers with the message of then. */
export const sendMessage: Operation<"sendMessage"> = (
  world,
  { path: { chatId }, body: { message: input, override_optout } },
) => {
  const chat = chatAt(world, chatId);
  if (chat instanceof Failure) return chat;
  const idempotencyKey = keyOf(input.idempotency_key);
  const earlier = sentBefore(world, idempotencyKey);
  if (earlier instanceof Failure) return earlier;
  const shown = (at: typeof chat, message: Parameters<typeof sentMessageView>[2]) => ({
    status: 202 as const,
    body: { chat_id: world.publicIds.uuidOf("chat", at.id), message: sentMessageView(world, at, message) },
  });
  if (earlier) return shown(earlier.chat, earlier.message);

  const line = lineAt(world, chat.line);
  if (line instanceof Failure) return line;
  const people = peopleOf(chat);
  const content = readMessage(world, input, { chat, people });
  if (content instanceof Failure) return content;
  const refusal = sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToChat(world, chat, {
    ...content,
    ...serviceFor(world, people, input.preferred_service),
    idempotencyKey,
  });
  if (sent.kind === "refused") return refuse("1004", { hint: `${sent.magic.value} stands for this: ${sent.magic.happens}.` });
  return shown(sent.chat, sent.message);
};
