import { expectThat } from "../../expect";
import type { Law } from "../../law";
import { inWords } from "../../law-errors";
import { subscribed } from "../../webhook-endpoint";

const events = ["contact.created" as const];

export const law56: Law = {
  number: 56,
  title: "two subscriptions to one URL are two deliveries",
  broken: "two subscriptions to one URL are not two deliveries",
  operation: "createWebhookSubscription",
  clause: "#/webhooks/contact.created",
  isAboutDeliveries: true,
  requests: 6,
  isRepeatable: true,
  async check(context) {
    const { api, unique } = context;
    await subscribed(context, { events }, async (endpoint, { id }) => {
      const webhook_subscription = { webhook_url: endpoint.url, version: 2 as const, events };
      const { subscription: second } = await api.subscribe(webhook_subscription);
      expectThat(second.id !== id, "the id of the second subscription", { expected: inWords`not ${id}`, received: second.id });
      const contact = await api.createContact({ first_name: unique() });
      const isIt = (one: { event: { data: Readonly<Record<string, unknown>> } | undefined }): boolean =>
        String(one.event?.data["id"]) === String(contact.id);
      await endpoint.delivery("contact.created", isIt);
      const deliveries = await endpoint.several("contact.created", isIt, 2);
      expectThat(deliveries === 2, "how often an event came", { expected: 2, received: deliveries });
    });
  },
};
