import { sortedHandles } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { assuming, Skip } from "../../law-errors";
import { findableParticipants } from "./findable-chats";

export const law07: Law = {
  number: 7,
  title: "find agrees with get",
  broken: "find and get show the same chat differently",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/responses/200",
  stepAssumptions: ["A-display-name"],
  requests: 2,
  async check({ api, line, sample }) {
    const [participants] = await findableParticipants({ sample, line });
    const found = await api.find(line, participants);
    if (!found) throw new Skip("find did not find the chat"); // law 8 fails then
    const { display_name: name, ...alone } = sortedHandles(await api.get(found.id));
    const { display_name: foundName, ...rest } = sortedHandles(found);
    const between = ["Find Chat", "Get Chat"] as const;
    expectSame(rest, alone, "the chat that was found, and the same chat read alone", undefined, between);
    const what = "the name of the chat that was found, and of the same chat read alone"; // the documents show two
    assuming(["A-display-name"], () => {
      expectSame({ display_name: foundName }, { display_name: name }, what, undefined, between);
    });
  },
};
