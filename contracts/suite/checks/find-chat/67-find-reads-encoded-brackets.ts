import type { ApiChat } from "../../../api-types";
import { findChatPath } from "../../../operations";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { findableParticipants } from "./findable-chats";

const ENCODED = "%5B%5D";
const OTHERS = ["[]", "%5b%5d"];

export const law67: Law = {
  number: 67,
  title: "find reads `phone_numbers[]` with its brackets raw, and encoded in either case",
  broken: "find depends on how the brackets of `phone_numbers[]` are written",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/1",
  canMisdeliver: true,
  requests: 1 + OTHERS.length,
  async check({ api, line, sample }) {
    const [participants] = await findableParticipants({ sample, line });
    const path = findChatPath(line, participants);
    const find = async (written: string): Promise<ApiChat | null> => {
      const { data } = await api.call<{ data: { chat: ApiChat | null } }>(200, "GET", path.replaceAll(ENCODED, written));
      return data.chat;
    };
    const found = await find(ENCODED);
    if (!found) throw new Skip("find did not find the chat"); // law 8 fails then
    for (const written of OTHERS)
      expectSame((await find(written))?.id ?? null, found.id, `the id of the chat that find gives for phone_numbers${written}`);
  },
};
