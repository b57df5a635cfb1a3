import type { ApiContact } from "../../../api-types";
import { expectSame, expectThat, momentOf } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";
import { contactChanges, fullContact, shown, withContact } from "./temporary-contact";

export const law32: Law = {
  number: 32,
  title: "updating some fields of a contact keeps the rest, and when it was created",
  broken: "updating some fields of a contact changes others, or when it was created",
  operation: "patchContact",
  clause: "#/paths/~1contacts~1{id}/put/description",
  requests: 6,
  isRepeatable: true,
  async check(context) {
    const { api } = context;
    await withContact(api, await fullContact(context), async (created) => {
      let contact = created;
      const updates: [before: ApiContact, after: ApiContact][] = [];
      for (const changes of contactChanges(context)) {
        const patched = await api.updateContact("PATCH", created.id, changes);
        const { updated_at, full_name } = patched; // both follow from others
        const expected = { ...contact, ...changes, updated_at, full_name };
        const what = "a contact after PATCH, and before, with the changes";
        expectSame(shown(patched, changes), changes, what, "an update of a contact does not change what it was given");
        const since = { created_at: created.created_at };
        expectSame(shown(patched, since), since, what, "an update of a contact changes when it was created");
        expectSame(patched, expected, what, "an update of some fields of a contact changes others");
        updates.push([contact, patched]);
        contact = patched;
      }
      const reason = "a contact that was updated is not what PATCH has answered";
      expectSame(await api.contact(created.id), contact, "a contact read alone, and as PATCH has answered", reason);
      for (const [before, after] of updates) expectLater(before, after);
    });
  },
};

function expectLater(before: ApiContact, after: ApiContact): void {
  const [earlier, later] = [before, after].map((contact) => momentOf(contact, "updated_at", "a contact")) as [number, number];
  expectThat(later >= earlier, "when the contact was updated", {
    expected: inWords`not before ${before.updated_at}`,
    received: after.updated_at,
    pointer: "/updated_at",
    reason: "an update of a contact sets updated_at back",
  });
}
