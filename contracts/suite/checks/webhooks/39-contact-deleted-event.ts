import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { assuming, inWords } from "../../law-errors";
import { subscribed } from "../../webhook-endpoint";

export const law39: Law = {
  number: 39,
  title: "contact.deleted holds the id of the contact alone",
  broken: "contact.deleted holds something else than the id of the contact",
  operation: "deleteContact",
  clause: "#/components/schemas/ContactDeletedEventData",
  stepAssumptions: ["A-extra-fields"],
  isAboutDeliveries: true,
  requests: 4,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    await subscribed(context, { events: ["contact.deleted"] }, async (endpoint) => {
      const { id } = await api.createContact({ first_name: unique(), email: `${unique()}@example.com` });
      await api.deleteContact(id);
      const { data } = await endpoint.event("contact.deleted", (deleted) => String(deleted.id) === String(id));
      const { id: deleted, ...others } = data;
      expectSame(deleted, id, "the id in contact.deleted");
      const what = "what else contact.deleted holds";
      const evidence = { expected: inWords`nothing`, received: Object.keys(others) };
      assuming(["A-extra-fields"], () => expectThat(evidence.received.length === 0, what, evidence));
    });
  },
};
