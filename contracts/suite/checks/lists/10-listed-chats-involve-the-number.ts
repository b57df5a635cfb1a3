import { MOST_PER_PAGE } from "../../../limits";
import { othersIn } from "../../api";
import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";

export const law10: Law = {
  number: 10,
  title: "every listed chat involves the number asked for",
  broken: "a chat is listed that does not involve the number asked for",
  operation: "listChats",
  clause: "#/paths/~1chats/get/parameters/0",
  requests: 2,
  async check({ api, line, sample, random }) {
    const chats = await sample.someChats(Number.POSITIVE_INFINITY);
    const numbers = rarest(chats.map((chat) => othersIn(chat, line).filter((participant) => !participant.includes("@"))));
    for (const number of [line, ...(numbers.length > 0 ? [random.of(numbers)] : [])]) {
      const { items } = await api.chats(number, { per_page: MOST_PER_PAGE });
      for (const [i, { chat_handles }] of items.entries()) {
        const received = chat_handles.map(({ phone_number }) => phone_number);
        const expected = inWords`among them ${number}`;
        expectThat(received.includes(number), "who is in a listed chat", {
          expected,
          received,
          pointer: `/data/${i}/chat_handles`,
        });
      }
    }
  },
};

/** Those who are in the fewest chats: with them, a list of everything shows best. */
function rarest(chats: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const participant of chats.flat()) counts.set(participant, (counts.get(participant) ?? 0) + 1);
  const least = Math.min(...counts.values());
  return [...counts.keys()].filter((participant) => counts.get(participant) === least);
}
