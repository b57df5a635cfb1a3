import { expectContact } from "../../expect";
import type { Law } from "../../law";

export const law28: Law = {
  number: 28,
  title: "a contact is the same by e-mail address, by number and by id",
  broken: "a contact is not the same by e-mail address, by number and by id",
  operation: "findContact",
  clause: "#/paths/~1contacts~1find/get/responses/200",
  requests: 3,
  async check({ api, sample }) {
    const { id, email, phone_number } = await sample.contact();
    const contact = await api.contact(id);
    expectContact(await api.findContact({ email }), contact, `contact ${id} by e-mail address, and by id`, "Get Contact");
    expectContact(await api.findContact({ phone_number }), contact, `contact ${id} by number, and by id`, "Get Contact");
  },
};
