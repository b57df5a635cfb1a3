import { type CreatedChat, othersIn } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";
import { testMessage } from "./temporary-message";

export const law61: Law = {
  number: 61,
  title: "a new group has the name that it was created with",
  broken: "a new group does not have the name that it was created with",
  operation: "createChat",
  clause: "#/components/schemas/CreateChatRequest/properties/chat/properties/display_name",
  requests: 3,
  async check(context) {
    const { api, line, people, unique } = context;
    const participants = [people.at(-1), people[0]].filter((person) => person !== undefined);
    if (participants.length < 2 || participants[0] === participants[1]) {
      throw new Skip("there is no group to make; name two people with --recipient");
    }
    const there = "the group is there already; name two other people with --recipient";
    const found = await api.find(line, participants);
    if (found && othersIn(found, line).length === participants.length) throw new Skip(there);
    const display_name = unique();
    const body = { send_from: line, chat: { phone_numbers: participants, display_name }, message: testMessage(context) };
    const { data } = await api.call<{ data: CreatedChat }>([200, 201], "POST", "/chats", body);
    if (data.id === found?.id) throw new Skip(there); // a larger group counts for it
    expectSame((await api.get(data.id)).display_name, display_name, "the name of a new group");
  },
};
