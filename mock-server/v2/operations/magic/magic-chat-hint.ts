import type { Chat } from "../../../world/model";
import { participantsOf } from "../../../world/participants";
import type { World } from "../../../world/world";
import { magicServiceHint } from "./magic-service-hint";

/** Names the magic number that decides which service a chat has. */
export function magicChatHint(world: World, chat: Chat): string | undefined {
  return chat.service === "SMS" ? magicServiceHint(world, participantsOf(chat)) : undefined;
}
