import { MOST_PER_PAGE } from "../../../limits";
import { othersIn } from "../../api";
import { assuming, expectThat, Skip } from "../../expect";
import type { Law } from "../../law";

export const law11: Law = {
  number: 11,
  title: "`group` means more than one participant besides the line",
  broken: "`group` does not tell whether there is more than one participant besides the line",
  operation: "listChats",
  clause: "#/components/schemas/Chat/properties/group",
  crosses: ["A-group"],
  requests: 1,
  async check({ api, line }) {
    const { items } = await api.chats(line, { per_page: MOST_PER_PAGE });
    if (items.length === 0) throw new Skip("the line has no chats");
    const withOne = items.filter((chat) => new Set(othersIn(chat, line)).size === 1);
    const areAllGroups = withOne.length > 1 && withOne.every(({ group }) => group);
    for (const [i, chat] of items.entries()) {
      const count = new Set(othersIn(chat, line)).size;
      const others = `${count === 1 ? "1 participant" : `${count} participants`} besides the line`;
      const what = `\`group\` of chat ${chat.id}, which has ${others}`;
      const isGroup = count > 1;
      const reason = `chat ${chat.id} with ${others} is ${isGroup ? "not " : ""}called a group`;
      const evidence = { expected: isGroup, received: chat.group, pointer: `/data/${i}/group`, reason };
      const mayHaveShrunk = count === 1 && !areAllGroups;
      assuming(mayHaveShrunk ? ["A-group"] : [], () => expectThat(chat.group === isGroup, what, evidence));
    }
  },
};
