import { isDeepStrictEqual } from "node:util";
import { type CreatedChat, othersIn } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Broken } from "../../law-errors";
import { law11 } from "../lists/11-group-has-several-participants";
import { law42 } from "./42-create-finds-or-creates";
import { recipientGroup, testMessage } from "./temporary-message";

export const law41: Law = {
  number: 41,
  title: "a chat that was created is found by its participants",
  broken: "a chat that was created is not found by its participants",
  operation: "createChat",
  clause: "#/paths/~1chats/post/responses/200",
  explainedBy: ["A-find-match"],
  canMisdeliver: true,
  requests: 4,
  async check(context) {
    const { api, line, people } = context;
    const group = recipientGroup(people);
    const alone = people.slice(group.length, group.length + 1);
    for (const participants of [group, alone].filter(({ length }) => length > 0)) {
      const created = await api.create(line, participants, testMessage(context));
      const found = await api.find(line, participants);
      const who = found && othersIn(found, line).sort();
      if (found && isDeepStrictEqual(who, participants.toSorted())) expectOneChat(created.id, found.id);
      expectSame(found?.id ?? null, created.id, "the id of the chat that is found");
      expectSame(who, participants.toSorted(), "who is in the chat that is found");
      if (participants.length > 1) expectGroup(created);
    }
  },
};

/** @throws Broken when the participants have two chats */
function expectOneChat(created: number, found: number): void {
  if (created === found) return;
  const evidence = { what: "the id of the chat that is found", pointer: "/data/chat/id", expected: created, received: found };
  throw new Broken(evidence, { reason: law42.broken });
}

/** @throws Broken when a chat with several participants says that it is no group */
function expectGroup({ group }: CreatedChat): void {
  if (group !== false) return;
  const evidence = {
    what: "`group` of a new chat with several participants",
    pointer: "/data/group",
    expected: true,
    received: group,
  };
  throw new Broken(evidence, { reason: law11.broken });
}
