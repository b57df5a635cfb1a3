import type { ApiContact } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { contactChanges, fullContact, withContact } from "./temporary-contact";

export const law33: Law = {
  number: 33,
  title: "PUT changes a contact as PATCH does",
  broken: "PUT changes a contact otherwise than PATCH does",
  operation: "updateContact",
  clause: "#/paths/~1contacts~1{id}/patch/description",
  requests: 8,
  async check(context) {
    const { api } = context;
    const fields = await fullContact(context);
    await withContact(api, fields, async (created) => {
      const changes = contactChanges(context);
      let contact = created;
      let expected = created;
      for (const change of changes) contact = await api.updateContact("PATCH", created.id, change);
      for (const change of changes) {
        const back = Object.fromEntries(Object.entries(fields).filter(([name]) => name in change));
        const put = await api.updateContact("PUT", created.id, back);
        const { updated_at, full_name } = put; // both follow from others
        expectSame(put, { ...contact, ...back, updated_at, full_name }, "a contact after PUT, and before, with the changes");
        contact = put;
        expected = { ...expected, ...back };
      }
      const read = withoutTime(await api.contact(created.id));
      expectSame(read, withoutTime(expected), "a contact that PATCH has changed and PUT has changed back, and before");
    });
  },
};

function withoutTime({ updated_at: _, ...rest }: ApiContact): object {
  return rest;
}
