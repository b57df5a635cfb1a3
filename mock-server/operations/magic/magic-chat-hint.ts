import type { Chat } from "../../../fixtures/records";
import { participantsOf } from "../../domain/membership";
import type { World } from "../../state/world";
import { magicServiceHint } from "./magic-service-hint";

/** Names the magic number that decides which service a chat has. */
export function magicChatHint(world: World, chat: Chat): string | undefined {
  return chat.service === "SMS" ? magicServiceHint(world, participantsOf(chat)) : undefined;
}
