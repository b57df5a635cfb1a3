import { Failure } from "../../../server/failure";
import { sendToParticipants } from "../../../world/messages";
import { refuse } from "../../errors";
import { chooseLine } from "../../line-choice";
import { readMessage } from "../../message-input";
import type { Operation } from "../../operation";
import { keyOf, mayReuse, readHandles, sendingRefusal, serviceFor } from "../../sending";
import { autoAnswer } from "../../sending-answers";

/**
 * Sends a message without naming a line: in the chat with exactly these people that was active last, or in a new one from the best line. Where all
 * such chats are on lines that may not send, the text to continue with is sent instead of the message (A-v3-failover).
 */
export const sendMessageAuto: Operation<"sendMessageAuto"> = (world, { body, idempotencyKey: header }) => {
  const { to, message, exclude_from: excluded = [], override_optout, continuation_message: continuation } = body;
  const people = readHandles(to);
  if (people instanceof Failure) return people;
  const chosen = chooseLine(world, people, excluded);
  if (chosen instanceof Failure) return chosen;
  const { line, chat: existing, previous } = chosen;
  if (people.includes(line.phoneNumber))
    return refuse("1005", { hint: "to names the line that sends.", assumption: "A-v3-own-line" });
  const { preferred_service, idempotency_key } = message;
  const input =
    previous && continuation
      ? { parts: [{ type: "text" as const, value: continuation.text }], ...(preferred_service && { preferred_service }) }
      : message;
  const content = readMessage(world, input, { chat: existing, people });
  if (content instanceof Failure) return content as Failure<400>;
  const refusal = sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToParticipants(
    world,
    { line, participants: people, name: null, mayReuse, previousChatId: previous?.id },
    { ...content, ...serviceFor(world, people, content), idempotencyKey: keyOf(idempotency_key, header) },
  );
  if (sent.kind === "refused") return refuse("1004", { hint: `${sent.magic.value} stands for this: ${sent.magic.happens}.` });
  const answer = autoAnswer(world, sent.chat, sent.message, sent.kind === "sent" && sent.isNewChat, previous?.id);
  const isFirst = existing === undefined && content.effect !== undefined;
  const assumptions = [...(isFirst ? ["A-v3-auto-first-message"] : []), ...(previous ? ["A-v3-failover"] : [])];
  return { ...answer, details: { ...answer.details, assumptions } };
};
