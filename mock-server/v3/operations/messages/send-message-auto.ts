import { Failure } from "../../../server/failure";
import { sendToParticipants } from "../../../world/messages";
import type { Chat, Message } from "../../../world/model";
import { isGroup } from "../../../world/participants";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import { chooseLine, malformedIn } from "../../line-choice";
import { readMessage } from "../../message-input";
import type { Operation } from "../../operation";
import { keyOf, mayReuse, readHandles, sendingRefusal, sentBefore, serviceFor } from "../../sending";
import { chatServiceOf, handleViews, sentMessageView } from "../../views";

const LONGEST_KEY = 255;

/** Sends a message without naming a line: in the chat with exactly these people that was active last, or in a new one from the best line. */
export const sendMessageAuto: Operation<"sendMessageAuto"> = (world, { body, idempotencyKey: header }) => {
  const { to, message: input, exclude_from: excluded = [], override_optout } = body;
  const people = readHandles(to);
  if (people instanceof Failure) return people;
  const malformed = malformedIn("exclude_from", excluded);
  if (malformed) return malformed;
  const idempotencyKey = keyOf(input.idempotency_key, header);
  if (idempotencyKey !== undefined && idempotencyKey.length > LONGEST_KEY)
    return refuse("1005", { hint: `An idempotency key has at most ${LONGEST_KEY} characters.` });
  const earlier = sentBefore(world, idempotencyKey);
  if (earlier instanceof Failure) return earlier;
  if (earlier) return { status: 202, body: answer(world, earlier.chat, earlier.message, "reused_active_chat") };

  const chosen = chooseLine(world, people, excluded);
  if (chosen instanceof Failure) return chosen;
  const { line, chat: existing } = chosen;
  if (people.includes(line.phoneNumber))
    return refuse("1005", { hint: "to names the line that sends.", assumption: "A-v3-own-line" });
  const content = readMessage(world, input, { chat: existing, people });
  if (content instanceof Failure) return content as Failure<400>;
  const refusal = sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToParticipants(
    world,
    { line, participants: people, name: null, mayReuse },
    { ...content, ...serviceFor(world, people, input.preferred_service), idempotencyKey },
  );
  if (sent.kind === "refused") return refuse("1004", { hint: `${sent.magic.value} stands for this: ${sent.magic.happens}.` });
  const isNew = sent.kind === "sent" && sent.isNewChat;
  return { status: 202, body: answer(world, sent.chat, sent.message, isNew ? "new_best_number" : "reused_active_chat") };
};

function answer(world: World, chat: Chat, message: Message, reason: "reused_active_chat" | "new_best_number") {
  const isReused = reason === "reused_active_chat";
  return {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    created_new_chat: !isReused,
    from: chat.line,
    from_selection: { reason, reused_existing_chat: isReused },
    handles: handleViews(world, chat),
    is_group: isGroup(chat),
    message: sentMessageView(world, chat, message),
    service: chatServiceOf(world, chat),
    previous_chat_id: null,
  };
}
