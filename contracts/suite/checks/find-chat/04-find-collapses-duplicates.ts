import type { Law } from "../../law";
import { expectFoundEachWay, findableParticipants } from "./findable-chats";

export const law04: Law = {
  number: 4,
  title: "find takes participants who are given twice as given once",
  broken: "find does not find the same chat when a participant is given twice",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/1",
  assumptions: ["A-find-match"],
  canMisdeliver: true,
  requests: 2,
  async check({ api, line, sample }) {
    const all = await findableParticipants({ sample, line });
    const participants = all.at(-1) ?? all[0]; // somebody alone, if there is such a chat
    await expectFoundEachWay(api, "find with each participant twice", [
      [line, participants],
      [line, [...participants, ...participants]],
    ]);
  },
};
