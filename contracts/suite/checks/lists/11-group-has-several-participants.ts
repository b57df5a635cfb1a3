import { MOST_PER_PAGE } from "../../../limits";
import { type Api, othersIn } from "../../api";
import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { assuming, inTurn, Skip } from "../../law-errors";

/** Of how many lines more than the one that is asked about. */
const MOST_OTHERS = 2;

export const law11: Law = {
  number: 11,
  title: "`group` means more than one participant besides the line",
  broken: "`group` does not tell whether there is more than one participant besides the line",
  operation: "listChats",
  clause: "#/components/schemas/Chat/properties/group",
  stepAssumptions: ["A-group"],
  requests: 2 + MOST_OTHERS,
  async check({ api, line, sample }) {
    const others = (await sample.lines())
      .map(({ phone_number }) => phone_number)
      .filter((number) => number !== line && number.startsWith("+")); // law 27 tells of others
    let count = 0;
    await inTurn(
      ...[line, ...others.slice(0, MOST_OTHERS)].map((one) => async () => {
        count += await expectGroups(api, one);
      }),
    );
    if (count === 0) throw new Skip("the line has no chats");
  },
};

/** Returns how many chats of a line there were to judge. */
async function expectGroups(api: Pick<Api, "chats">, line: string): Promise<number> {
  const { items } = await api.chats(line, { per_page: MOST_PER_PAGE });
  const withOne = items.filter((chat) => new Set(othersIn(chat, line)).size === 1);
  const areAllGroups = withOne.length > 1 && withOne.every(({ group }) => group);
  for (const [i, chat] of items.entries()) {
    const count = new Set(othersIn(chat, line)).size;
    const others = `${count === 1 ? "1 participant" : `${count} participants`} besides the line`;
    const what = `\`group\` of chat ${chat.id}, which has ${others}`;
    const isGroup = count > 1;
    const reason = `chat ${chat.id} with ${others} is ${isGroup ? "not " : ""}called a group`;
    const evidence = { expected: isGroup, received: chat.group, pointer: `/data/${i}/group`, reason };
    const mayHaveShrunk = count === 1 && !areAllGroups;
    assuming(mayHaveShrunk ? ["A-group"] : [], () => expectThat(chat.group === isGroup, what, evidence));
  }
  return items.length;
}
