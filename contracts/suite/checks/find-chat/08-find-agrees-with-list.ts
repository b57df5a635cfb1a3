import { MOST_PER_PAGE } from "../../../limits";
import { type Api, othersIn } from "../../api";
import { idsOf } from "../../expect";
import type { Law } from "../../law";
import { Broken, inWords, Skip } from "../../law-errors";
import { findableChats } from "./findable-chats";

const MOST_PAGES = 2;

export const law08: Law = {
  number: 8,
  title: "find agrees with list",
  broken: "find does not find a chat that is listed, or finds one that is not",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/responses/200",
  explainedBy: ["A-find-match"],
  canMisdeliver: true,
  requests: 1 + MOST_PAGES,
  async check({ api, line, sample }) {
    const [chat] = await findableChats({ sample, line });
    const participants = othersIn(chat, line);
    const found = await api.find(line, participants);
    if (!found) {
      const reason = `Find Chat does not find chat ${chat.id}, which List Chats lists`;
      throw new Broken({ what: "find, for those of a listed chat", pointer: "", expected: chat, received: found }, { reason });
    }
    const number = participants.findLast((participant) => !participant.includes("@"));
    if (number === undefined) throw new Skip("nobody in the chat has a number to list by");
    const listed = await idsUpTo(api, number, found.id);
    if (listed.includes(found.id)) return;
    const what = "the ids of the chats that are listed for a participant's number";
    const evidence = { what, pointer: "", expected: inWords`chat ${found.id} among them`, received: listed };
    throw new Broken(evidence, { reason: `List Chats leaves out chat ${found.id} of a participant, which Find Chat finds` });
  },
};

/** The ids of the chats that involve a number, up to the page that holds a certain one. @throws Skip when there are too many to read */
async function idsUpTo(api: Api, number: string, id: number): Promise<number[]> {
  const ids: number[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { items, meta } = await api.chats(number, { per_page: MOST_PER_PAGE, page });
    ids.push(...idsOf(items));
    if (ids.includes(id) || page >= meta.total_pages) return ids;
  }
  throw new Skip(`the participant has more than ${MOST_PAGES} pages of chats`);
}
