import { expectSame, expectStatus, isRefusal } from "../../expect";
import type { Law } from "../../law";
import { withContact } from "./temporary-contact";

const NOBODY = { first_name: "", last_name: "", email: "", phone_number: "" };

export const law35: Law = {
  number: 35,
  title: "an update of a contact that is refused changes nothing",
  broken: "an update that leaves a contact nothing to know it by is not refused, or one that is refused changes something",
  operation: "patchContact",
  clause: "#/components/schemas/UpdateContactRequest/properties/contact/description",
  requests: 8,
  isRepeatable: true,
  async check({ api, unique }) {
    const fields = { first_name: unique(), email: `${unique()}@example.com`, company: unique() };
    await withContact(api, fields, async (created) => {
      const path = `/contacts/${created.id}`;
      for (const method of ["PATCH", "PUT"]) {
        const what = `${method} that clears all that a contact is known by`;
        const cleared = await api.request(method, path, { contact: NOBODY });
        expectStatus(cleared, "4xx", `the status of ${method} that clears all`, `${what} is not refused`);
      }
      const after = "a contact after PATCH and PUT that clear all, and before";
      const made = "an update that clears all that a contact is known by is refused and made all the same";
      expectSame(await api.contact(created.id), created, after, made);
      // Whether such an address is refused is only assumed.
      const partly = { contact: { first_name: unique(), email: "none" } };
      const updates = [await api.request("PATCH", path, partly), await api.request("PUT", path, partly)];
      if (!updates.every(({ response }) => isRefusal(response.status))) return;
      expectSame(
        await api.contact(created.id),
        created,
        "a contact after PATCH and PUT with an address that is none, and before",
        "an update with an address that is none is refused and made in part",
      );
    });
  },
};
