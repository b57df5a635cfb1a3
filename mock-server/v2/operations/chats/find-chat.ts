import { parsePhoneNumber } from "../../../../contracts/identifiers";
import { Failure } from "../../../server/failure";
import { chatsWith } from "../../../world/chats";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { readParticipants } from "./read-participants";
import { chatView } from "./view";

/** The chat of a line with exactly the given participants, unless the line has left it. Not found is a 200, too. */
export const findChat: Operation<"findChat"> = (world, { query }) => {
  const line = parsePhoneNumber(query.phone_number);
  if (line === undefined) return refuse("numberInvalidInQuery", { field: "phone_number", given: query.phone_number });
  const participants = readParticipants("numberInvalidInQuery", query["phone_numbers[]"], () => "phone_numbers[]");
  if (participants instanceof Failure) return participants;

  const [chat, ...others] = chatsWith(world, line, participants).filter(({ leftAt }) => leftAt === undefined);
  if (!chat) return { status: 200, body: { data: { chat: null, messages: [] } } };
  const details = { chats: [chat], matchCount: 1 + others.length };
  return { status: 200, body: { data: { chat: chatView(world, chat) } }, details };
};
