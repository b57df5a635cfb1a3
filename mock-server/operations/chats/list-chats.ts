import type { AssumptionId } from "../../../contracts/generated/operations";
import { type Identifier, parseIdentifier } from "../../../contracts/identifier";
import { invalidNumber } from "../../errors";
import type { Operation } from "../../operation";
import type { World } from "../../state/world";
import { pageOf } from "../page";
import { chatView } from "./chat-view";

/** Every chat that involves a number, be it a line or a participant. */
export const listChats: Operation<"listChats"> = (world, { query }) => {
  const member = parseIdentifier(query.phone_number);
  if (member === undefined) return invalidNumber(400, "phone_number", query.phone_number);

  const all = world.chats.ids("member", member);
  const { ids, meta } = pageOf(all, query);
  const chats = ids.flatMap((id) => world.chats.get(id) ?? []);
  return {
    status: 200,
    body: { data: chats.map((chat) => chatView(world, chat)), meta },
    assuming: ["A-list-order", ...scope(world, member, all.length)],
  };
};

function scope(world: World, member: Identifier, count: number): AssumptionId[] {
  if (count === 0) return ["A-list-unknown"];
  if (member.includes("@")) return ["A-list-scope", "A-list-email"];
  return world.lines.first("phoneNumber", member) ? [] : ["A-list-scope"];
}
