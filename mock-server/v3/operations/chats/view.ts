import type { components } from "../../../../contracts/generated/v3/types";
import type { Service } from "../../../../contracts/identifiers";
import { activityPlaceOf } from "../../../world/chat-order";
import type { Chat, Handle, Message } from "../../../world/model";
import { optOutOf } from "../../../world/opt-out";
import { isGroup } from "../../../world/participants";
import type { World } from "../../../world/world";
import { timeOrNull, timeView } from "../../timestamps";

type Schemas = components["schemas"];

/** Somebody who is or was in a chat. */
export function handleView(world: World, chat: Chat, handle: Handle): Schemas["ChatHandle"] {
  const isMe = handle.identifier === chat.line;
  const hasLeft = isMe ? chat.leftAt !== undefined : !chat.handles.includes(handle);
  return {
    id: world.publicIds.uuidOf("handle", handle.id),
    handle: handle.identifier,
    joined_at: timeView(handle.joinedAt),
    service: handle.service,
    is_me: isMe,
    left_at: timeOrNull(isMe ? chat.leftAt : handle.leftAt),
    status: hasLeft ? (isMe ? "left" : "removed") : "active",
  };
}

/** The line first, then the others in the order in which they came (A-v3-handles-order), then those who are gone. */
export function handleViews(world: World, chat: Chat): Schemas["ChatHandle"][] {
  const own = chat.handles.filter(({ identifier }) => identifier === chat.line);
  const others = chat.handles.filter(({ identifier }) => identifier !== chat.line);
  return [...own, ...others, ...chat.formerHandles].map((handle) => handleView(world, chat, handle));
}

const HEALTH_PAGE = "https://docs.linqapp.com/guides/chats/chat-health";

export function healthView(chat: Chat): Schemas["HealthStatus"] {
  const { isOptedOut, since = createdAt(chat) } = optOutOf(chat);
  const status = isOptedOut ? "OPTED_OUT" : "HEALTHY";
  const anchor = status.toLowerCase().replace("_", "-");
  return {
    doc_url: `${HEALTH_PAGE}#${anchor}`,
    status,
    updated_at: timeView(since),
  };
}

/** When a chat began: nobody was in it before. */
export function createdAt({ handles, formerHandles }: Chat): number {
  return [...handles, ...formerHandles].reduce((first, { joinedAt }) => Math.min(first, joinedAt), Number.POSITIVE_INFINITY);
}

/** When anything of a chat changed last: its messages, those included that are gone, its people, name or picture (A-v3-chat-updated). */
export function updatedAt(world: World, chat: Chat): number {
  const { handles, formerHandles, leftAt = 0, changedAt = 0 } = chat;
  const people = [...handles, ...formerHandles].map(({ joinedAt, leftAt: gone = 0 }) => Math.max(joinedAt, gone));
  return Math.max(activityPlaceOf(world, chat).at, leftAt, changedAt, ...people);
}

/** The name that a chat was given, else its handles, the own line included (A-v3-display-name). */
export function displayName(chat: Chat): string {
  if (chat.name !== null) return chat.name;
  const others = chat.handles.filter(({ identifier }) => identifier !== chat.line).map(({ identifier }) => identifier);
  return [chat.line, ...others].join(", ");
}

/** A chat as its own operations show it. */
export function chatView(world: World, chat: Chat): Schemas["Chat"] {
  return {
    id: world.publicIds.uuidOf("chat", chat.id),
    created_at: timeView(createdAt(chat)),
    display_name: displayName(chat),
    handles: handleViews(world, chat),
    health_status: healthView(chat),
    is_archived: false,
    is_group: isGroup(chat),
    updated_at: timeView(updatedAt(world, chat)),
    group_chat_icon: chat.icon ?? null,
    service: chatServiceOf(world, chat),
  };
}

/** What the newest of its messages that have not failed travels by; without any, what they would travel by (A-v3-chat-service). */
export function chatServiceOf({ messages }: World, chat: Chat): Service {
  for (let i = messages.count("chat", chat.id) - 1; i >= 0; i -= 1) {
    const [message] = messages.slice("chat", chat.id, i, i + 1);
    if (message && message.deliveryStatus !== "service_unavailable") return serviceOf(chat, message);
  }
  return chat.service;
}

export function serviceOf(chat: Chat, message: Message): Service {
  return message.service ?? chat.service;
}
