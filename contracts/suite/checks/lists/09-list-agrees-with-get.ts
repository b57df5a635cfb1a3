import type { ApiChat } from "../../../api-types";
import { MOST_PER_PAGE } from "../../../limits";
import { othersIn, sortedHandles } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";

export const law09: Law = {
  number: 9,
  title: "a listed chat equals the same chat read alone",
  broken: "a listed chat differs from the same chat read alone",
  operation: "listChats",
  clause: "#/paths/~1chats/get/responses/200",
  requests: 3,
  async check({ api, line, random }) {
    const { items } = await api.chats(line, { per_page: MOST_PER_PAGE });
    if (items.length === 0) throw new Skip("the line has no chats");
    const isGroup = (chat: ApiChat): boolean => othersIn(chat, line).length > 1;
    const [groups, others] = [items.filter(isGroup), items.filter((chat) => !isGroup(chat))];
    for (const chats of [groups, others].filter(({ length }) => length > 0)) {
      const listed = random.of(chats);
      const alone = sortedHandles(await api.get(listed.id));
      const what = `chat ${listed.id} read alone, and in the list`;
      expectSame(alone, sortedHandles(listed), what, undefined, ["Get Chat", "List Chats"]);
    }
  },
};
