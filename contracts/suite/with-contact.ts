import type { Api, Contact, ContactFields } from "./api";

/** Creates a contact for as long as a law needs it. */
export async function withContact(api: Api, fields: ContactFields, use: (contact: Contact) => Promise<void>): Promise<void> {
  const contact = await api.createContact(fields);
  try {
    await use(contact);
  } finally {
    await api.request("DELETE", `/contacts/${contact.id}`);
  }
}
