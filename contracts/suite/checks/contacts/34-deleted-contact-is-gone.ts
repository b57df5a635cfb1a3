import { expectSame, expectStatus } from "../../expect";
import type { Law } from "../../law";
import { withContact } from "./temporary-contact";

export const law34: Law = {
  number: 34,
  title: "a deleted contact is gone",
  broken: "a deleted contact is not gone",
  operation: "deleteContact",
  clause: "#/paths/~1contacts~1{id}/delete/responses/204",
  requests: 7,
  isRepeatable: true,
  async check({ api, unique }) {
    const contact = { first_name: unique(), email: `${unique()}@example.com` };
    const { email } = contact;
    await withContact(api, contact, async ({ id }) => {
      const path = `/contacts/${id}`;
      expectSame((await api.findContact({ email }))?.id, id, "the id of a contact by e-mail address, before it is deleted");
      expectStatus(await api.request("DELETE", path), 204);
      expectStatus(await api.request("GET", path), 404, "the status of a deleted contact");
      expectSame(await api.findContact({ email }), null, "a deleted contact by e-mail address");
      expectStatus(await api.request("PATCH", path, { contact }), 404, "the status of changing a deleted contact");
    });
  },
};
