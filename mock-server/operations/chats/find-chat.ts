import { type Identifier, parseIdentifier, parsePhoneNumber } from "../../../contracts/identifier";
import { findChatIds } from "../../domain/open-chat";
import { invalidNumber } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";
import type { World } from "../../state/world";
import { chatView } from "./chat-view";

/** The chat of a line with exactly the given participants. Not found is a 200, too. */
export const findChat: Operation<"findChat"> = (world, { query }) => {
  const line = parsePhoneNumber(query.phone_number);
  if (line === undefined) return invalidNumber(400, "phone_number", query.phone_number);
  const participants: Identifier[] = [];
  for (const raw of query["phone_numbers[]"]) {
    const participant = parseIdentifier(raw);
    if (participant === undefined) return invalidNumber(400, "phone_numbers[]", raw);
    participants.push(participant);
  }

  const ids = findChatIds(world, line, participants);
  const chat = ids[0] === undefined ? undefined : world.chats.get(ids[0]);
  if (!chat) return notFound(world, line, participants);
  return {
    status: 200,
    body: { data: { chat: chatView(world, chat) } },
    assuming: ids.length > 1 ? ["A-find-match", "A-find-first"] : ["A-find-match"],
  };
};

function notFound(world: World, line: Identifier, participants: readonly Identifier[]) {
  const body = { data: { chat: null, messages: [] } };
  if (world.lines.first("phoneNumber", line))
    return { status: 200, body, assuming: ["A-find-match"], hint: hints.findNotFound } as const;
  return { status: 200, body, assuming: ["A-find-unknown-line"], hint: noLineHint(world, line, participants) } as const;
}

function noLineHint(world: World, number: Identifier, participants: readonly Identifier[]): string {
  const swapped = participants.find((participant) => world.lines.first("phoneNumber", participant));
  if (swapped !== undefined) return hints.findSwapped(swapped, number);
  return hints.findPhoneNumberIsNoLine(
    number,
    [...world.lines.values()].map((line) => line.phoneNumber),
  );
}
