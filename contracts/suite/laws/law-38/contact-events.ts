import type { ContactFields } from "../../api";
import type { Inbox } from "../../inbox";
import { expectSame } from "../../judging/expect";
import type { LawContext } from "../../law";
import { newContact } from "../../new-contact";

/** What the events tell of a contact with every field, and of one with next to none. */
export async function expectContactEvents(context: LawContext, inbox: Inbox): Promise<void> {
  const { api, unique } = context;
  const changes: readonly (readonly [ContactFields, ContactFields])[] = [
    [await newContact(context), { first_name: unique(), title: "Another" }],
    [{ last_name: unique() }, { last_name: unique() }],
  ];
  for (const [fields, change] of changes) {
    const { id } = await api.createContact(fields);
    const isIt = (data: Readonly<Record<string, unknown>>): boolean => String(data["id"]) === String(id);
    const created = await inbox.event("contact.created", isIt);
    expectSame(created.data, await api.contact(id), "the data of contact.created");
    await api.updateContact("PATCH", id, change);
    const updated = await inbox.event("contact.updated", isIt);
    expectSame(updated.data, await api.contact(id), "the data of contact.updated");
  }
}
