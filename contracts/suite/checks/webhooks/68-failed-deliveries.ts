import { expectSame, expectThat, inWords } from "../../expect";
import type { Law } from "../../law";
import { subscribed } from "../../receiver";

const events = ["contact.created" as const];
/** A platform that tries again does so for the first time within seconds, as a rule. */
const WAIT_MS = 2_000;
/** Ours would do it at once. */
const OWN_WAIT_MS = 100;

export const law68: Law = {
  number: 68,
  title: "a delivery that fails is not tried again, and does not count as delivered",
  broken: "a delivery that fails is tried again, or counts as delivered",
  operation: "createWebhookSubscription",
  clause: "#/components/schemas/WebhookSubscription/properties/last_delivered_at",
  isOfDeliveries: true,
  requests: 5,
  async check(context) {
    const { api, unique, isOwnMock } = context;
    await subscribed(context, { events, fails: true }, async (endpoint, { id }) => {
      const contact = await api.createContact({ first_name: unique() });
      const isOwn = (data: { readonly id?: unknown }): boolean => String(data.id) === String(contact.id);
      await endpoint.event("contact.created", isOwn);
      const came = await endpoint.withinMs(isOwnMock ? OWN_WAIT_MS : WAIT_MS, isOwn, 2);
      expectThat(came === 1, "how often an event came that was answered with 500", {
        expected: 1,
        received: came,
        reason: "a delivery that fails is tried again",
      });
      const own = (await api.subscriptions()).find((subscription) => subscription.id === id);
      const what = "a subscription whose only delivery was answered with 500";
      const counted = "a delivery that fails counts as delivered";
      if (own?.last_delivered_at !== undefined)
        expectSame(own.last_delivered_at, null, `last_delivered_at of ${what}`, counted);
      const attempts = own?.delivery_attempts;
      if (attempts === undefined) return;
      const reason = "a delivery that fails is not counted in delivery_attempts";
      expectThat(attempts > 0, what, {
        pointer: "/delivery_attempts",
        expected: inWords`1 at least`,
        received: attempts,
        reason,
      });
    });
  },
};
