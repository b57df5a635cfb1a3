import { parseTimestamp } from "../../../timestamps";
import { expectSame, expectThat, inWords } from "../../expect";
import type { Law } from "../../law";
import { contactChanges, fullContact, withContact } from "./temporary-contact";

export const law32: Law = {
  number: 32,
  title: "updating some fields of a contact keeps the rest, and when it was created",
  broken: "updating some fields of a contact changes others, or when it was created",
  operation: "patchContact",
  clause: "#/paths/~1contacts~1{id}/put/description",
  requests: 6,
  async check(context) {
    const { api } = context;
    await withContact(api, await fullContact(context), async (created) => {
      let contact = created;
      for (const changes of contactChanges(context)) {
        const patched = await api.updateContact("PATCH", created.id, changes);
        const { updated_at, full_name } = patched; // both follow from others
        const expected = { ...contact, ...changes, updated_at, full_name };
        expectSame(patched, expected, "a contact after PATCH, and before, with the changes");
        expectThat(parseTimestamp(updated_at) >= parseTimestamp(contact.updated_at), "when the contact was updated", {
          expected: inWords`not before ${contact.updated_at}`,
          received: updated_at,
          pointer: "/updated_at",
        });
        contact = patched;
      }
      expectSame(await api.contact(created.id), contact, "a contact read alone, and as PATCH has answered");
    });
  },
};
