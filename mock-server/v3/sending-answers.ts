import { isRecord } from "../../contracts/exchange";
import type { components } from "../../contracts/generated/v3/types";
import type { Identifier } from "../../contracts/identifiers";
import type { RawRequest, Reply } from "../server/api-operation";
import { Failure } from "../server/failure";
import { almostMagicNumberHint, magicChatHint, magicMessageHint } from "../server/magic-hints";
import type { Chat, Message } from "../world/model";
import { isGroup, mayHaveParticipants, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import type { ReplyDetails } from "./operation";
import { chatView, displayName, handleViews, serviceOf } from "./operations/chats/view";
import { sentMessageView } from "./operations/messages/view";
import { keyOf, readHandle, sentBefore } from "./sending";

type Schemas = components["schemas"];

/* What is answered to whoever sends a message, each time that they do by the same key. */

export function createdAnswer(world: World, chat: Chat, message: Message) {
  return {
    status: 201 as const,
    body: { chat: createdChatView(world, chat, message) },
    details: detailsOf(world, chat, message),
  };
}

export function sentAnswer(world: World, chat: Chat, message: Message) {
  const body = { chat_id: world.publicIds.uuidOf("chat", chat.id), message: sentMessageView(world, chat, message) };
  return { status: 202 as const, body, details: detailsOf(world, chat, message) };
}

export function autoAnswer(world: World, chat: Chat, message: Message, isNewChat: boolean, previousChatId?: number) {
  const reasonOfNew = previousChatId === undefined ? ("new_best_number" as const) : ("failover_flagged" as const);
  const body = {
    chat_id: world.publicIds.uuidOf("chat", chat.id),
    created_new_chat: isNewChat,
    from: chat.line,
    from_selection: {
      reason: isNewChat ? reasonOfNew : ("reused_active_chat" as const),
      reused_existing_chat: !isNewChat,
    },
    handles: handleViews(world, chat),
    is_group: isGroup(chat),
    message: sentMessageView(world, chat, message),
    service: serviceOf(chat, message),
    previous_chat_id: previousChatId === undefined ? null : world.publicIds.uuidOf("chat", previousChatId),
  };
  return { status: 202 as const, body, details: detailsOf(world, chat, message) };
}

/** What magic values have done, or would have if they were spelt so. */
function detailsOf(world: World, chat: Chat, message: Message): ReplyDetails {
  const said = [
    magicMessageHint(chat, [message]),
    magicChatHint(world, [chat]),
    almostMagicNumberHint(participantsOf(chat).filter((one) => one.startsWith("+1500"))),
  ];
  return { hints: said.filter((hint) => hint !== undefined) };
}

type Answer = (...sent: Parameters<typeof autoAnswer>) => Pick<Reply, "status" | "body">;

const ANSWERS: Readonly<Record<"createChat" | "sendMessage" | "sendMessageAuto", Answer>> = {
  createChat: createdAnswer,
  sendMessage: sentAnswer,
  sendMessageAuto: autoAnswer,
};
const ASSUMPTIONS = ["A-v3-idem-scope"];

export function isSending(id: string): id is keyof typeof ANSWERS {
  return Object.hasOwn(ANSWERS, id);
}

/** What was answered to a message that comes again by its key, whatever else is in the request; undefined when it has not come before. */
export function repeatOf(operation: keyof typeof ANSWERS, world: World, raw: RawRequest): Reply | Failure | undefined {
  const { body, headers } = raw;
  if (!isRecord(body)) return undefined;
  const field = isRecord(body["message"]) ? body["message"]["idempotency_key"] : undefined;
  const header = operation === "sendMessageAuto" ? headers["idempotency-key"] : undefined;
  const key = keyOf(typeof field === "string" ? field : undefined, typeof header === "string" ? header : undefined);
  const earlier = sentBefore(world, key);
  if (earlier === undefined || earlier instanceof Failure) return earlier;
  const { chat, isNewChat, previousChatId, ...said } = earlier.message.asSent ?? { chat: earlier.chat, isNewChat: false };
  const hints = isAsked(world, raw, chat) ? [] : [ELSEWHERE];
  const details: ReplyDetails = { hints, assumptions: ASSUMPTIONS, isRepeat: true };
  return { ...ANSWERS[operation](world, chat, { ...earlier.message, ...said }, isNewChat, previousChatId), details };
}

const ELSEWHERE = "The key was used for a message to somebody else, or from another line; nothing was sent.";

/** Whether a request, right or not, may mean a chat. */
function isAsked(world: World, { params, body }: RawRequest, chat: Chat): boolean {
  const { chatId } = params as { readonly chatId?: string };
  if (chatId !== undefined) return world.publicIds.idOf("chat", chatId) === chat.id;
  const { from = chat.line, to } = body as { readonly from?: unknown; readonly to?: unknown };
  const people = Array.isArray(to) ? to.flatMap((one) => (typeof one === "string" ? (readHandle(one) ?? []) : [])) : [];
  return people.length === 0 || mayHaveParticipants(chat, from as Identifier, people);
}

/** A chat as the answer to creating it shows it. */
function createdChatView(world: World, chat: Chat, message: Message): Schemas["CreatedChat"] {
  const { id, handles, health_status, is_group } = chatView(world, chat);
  return {
    id,
    display_name: displayName(chat),
    handles,
    health_status,
    is_group,
    message: sentMessageView(world, chat, message),
    service: serviceOf(chat, message),
  };
}
