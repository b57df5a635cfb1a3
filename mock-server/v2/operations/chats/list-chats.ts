import type { Identifier } from "../../../../contracts/identifiers";
import { Failure } from "../../../server/failure";
import type { Operation } from "../../operation";
import { pageOf } from "../list-page";
import { readParticipants } from "./read-participants";
import { chatView } from "./view";

/** Every chat that involves a number, be it a line or a participant. */
export const listChats: Operation<"listChats"> = (world, { query }) => {
  const members = readParticipants("numberInvalidInQuery", [query.phone_number], () => "phone_number");
  if (members instanceof Failure) return members;
  const [member] = members as [Identifier];
  const { start, end, meta } = pageOf(world.chats.count("member", member), query);
  const chats = world.chats.slice("member", member, start, end);
  return {
    status: 200,
    body: { data: chats.map((chat) => chatView(world, chat)), meta },
    details: { chats, list: { name: `chats of ${member}`, page: meta.page, pages: meta.total_pages } },
  };
};
