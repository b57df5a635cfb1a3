import { Failure } from "../../../server/failure";
import { chatOfParticipants } from "../../../world/chats";
import { sendToParticipants } from "../../../world/messages";
import { refuse } from "../../errors";
import { lineAt } from "../../find-or-404";
import { readMessage } from "../../message-input";
import type { Operation } from "../../operation";
import { firstMessageRefusal, keyOf, mayReuse, readHandles, sendingRefusal, serviceFor } from "../../sending";
import { createdAnswer } from "../../sending-answers";

/** Sends a message to people: in the chat that the line has with exactly them, or in a new one. */
export const createChat: Operation<"createChat"> = (world, { body: { from, to, message: input, override_optout } }) => {
  const people = readHandles(to);
  if (people instanceof Failure) return people;
  const line = lineAt(world, from);
  if (line instanceof Failure) return line;
  if (people.includes(line.phoneNumber))
    return refuse("1005", { hint: "to names the line that sends.", assumption: "A-v3-own-line" });
  const existing = chatOfParticipants(world, line.phoneNumber, people, mayReuse);
  const content = readMessage(world, input, { chat: existing, people });
  if (content instanceof Failure) return content;
  const refusal =
    (existing ? undefined : firstMessageRefusal(input, content)) ?? sendingRefusal(world, line, people, override_optout);
  if (refusal) return refusal;
  const sent = sendToParticipants(
    world,
    { line, participants: people, name: null, mayReuse },
    { ...content, ...serviceFor(world, people, content), idempotencyKey: keyOf(input.idempotency_key) },
  );
  if (sent.kind === "refused") return refuse("1004", { hint: `${sent.magic.value} stands for this: ${sent.magic.happens}.` });
  return createdAnswer(world, sent.chat, sent.message);
};
