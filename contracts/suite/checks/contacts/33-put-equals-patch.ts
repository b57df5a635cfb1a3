import type { ApiContact } from "../../../api-types";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { contactChanges, fullContact, withContact } from "./temporary-contact";

/** It follows from other fields. */
const DERIVED = "full_name";

export const law33: Law = {
  number: 33,
  title: "PUT changes a contact as PATCH does",
  broken: "PUT changes a contact otherwise than PATCH does",
  operation: "updateContact",
  clause: "#/paths/~1contacts~1{id}/patch/description",
  requests: 8,
  isRepeatable: true,
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
        const wanted: ApiContact = { ...contact, ...back, updated_at, full_name };
        expectSame(put, wanted, "a contact after PUT, and before, with the changes", clearing(put, contact, back));
        contact = put;
        expected = { ...expected, ...back };
      }
      const read = withoutTime(await api.contact(created.id));
      expectSame(read, withoutTime(expected), "a contact that PATCH has changed and PUT has changed back, and before");
    });
  },
};

/** That PUT makes null what it was not given, if it does so. */
function clearing(put: ApiContact, before: ApiContact, given: object): string | undefined {
  const cleared = Object.entries(put).filter(
    ([name, value]) => value === null && name !== DERIVED && !(name in given) && isSet(before, name),
  );
  return cleared.length === 0 ? undefined : `PUT clears ${cleared.map(([name]) => name).join(", ")}, which it was not given`;
}

function isSet(contact: ApiContact, name: string): boolean {
  const value: unknown = Reflect.get(contact, name);
  return value !== null && value !== undefined;
}

function withoutTime({ updated_at: _, ...rest }: ApiContact): object {
  return rest;
}
