import { othersIn } from "../../api";
import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords, Skip } from "../../law-errors";

const NORTH_AMERICAN = /^\+1\d{10}$/;

export const law58: Law = {
  number: 58,
  title: "a chat whose participant has no contact is called by the number as people write it",
  broken: "a chat is called by a bare number",
  operation: "listChats",
  clause: "#/components/schemas/Chat/properties/display_name",
  requests: 1,
  async check({ line, sample }) {
    const { items } = await sample.chats();
    const alone = items.filter((chat) => othersIn(chat, line).length === 1 && chat.display_name !== "");
    const numbered = alone.filter((chat) => String(chat.display_name).replaceAll(/\D/g, "").length >= 10);
    if (numbered.length === 0) throw new Skip("no chat is called by a number");
    for (const { id, display_name } of numbered) {
      const evidence = { pointer: "/display_name", expected: inWords`as +1 (555) 123-4567`, received: display_name };
      const isBare = display_name.split(", ").some((part) => NORTH_AMERICAN.test(part));
      expectThat(!isBare, `the name of chat ${id}`, evidence);
    }
  },
};
