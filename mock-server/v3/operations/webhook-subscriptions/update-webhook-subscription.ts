import { isDeepStrictEqual } from "node:util";
import { Failure } from "../../../server/failure";
import { replaceSubscription } from "../../../world/subscriptions";
import type { Operation } from "../../operation";
import { routingRefusal } from "../../routing-headers";
import { detailsOf, fieldsOf, subscriptionAt, targetRefusal, webhookSubscriptionView } from "./view";

/** Changes what is given of a subscription; its secret stays. */
export const updateWebhookSubscription: Operation<"updateWebhookSubscription"> = (
  world,
  { path: { subscriptionId }, body },
) => {
  const subscription = subscriptionAt(world, subscriptionId);
  if (subscription instanceof Failure) return subscription;
  const refusal = body.target_url === undefined ? undefined : targetRefusal(world, body.target_url, subscription);
  if (refusal) return refusal;
  const fields = fieldsOf(body, subscription);
  const wrong = routingRefusal(fields.routing);
  if (wrong) return wrong;
  const isSame = isDeepStrictEqual({ ...subscription, ...fields }, subscription);
  const changed = isSame ? subscription : replaceSubscription(world, subscription, fields);
  return { status: 200, body: webhookSubscriptionView(world, changed), details: detailsOf(changed, world) };
};
