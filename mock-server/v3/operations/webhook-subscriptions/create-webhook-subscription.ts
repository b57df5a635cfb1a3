import { addSubscription } from "../../../world/subscriptions";
import type { Operation } from "../../operation";
import { newSecret } from "../../webhook-signatures";
import { detailsOf, fieldsOf, targetRefusal, webhookSubscriptionView } from "./view";

/** Subscribes a URL to events. No other answer has the secret. */
export const createWebhookSubscription: Operation<"createWebhookSubscription"> = (world, { body }) => {
  const { target_url: url, subscribed_events: events } = body;
  const refusal = targetRefusal(world, url);
  if (refusal) return refusal;
  const secret = newSecret(world.uuids.next());
  const subscription = addSubscription(world, { url, events, ...fieldsOf(body), version: "v3", secret });
  return {
    status: 201,
    body: { ...webhookSubscriptionView(world, subscription), signing_secret: secret },
    details: detailsOf(subscription, world),
  };
};
