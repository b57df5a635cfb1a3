import { Skip } from "../../errors";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { participantsOf, sortedHandles } from "../../participants";
import { findableChats } from "./findable-chats";

export const law07: Law = {
  number: 7,
  title: "find agrees with get",
  broken: "find and get show the same chat differently",
  kind: "read",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/responses/200",
  requests: 2,
  async check({ api, line, sample }) {
    const [chat] = await findableChats({ sample, line });
    const found = await api.find(line, participantsOf(chat, line));
    if (!found) throw new Skip("find did not find the chat"); // told by law 8
    const alone = sortedHandles(await api.get(found.id));
    expectSame(sortedHandles(found), alone, "the chat that was found, and the same chat read alone");
  },
};
