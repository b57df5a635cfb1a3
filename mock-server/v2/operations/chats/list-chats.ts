import type { AssumptionId } from "../../../../contracts/generated/v2/operations";
import type { Identifier } from "../../../../contracts/identifiers";
import type { World } from "../../../world/world";
import type { Operation } from "../../operation";
import { joinHints } from "../join-hints";
import { magicChatHint } from "../magic/magic-chat-hint";
import { pageOf } from "../page";
import { pollingHint } from "../polling-hint";
import { displayAssumptions } from "./display-assumptions";
import { readParticipants } from "./read-participants";
import { chatView } from "./view";

/** Every chat that involves a number, be it a line or a participant. */
export const listChats: Operation<"listChats"> = (world, { query }) => {
  const members = readParticipants(400, [query.phone_number], () => "phone_number");
  if ("detail" in members) return members;
  const [member] = members.identifiers as [Identifier];

  const total = world.chats.count("member", member);
  const { start, end, meta, assuming } = pageOf(total, query);
  const chats = world.chats.slice("member", member, start, end);
  return {
    status: 200,
    body: { data: chats.map((chat) => chatView(world, chat)), meta },
    assuming: [
      "A-list-order",
      ...scope(world, member, total),
      ...assuming,
      ...members.assuming,
      ...chats.flatMap((chat) => displayAssumptions(world, chat)),
    ],
    hint: joinHints(
      pollingHint(world, `chats of ${member}`, { number: meta.page, of: meta.total_pages }),
      ...new Set(chats.map((chat) => magicChatHint(world, chat))),
    ),
  };
};

function scope(world: World, member: Identifier, total: number): AssumptionId[] {
  const byEmail: AssumptionId[] = member.includes("@") ? ["A-list-email"] : [];
  if (total === 0) return [...byEmail, "A-list-unknown"];
  return world.lines.first("phoneNumber", member) ? [] : [...byEmail, "A-list-scope"];
}
