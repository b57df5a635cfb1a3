import { expectSame, expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";
import type { ReceivedEvent } from "../../receiver";
import { subscribedToTheEnd } from "../../webhook-endpoint";

const events = ["contact.created" as const];
/** A platform that tries again does so for the first time within seconds, as a rule. */
const WAIT_MS = 6_000;
/** Ours would do it at once. */
const OWN_WAIT_MS = 100;

export const law68: Law = {
  number: 68,
  title: "a delivery that fails is not tried again, and counts as an attempt and not as delivered",
  broken: "a delivery that fails is tried again, or does not count as an attempt, or counts as delivered",
  operation: "createWebhookSubscription",
  clause: "#/components/schemas/WebhookSubscription/properties/last_delivered_at",
  isAboutDeliveries: true,
  requests: 6,
  async check(context) {
    const { api, unique, isOwnMock, time } = context;
    const { endpoint, subscription } = await subscribedToTheEnd(context, { events, fails: true });
    const contact = await api.createContact({ first_name: unique() });
    const isOwn = ({ data }: Pick<ReceivedEvent, "data">): boolean => String(data["id"]) === String(contact.id);
    await endpoint.event("contact.created", (data) => isOwn({ data }));
    const came = time.now();
    const look = async (): Promise<void> => {
      const waitMs = Math.ceil(came + (isOwnMock ? OWN_WAIT_MS : WAIT_MS) - time.now());
      const times = await endpoint.withinMs(Math.min(WAIT_MS, Math.max(0, waitMs)), isOwn, 2, time);
      expectThat(times === 1, "how often an event came that was answered with 500", {
        expected: 1,
        received: times,
        reason: "a delivery that fails is tried again",
      });
      const own = (await api.subscriptions()).find(({ id }) => id === subscription.id);
      const what = "a subscription whose only delivery was answered with 500";
      const counted = "a delivery that fails counts as delivered";
      if (own?.last_delivered_at !== undefined)
        expectSame(own.last_delivered_at, null, `last_delivered_at of ${what}`, counted);
      const attempts = own?.delivery_attempts;
      if (attempts === undefined) return;
      const reason = "a delivery that fails is not counted in delivery_attempts";
      const pointer = "/delivery_attempts";
      expectThat(attempts > 0, what, { pointer, expected: inWords`1 at least`, received: attempts, reason });
    };
    if (isOwnMock) await look();
    context.later(look); // the longer it was, the more would have come
  },
};
