import type { ApiChat } from "../../../api-types";
import { othersIn, UNUSED_NUMBER } from "../../api";
import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { findableParticipants } from "./findable-chats";

export const law03: Law = {
  number: 3,
  title: "find matches the participants exactly",
  broken: "find gives a chat with more or fewer participants than were asked for",
  operation: "findChat",
  clause: "#/paths/~1chats~1find/get/parameters/1",
  assumptions: ["A-find-match"],
  canMisdeliver: true,
  requests: 3,
  async check({ api, line, sample }) {
    const chats = await findableParticipants({ sample, line });
    const lines = new Set((await sample.lines()).map(({ phone_number }) => phone_number));
    const isOfAnother = ({ chat_handles: handles }: ApiChat): boolean =>
      handles.some(({ phone_number }) => lines.has(phone_number)) && !handles.some(({ phone_number }) => phone_number === line);
    const asked = [
      { what: "one of a group", participants: oneOfGroup(chats) },
      { what: "two of a larger group", participants: twoOfLargerGroup(chats) },
      { what: "those of a chat and somebody else", participants: [...chats[0], UNUSED_NUMBER] },
    ];
    for (const { what, participants } of asked) {
      const found = participants && (await api.find(line, participants));
      if (!found || isOfAnother(found)) continue; // law 66 fails then
      const who = othersIn(found, line).sort();
      const expected = participants.toSorted();
      const isLarger = who.some((one) => !participants.includes(one));
      const reason = `Find Chat gives a chat with${isLarger ? " people who were not" : "out people who were"} asked for`;
      expectThat(who.join() === expected.join(), `who is in what find gives for ${what}`, {
        expected,
        received: who,
        reason,
      });
    }
  },
};

/** Two of a group of three or more, who have no chat of their own if there are such; undefined when there is no such group. */
export function twoOfLargerGroup(all: readonly (readonly string[])[]): string[] | undefined {
  const pairs = all.filter(({ length }) => length > 2).flatMap(([first, ...others]) => others.map((other) => [first, other]));
  const known = new Set(all.map((participants) => participants.toSorted().join()));
  const pair = pairs.find((two) => !known.has(two.toSorted().join()));
  return pair?.filter((participant) => participant !== undefined);
}

/** Somebody of a group, without a chat alone if there is such a one; undefined when there is no group. */
function oneOfGroup(all: readonly (readonly string[])[]): string[] | undefined {
  const alone = new Set(all.filter(({ length }) => length === 1).flat());
  const grouped = all.filter(({ length }) => length > 1).flat();
  const one = grouped.find((participant) => !alone.has(participant)) ?? grouped[0];
  return one === undefined ? undefined : [one];
}
