import type { Identifier } from "../../contracts/identifier";
import { commonService } from "../../contracts/service";
import { bestService } from "./best-service";
import type { Chat, Handle, Line } from "./model";
import type { World } from "./world";

/** Starts a chat of a line with participants who have none yet. The line's handle comes last, as in the documented example. */
export function openChat(world: World, line: Line, participants: readonly Identifier[], name: string | null): Chat {
  const services = participants.map((identifier) => bestService(world, identifier) ?? "iMessage");
  const service = commonService(services);
  const joinedAt = world.clock.now();
  const join = (identifier: Identifier): Handle => ({ id: world.nextHandleId(), identifier, service, joinedAt });
  const handles = [...participants, line.phoneNumber].map(join);
  const chat = world.chats.add((id) => ({ id, line: line.phoneNumber, name, service, handles, formerHandles: [] }));
  world.announce({ kind: "chat.created", chat });
  return chat;
}
