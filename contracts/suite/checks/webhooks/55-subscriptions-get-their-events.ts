import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";
import { subscribed } from "../../webhook-endpoint";

const NAMES = 3;
const events = ["contact.created" as const];

export const law55: Law = {
  number: 55,
  title: "a subscription gets each of its events and no others, and counts them",
  broken: "a subscription does not get each of its events, gets others, or does not count them",
  operation: "createWebhookSubscription",
  clause: "#/components/schemas/WebhookSubscription/properties/delivery_attempts",
  isAboutDeliveries: true,
  requests: 9,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    await subscribed(context, { events }, async (endpoint, { id }) => {
      for (let i = 0; i < NAMES; i += 1) {
        const contact = await api.createContact({ first_name: unique() });
        await endpoint.event("contact.created", (data) => String(data.id) === String(contact.id));
        if (i > 0) continue;
        await api.updateContact("PATCH", contact.id, { first_name: unique() }); // nobody has asked for that event
      }
      const types = endpoint.deliveries.map(({ event }) => event?.event_type);
      const expected = events.join();
      expectThat(
        types.every((type) => type === expected),
        "the events that came",
        { expected, received: types, reason: "a subscription gets events that it has not asked for" },
      );
      const own = (await api.subscriptions()).find((subscription) => subscription.id === id);
      if (!own) return;
      const what = `a subscription to which ${NAMES} events were delivered`;
      if (own.delivery_attempts !== undefined) {
        const isCounted = own.delivery_attempts >= NAMES - 1; // the last may still be under way
        const pointer = "/delivery_attempts";
        const [expected, received] = [inWords`${NAMES - 1} at least`, own.delivery_attempts];
        expectThat(isCounted, what, {
          pointer,
          expected,
          received,
          reason: "delivery_attempts does not count what was delivered",
        });
      }
      if (own.last_delivered_at === undefined) return;
      const reason = "last_delivered_at is null though events were delivered";
      expectSame(own.last_delivered_at === null, false, `whether last_delivered_at is null of ${what}`, reason);
    });
  },
};
