import { othersIn, tenDigits } from "../../api";
import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";
import { recipientGroup, testMessage } from "./temporary-message";

export const law42: Law = {
  number: 42,
  title: "the same participants have the same chat, in whatever order and format they are given",
  broken: "create makes a second chat of the same participants",
  operation: "createChat",
  clause: "#/paths/~1chats/post/responses/200",
  explainedBy: ["A-find-match"],
  canMisdeliver: true,
  requests: 2,
  async check(context) {
    const { api, line, people } = context;
    const participants = recipientGroup(people);
    const first = await api.create(line, participants, testMessage(context));
    const reformatted = participants.toReversed().map(tenDigits);
    const second = await api.create(tenDigits(line), reformatted, testMessage(context));
    expectSame(second.id, first.id, "the id of the chat, created in another order and format");
    expectSame(othersIn(second, line).sort(), othersIn(first, line).sort(), "who is in the chat after that");
    const [received, before] = [second.chat_messages.id, first.chat_messages.id];
    expectThat(received !== before, "the id of the second message", { expected: inWords`not ${before}`, received });
  },
};
