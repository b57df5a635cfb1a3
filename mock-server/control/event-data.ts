import type { ApiVersions } from "../server/api-version";
import type { WorldEvent } from "../world/events";
import type { World } from "../world/world";
import type { components } from "./generated/types";
import { viewOfCall, viewOfChat, viewOfContact, viewOfLine, viewOfMessage, viewOfReaction, viewOfSubscription } from "./views";

type EventData = components["schemas"]["Event"]["data"];

/** What the stream of events says of what happened in the sandbox of that name. */
export function eventData(world: World, sandbox: string, event: WorldEvent, versions: ApiVersions): EventData {
  switch (event.kind) {
    case "message.received":
    case "message.sent":
    case "message.delivered":
    case "message.failed":
    case "message.edited":
    case "message.deleted":
    case "message.read":
      return { message: viewOfMessage(world, event.chat, event.message), chat: viewOfChat(world, sandbox, event.chat) };
    case "reaction.sent":
    case "reaction.received":
    case "reaction.removed":
      return {
        message: viewOfMessage(world, event.chat, event.message),
        reaction: viewOfReaction(event.chat, event.reaction),
      };
    case "typing.started":
    case "typing.stopped":
      return { chat_id: event.chat.id, handle_id: event.handle.id, identifier: event.handle.identifier };
    case "participant.added":
    case "participant.removed":
      return { chat: viewOfChat(world, sandbox, event.chat), identifier: event.participant };
    case "chat.created":
    case "chat.opened":
    case "chat.renamed":
    case "chat.icon_changed":
    case "contact_card.shared":
      return { chat: viewOfChat(world, sandbox, event.chat) };
    case "contact.created":
    case "contact.updated":
    case "contact.deleted":
      return { contact: viewOfContact(world, event.contact) };
    case "line.updated":
    case "line.reputation_changed":
    case "contact_card.created":
    case "contact_card.updated":
    case "contact_card.deleted":
      return { line: viewOfLine(world, event.line) };
    case "subscription.created":
    case "subscription.updated":
    case "subscription.deleted":
      return { subscription: viewOfSubscription(world, versions, event.subscription) };
    case "call.completed":
      return { call: viewOfCall(event.call) };
  }
}
