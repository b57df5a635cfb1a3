import { type Identifier, parsePhoneNumber } from "../../../../contracts/identifiers";
import { lineNumbers } from "../../../world/chats";
import { chatKey } from "../../../world/participants";
import type { World } from "../../../world/world";
import { invalidNumber } from "../../errors";
import { hints } from "../../hints";
import type { Operation, Reply } from "../../operation";
import { magicChatHint } from "../magic/magic-chat-hint";
import { displayAssumptions } from "./display-assumptions";
import { readParticipants } from "./read-participants";
import { chatView } from "./view";

/** The chat of a line with exactly the given participants. Not found is a 200, too. */
export const findChat: Operation<"findChat"> = (world, { query }) => {
  const line = parsePhoneNumber(query.phone_number);
  if (line === undefined) return invalidNumber(400, "phone_number", query.phone_number);
  const participants = readParticipants(400, query["phone_numbers[]"], () => "phone_numbers[]");
  if ("detail" in participants) return participants;

  const key = chatKey(line, participants.identifiers);
  const chat = world.chats.first("key", key);
  if (!chat) return notFound(world, line, participants.identifiers);
  return {
    status: 200,
    body: { data: { chat: chatView(world, chat) } },
    assuming: [
      "A-find-match",
      ...(world.chats.count("key", key) > 1 ? (["A-find-first"] as const) : []),
      ...participants.assuming,
      ...displayAssumptions(world, chat),
    ],
    hint: magicChatHint(world, chat),
  };
};

function notFound(world: World, line: Identifier, participants: readonly Identifier[]): Reply<"findChat"> {
  const body = { data: { chat: null, messages: [] } };
  if (world.lines.first("phoneNumber", line))
    return { status: 200, body, assuming: ["A-find-match"], hint: hints.findNotFound };
  return { status: 200, body, assuming: ["A-find-unknown-line"], hint: noLineHint(world, line, participants) };
}

function noLineHint(world: World, number: Identifier, participants: readonly Identifier[]): string {
  const swapped = participants.find((participant) => world.lines.first("phoneNumber", participant));
  return swapped === undefined ? hints.findPhoneNumberIsNoLine(number, lineNumbers(world)) : hints.findSwapped(swapped, number);
}
