import type { ApiContact } from "../../../api-types";
import { expectSame, expectStatus, expectThat } from "../../expect";
import type { Law } from "../../law";
import { Broken, inWords } from "../../law-errors";
import type { ReceivedDelivery } from "../../receiver";
import { subscribed, subscribedToTheEnd } from "../../webhook-endpoint";

const PATH = "/webhook_subscriptions";
const events = ["contact.created" as const];

export const law57: Law = {
  number: 57,
  title: "an update of a subscription takes effect, and a deleted one is gone",
  broken: "an update of a subscription takes no effect, or a deleted one is still there",
  operation: "updateWebhookSubscription",
  clause: "#/paths/~1webhook_subscriptions~1{webhook_subscription_id}/put",
  isAboutDeliveries: true,
  requests: 11,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    // The one that was made first is told first.
    const { endpoint, subscription } = await subscribedToTheEnd(context, { events });
    const { id } = subscription;
    await subscribed(context, { events }, async (active) => {
      const path = `${PATH}/${id}`;
      const fields = { webhook_url: endpoint.url, version: 2, events: ["contact.updated", "contact.created"], active: false };
      expectStatus(await api.request("PUT", path, { webhook_subscription: fields }), 200);
      const listed = (await api.subscriptions()).find((one) => one.id === id);
      const { events: now, active: isActive } = listed ?? {};
      expectSame(
        { events: now?.toSorted(), active: isActive },
        { events: fields.events.toSorted(), active: false },
        "the subscription after an update",
        "an update of a subscription is answered and not made",
      );
      const creation = await api.taken(201, "POST", "/contacts", { contact: { first_name: unique() } });
      const { data: contact } = creation.response.body as { data: ApiContact };
      await active.event("contact.created", (data) => String(data.id) === String(contact.id));
      context.later(async () => {
        const isOwn = ({ event }: ReceivedDelivery): boolean => String(event?.data["id"]) === String(contact.id); // others write, too
        const came = endpoint.deliveries.filter(isOwn).length;
        const what = "how many events came to a subscription that is not active";
        const reason = "a subscription that is not active gets events";
        if (came > 0) throw new Broken({ what, pointer: "", expected: 0, received: came }, { reason, exchange: creation });
      });
      expectStatus(await api.request("DELETE", path), 204);
      const left = (await api.subscriptions()).map((one) => one.id);
      expectThat(!left.includes(id), "the subscriptions after one was deleted", {
        expected: inWords`no subscription ${id}`,
        received: left,
        reason: "a subscription that was deleted is still listed",
      });
    });
  },
};
