import { UNUSED_NUMBER } from "../../api";
import { expectContact, expectSame } from "../../expect";
import type { Law } from "../../law";
import { Skip } from "../../law-errors";

export const law29: Law = {
  number: 29,
  title: "a contact is found when its e-mail address or its number fits",
  broken: "a contact is not found when only one of e-mail address and number fits",
  operation: "findContact",
  clause: "#/paths/~1contacts~1find/get/description",
  requests: 3,
  async check({ api, sample, unique }) {
    const contact = await sample.contact();
    const { id, email, phone_number } = contact;
    const nobody = { email: `${unique()}@example.com`, phone_number: UNUSED_NUMBER };
    const none = await api.findContact(nobody);
    if (none?.phone_number === UNUSED_NUMBER) throw new Skip(`contact ${none.id} has the number that nobody should have`);
    expectSame(none, null, "a contact by an e-mail address and a number that nobody has");
    const byEmail = await api.findContact({ ...nobody, email });
    expectContact(byEmail, contact, `contact ${id} by its e-mail address and a number that nobody has`, sample.sourceOfContact);
    const byNumber = await api.findContact({ ...nobody, phone_number });
    expectContact(
      byNumber,
      contact,
      `contact ${id} by its number and an e-mail address that nobody has`,
      sample.sourceOfContact,
    );
  },
};
