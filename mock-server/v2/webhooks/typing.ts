import type { components } from "../../../contracts/generated/v2/types";
import { formatEventTimestamp } from "../../../contracts/timestamp";
import type { Chat } from "../../world/model";
import type { World } from "../../world/world";
import { eventHandles } from "./event-handles";

/** The data of typing_indicator.received and typing_indicator.removed. */
export function typingPayload(
  world: World,
  { kind, chat, at }: { kind: "typing.started" | "typing.stopped"; chat: Chat; at: number },
): components["schemas"]["TypingEventData"] {
  return {
    chat_id: String(chat.id),
    display: kind === "typing.started",
    timestamp: formatEventTimestamp(at),
    chat_handles: eventHandles(world, chat),
  };
}
