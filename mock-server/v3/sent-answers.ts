import { SENDING } from "../../contracts/client/kinds";
import { isRecord } from "../../contracts/exchange";
import type { RawRequest, Reply } from "../server/api-version";
import { Failure } from "../server/failure";
import { almostMagicNumberHint, magicChatHint, magicMessageHint } from "../server/magic-hints";
import type { Chat, Message } from "../world/model";
import { isGroup, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import type { ReplyFacts } from "./operation";
import { keyOf, sentBefore } from "./sending";
import { chatServiceOf, createdChatView, handleViews, sentMessageView } from "./views";

/* What is answered to whoever sends a message, each time that they do by the same key. */

export function createdAnswer(world: World, chat: Chat, message: Message) {
  return { status: 201 as const, body: { chat: createdChatView(world, chat, message) }, facts: factsOf(world, chat, message) };
}

export function sentAnswer(world: World, chat: Chat, message: Message) {
  const body = { chat_id: world.publicIds.uuidOf("chat", chat.id), message: sentMessageView(world, chat, message) };
  return { status: 202 as const, body, facts: factsOf(world, chat, message) };
}

/** The first message of a chat has made it. */
export function autoAnswer(world: World, chat: Chat, message: Message) {
  const isReused = world.messages.slice("chat", chat.id, 0, 1)[0]?.id !== message.id;
  const body = {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    created_new_chat: !isReused,
    from: chat.line,
    from_selection: {
      reason: isReused ? ("reused_active_chat" as const) : ("new_best_number" as const),
      reused_existing_chat: isReused,
    },
    handles: handleViews(world, chat),
    is_group: isGroup(chat),
    message: sentMessageView(world, chat, message),
    service: chatServiceOf(world, chat),
    previous_chat_id: null,
  };
  return { status: 202 as const, body, facts: factsOf(world, chat, message) };
}

/** What magic values have done, or would have if they were spelt so. */
function factsOf(world: World, chat: Chat, message: Message): ReplyFacts {
  const said = [
    magicMessageHint(chat, [message]),
    magicChatHint(world, [chat]),
    almostMagicNumberHint(participantsOf(chat).filter((one) => one.startsWith("+1500"))),
  ];
  return { hints: said.filter((hint) => hint !== undefined) };
}

type Answer = (world: World, chat: Chat, message: Message) => Pick<Reply, "status" | "body">;

const ANSWERS: Readonly<Record<(typeof SENDING)[number], Answer>> = {
  createChat: createdAnswer,
  sendMessage: sentAnswer,
  sendMessageAuto: autoAnswer,
};
const FACTS: ReplyFacts = { assumptions: ["A-v3-idem-scope"], isRepeat: true };

/** What was answered to a message that comes again by its key, whatever else is in the request; undefined when it has not come before. */
export function repeatOf(id: string, world: World, { body, headers }: RawRequest): Reply | Failure | undefined {
  const operation = SENDING.find((one) => one === id);
  if (operation === undefined || !isRecord(body)) return undefined;
  const field = isRecord(body["message"]) ? body["message"]["idempotency_key"] : undefined;
  const header = operation === "sendMessageAuto" ? headers["idempotency-key"] : undefined;
  const key = keyOf(typeof field === "string" ? field : undefined, typeof header === "string" ? header : undefined);
  const earlier = sentBefore(world, key);
  if (earlier === undefined || earlier instanceof Failure) return earlier;
  return { ...ANSWERS[operation](world, earlier.chat, earlier.message), facts: FACTS };
}
