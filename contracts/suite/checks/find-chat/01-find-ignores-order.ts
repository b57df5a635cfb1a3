import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { expectFoundEachWay, findableParticipants } from "./findable-chats";

export const law01: Law = {
  number: 1,
  title: "find does not depend on the order of the participants",
  broken: "find depends on the order of the participants",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/1",
  assumptions: ["A-find-match"],
  canMisdeliver: true,
  requests: 3,
  async check({ api, line, sample }) {
    const listed = (await findableParticipants({ sample, line })).find(({ length }) => length > 1);
    if (!listed) throw new Skip("the line has no group chat");
    const sorted = listed.toSorted();
    const orders = listed.length > 2 ? [sorted.toReversed(), sorted] : [listed.toReversed()];
    await expectFoundEachWay(api, "find in another order", [[line, listed], ...orders.map((order) => [line, order] as const)]);
  },
};
