import type { ApiContact } from "../../../api-types";
import type { Api, ContactFields } from "../../api";
import type { LawContext } from "../../law";

/**
 * What a contact can be created with that no other has: every field, with letters of several alphabets. Its number is that of one of the
 * people, if they have one and are in no contact.
 */
export async function fullContact({ sample, people, unique }: LawContext): Promise<ContactFields> {
  const phone_number = await sample.freeNumber(people);
  return {
    first_name: unique(),
    last_name: "Ångström-O'Peña",
    email: `${unique()}@example.com`,
    company: "Łódź Şirket",
    title: "Straßenwärterin",
    location: "東京",
    ...(phone_number !== undefined && { phone_number }),
  };
}

/** Two changes of a contact that have no field in common: what one of them wipes out, the other shows. */
export function contactChanges({ random, unique }: LawContext): [ContactFields, ContactFields] {
  const identity = random.shuffled<ContactFields>([
    { first_name: unique() },
    { last_name: unique() },
    { email: `${unique()}@example.com` },
  ]);
  const more = random.shuffled<ContactFields>([{ company: unique() }, { title: unique() }, { location: unique() }]);
  return [
    { ...identity[0], ...more[0] },
    { ...identity[1], ...more[1] },
  ];
}

/** The part of a contact that answers the fields which were given. */
export function shown(contact: ApiContact, given: object): Partial<ApiContact> {
  return Object.fromEntries(Object.entries(contact).filter(([name]) => name in given));
}

/** Creates a contact for as long as a law needs it. */
export async function withContact(api: Api, fields: ContactFields, use: (contact: ApiContact) => Promise<void>): Promise<void> {
  const contact = await api.createContact(fields);
  try {
    await use(contact);
  } finally {
    await api.request("DELETE", `/contacts/${contact.id}`);
  }
}
