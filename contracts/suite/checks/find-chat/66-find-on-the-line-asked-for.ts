import { othersIn } from "../../api";
import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords, Skip } from "../../law-errors";
import { findableChats } from "./findable-chats";

const MOST_LINES = 3;
const MOST_CHATS = 3;

export const law66: Law = {
  number: 66,
  title: "find gives a chat of the line that was asked for",
  broken: "find gives a chat of another line than was asked for",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/0",
  canMisdeliver: true,
  requests: MOST_LINES * MOST_CHATS,
  async check({ api, line, sample }) {
    const lines = (await sample.lines()).map(({ phone_number }) => phone_number).filter((number) => number !== line);
    if (lines.length === 0) throw new Skip("the account has one line");
    const chats = await findableChats({ sample, line });
    const smallestFirst = chats.toSorted((one, other) => othersIn(one, line).length - othersIn(other, line).length);
    for (const other of lines.slice(0, MOST_LINES)) {
      for (const chat of smallestFirst.slice(0, MOST_CHATS)) {
        const found = await api.find(other, othersIn(chat, line));
        expectThat(found?.id !== chat.id, "the chat that find gives for another line and the participants of a chat", {
          pointer: "/data/chat/id",
          expected: inWords`not ${chat.id}, which is another line's`,
          received: found?.id,
        });
        if (!found) break; // else that line has a chat of its own with them, which shows nothing
      }
    }
  },
};
