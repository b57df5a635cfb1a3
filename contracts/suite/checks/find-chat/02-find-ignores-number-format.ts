import { tenDigits } from "../../api";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { expectFoundEachWay, findableParticipants } from "./findable-chats";

export const law02: Law = {
  number: 2,
  title: "find does not depend on the format of the participants' numbers",
  broken: "find depends on the format of the participants' numbers",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/1",
  canMisdeliver: true,
  requests: 2,
  async check({ api, line, sample }) {
    const candidates = await findableParticipants({ sample, line });
    const participants = candidates.find((all) => all.every(isShortened)) ?? candidates.find((all) => all.some(isShortened));
    if (!participants) throw new Skip("the line has no chat with a number of North America");
    await expectFoundEachWay(api, "find with ten digits", [
      [line, participants],
      [line, participants.map(tenDigits)],
    ]);
  },
};

function isShortened(participant: string): boolean {
  return tenDigits(participant) !== participant;
}
