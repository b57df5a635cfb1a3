import type { ContactFields } from "../../api";
import { expectSame } from "../../expect";
import type { Law } from "../../law";
import { fullContact, shown, withContact } from "./temporary-contact";

export const law31: Law = {
  number: 31,
  title: "a contact reads back as it was created",
  broken: "a contact does not read back as it was created",
  operation: "createContact",
  clause: "#/paths/~1contacts/post/responses/201",
  requests: 7,
  isRepeatable: true,
  async check(context) {
    const { api, random, unique } = context;
    const sparse = random.of<ContactFields>([
      { first_name: unique() },
      { last_name: unique() },
      { email: `${unique()}@example.com` },
    ]);
    for (const fields of [await fullContact(context), sparse]) {
      await withContact(api, fields, async (created) => {
        expectSame(shown(created, fields), fields, "a contact as it was created, and what it was created with");
        expectSame(await api.contact(created.id), created, "a contact read alone, and as it was created");
      });
    }
  },
};
