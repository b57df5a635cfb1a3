import { newMessage } from "../new-message";
import { addressee } from "./addressee";
import { answers } from "./answers";
import type { Probe, ProbeContext } from "./probe";

/** Chats that are assumed not to be created, by what is wrong with them. */
export const refusedCreates = {
  incomplete: answers("send", 400, {
    "creating a chat without a line": (context) => create(context, { send_from: undefined }),
    "creating a chat with nobody": (context) => create(context, { chat: { phone_numbers: [] } }),
  }),
  unusable: answers("send", 422, {
    "creating a chat from a number that is no line": async (context) => {
      return create(context, { send_from: (await context.once(addressee)).person });
    },
  }),
  self: answers("send", 422, {
    "creating a chat of the line with itself": (context) => create(context, { chat: { phone_numbers: [context.line] } }),
  }),
} satisfies Record<string, Probe>;

async function create(context: ProbeContext, changes: object): Promise<["POST", string, object]> {
  const { person } = await context.once(addressee);
  const body = { send_from: context.line, chat: { phone_numbers: [person] }, message: newMessage(context), ...changes };
  return ["POST", "/chats", body];
}
