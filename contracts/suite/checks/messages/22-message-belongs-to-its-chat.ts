import type { ApiChat } from "../../../api-types";
import { othersIn } from "../../api";
import { expectSame, expectStatus, expectThat } from "../../expect";
import type { Law } from "../../law";
import { assuming, Skip } from "../../law-errors";

export const law22: Law = {
  number: 22,
  title: "a message belongs to its chat alone",
  broken: "a message is found under a chat that it does not belong to",
  operation: "getMessage",
  clause: "#/paths/~1chats~1{chat_id}~1chat_messages~1{id}/get/responses/404",
  stepAssumptions: ["A-404-others"],
  requests: 2,
  async check({ api, line, sample, random }) {
    const { chat, messages } = await sample.conversation();
    if (messages.length === 0) throw new Skip(`chat ${chat.id} has no messages`);
    const others = (await sample.chats()).items.filter(({ id }) => id !== chat.id);
    if (others.length === 0) throw new Skip("the line has one chat only");
    const message = random.of(messages);
    const other = random.of(mostAlike(chat, others, line));
    expectSame((await api.message(chat.id, message.id)).id, message.id, `message ${message.id} of its own chat ${chat.id}`);
    const foreign = await api.request("GET", `/chats/${other.id}/chat_messages/${message.id}`);
    const what = `the status of a message of chat ${chat.id}, asked for in chat ${other.id}`;
    expectThat(foreign.response.status !== 200, what, { expected: 404, received: 200, pointer: "status" });
    assuming(["A-404-others"], () => expectStatus(foreign, 404, what));
  },
};

/** Those that somebody is in who is also in this chat; all of them when there is none. */
function mostAlike(chat: ApiChat, others: readonly ApiChat[], line: string): readonly ApiChat[] {
  const inside = othersIn(chat, line);
  const alike = others.filter((other) => othersIn(other, line).some((participant) => inside.includes(participant)));
  return alike.length > 0 ? alike : others;
}
