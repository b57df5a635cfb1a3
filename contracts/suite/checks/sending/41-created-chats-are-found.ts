import { othersIn } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { recipientGroup, testMessage } from "./temporary-message";

export const law41: Law = {
  number: 41,
  title: "a chat that was created is found by its participants",
  broken: "a chat that was created is not found by its participants",
  operation: "createChat",
  clause: "#/paths/~1chats/post/responses/200",
  requests: 4,
  async check(context) {
    const { api, line, people } = context;
    const group = recipientGroup(people);
    const alone = people.slice(group.length, group.length + 1);
    for (const participants of [group, alone].filter(({ length }) => length > 0)) {
      const created = await api.create(line, participants, testMessage(context));
      const found = await api.find(line, participants);
      expectSame(found?.id ?? null, created.id, "the id of the chat that is found");
      expectSame(found && othersIn(found, line).sort(), participants.toSorted(), "who is in the chat that is found");
      const isGroup = participants.length > 1;
      if (isGroup)
        expectSame(created.group, isGroup, `\`group\` of a chat with ${participants.length} participants besides the line`);
    }
  },
};
