import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { Refused, Skip, undefinedIf } from "../../law-errors";

interface Migration {
  readonly data: { readonly v3_chat_id: string; readonly v2_chat_id: number };
}

export const law52: Law = {
  number: 52,
  title: "migrating a chat again gives the same id, and the chat's own",
  broken: "migrating a chat again gives another id",
  operation: "migrateChat",
  clause: "#/paths/~1chats~1{chat_id}~1migrate_to_v3/get",
  assumptions: ["A-migrate"],
  requests: 3,
  async check({ api, sample }) {
    const { id } = await sample.chat();
    const migrate = () => api.call<Migration>(200, "GET", `/chats/${id}/migrate_to_v3`);
    const first = await undefinedIf(Refused, migrate());
    if (!first) throw new Skip("nothing undoes a migration, so that only a mock of our own is asked for one");
    expectSame(first.data.v2_chat_id, id, "the v2_chat_id of the answer");
    expectSame((await migrate()).data, first.data, "the answer to the second request");
  },
};
