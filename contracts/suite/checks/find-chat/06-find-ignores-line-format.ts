import { tenDigits } from "../../api";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { expectFoundEachWay, findableParticipants } from "./findable-chats";

export const law06: Law = {
  number: 6,
  title: "find does not depend on the format of the line's number",
  broken: "find depends on the format of the line's number",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/0",
  canMisdeliver: true,
  requests: 2,
  async check({ api, line, sample }) {
    const shortened = tenDigits(line);
    if (shortened === line) throw new Skip("the line is no number of North America");
    const [participants] = await findableParticipants({ sample, line });
    await expectFoundEachWay(api, "find with ten digits of the line", [
      [line, participants],
      [shortened, participants],
    ]);
  },
};
