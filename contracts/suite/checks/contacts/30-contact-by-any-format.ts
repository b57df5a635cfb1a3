import type { ApiContact } from "../../../api-types";
import { expectContact } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";

const NORTH_AMERICAN = /^\+1(\d{3})(\d{3})(\d{4})$/;

export const law30: Law = {
  number: 30,
  title: "a contact is found by its number in every format",
  broken: "a contact is not found by its number in some format",
  operation: "findContact",
  clause: "#/paths/~1contacts~1find/get/parameters/1",
  requests: 3,
  async check({ api, sample, random }) {
    const { items } = await sample.contacts();
    const contacts = items.filter((contact) => NORTH_AMERICAN.test(contact.phone_number ?? "") && isAlone(contact, items));
    const contact = contacts.length > 0 ? random.of(contacts) : await sample.contact();
    const [number, area, exchange, rest] = NORTH_AMERICAN.exec(contact.phone_number ?? "") ?? [];
    if (number === undefined) throw new Skip("no contact has a North American number of its own");
    const source = contacts.length > 0 ? "List Contacts" : sample.sourceOfContact;
    for (const phone_number of [number, `(${area}) ${exchange}-${rest}`, `${area}-${exchange}-${rest}`]) {
      const what = `contact ${contact.id} by its number as ${phone_number}`;
      expectContact(await api.findContact({ phone_number }), contact, what, source);
    }
  },
};

function isAlone({ phone_number }: ApiContact, contacts: readonly ApiContact[]): boolean {
  return contacts.filter((contact) => contact.phone_number === phone_number).length === 1;
}
