import { versionOf } from "../server/api-version";
import { verifySignature } from "../webhooks/delivery-attempt";
import type { Delivery } from "../world/delivery-log";
import type { Sandbox } from "../world/sandbox";
import { subscriptionById } from "../world/subscriptions";
import { advanceTo } from "./clock";
import { loadContractVerdicts } from "./contract-verdicts";
import { type ControlCall, type ControlContext, ControlRefusal, refusal } from "./control-call";
import { deliveryView } from "./deliveries";
import type { components } from "./generated/types";

/* What can be done with one delivery. */

export const readDelivery: ControlCall<"readDelivery"> = async ({ sandbox, versions }, { path }) => {
  const delivery = findDelivery(sandbox, path.id);
  return delivery instanceof ControlRefusal ? delivery : { status: 200, body: { delivery: await shown(delivery, versions) } };
};

/** Sends an event again, perhaps more than once, later, or badly signed. */
export const redeliver: ControlCall<"redeliver"> = async ({ sandbox, versions }, { path, body }) => {
  const delivery = findDelivery(sandbox, path.id);
  if (delivery instanceof ControlRefusal) return delivery;
  const { copies = 1, signature = "good", delay_ms: delayMs = 0 } = body;
  const { id, subscriptionId } = delivery;
  const subscription = subscriptionById(sandbox.world, subscriptionId);
  if (!subscription)
    return refusal(409, "subscription_gone", `The subscription ${subscriptionId} of delivery ${id} is no more`);
  if (signature === "spoilt" && subscription.secret === null) return unsigned(subscriptionId);
  const how = { delayMs, isSignedWell: signature === "good" };
  const sent: Delivery[] = [];
  for (let copy = 0; copy < copies; copy += 1) {
    const again = sandbox.dispatcher.redeliver(delivery, how);
    if (again) sent.push(again);
  }
  const [first] = sent;
  if (!first) return refusal(429, "no_room", "There is no room for another delivery", { hint: "See --max-memory." });
  const paused = `Subscription ${subscriptionId} is paused (active: false): it is sent once that is active again.`;
  return {
    status: 202,
    body: { ...(await shown(first, versions)), copies: sent.map((one) => one.id) },
    ...(!subscription.active && { hints: [paused] }),
  };
};

function unsigned(subscriptionId: number): ControlRefusal {
  const hint = "Give it a secret first.";
  return refusal(409, "unsigned", `Subscription ${subscriptionId} has no secret, so that nothing is signed`, {
    pointer: "/signature",
    hint,
  });
}

/** Whether a secret explains the signature that was sent. */
export const verifyDelivery: ControlCall<"verifyDelivery"> = ({ sandbox, versions }, { path, body: { secret } }) => {
  const delivery = findDelivery(sandbox, path.id);
  if (delivery instanceof ControlRefusal) return delivery;
  return { status: 200, body: verifySignature(versionOf(versions, delivery), delivery, secret) };
};

/** Delays a delivery that waits. */
export const delayDelivery: ControlCall<"delayDelivery"> = async ({ sandbox, versions }, { path, body: { ms } }) => {
  const delivery = findPending(sandbox, path.id);
  if (delivery instanceof ControlRefusal) return delivery;
  if (!sandbox.dispatcher.delay(delivery, ms))
    return refusal(409, "under_way", `Delivery ${delivery.id} is under way`, { hint: "Its receiver has not answered yet." });
  return { status: 200, body: { delivery: await shown(delivery, versions) } };
};

/** Ends a delivery that is pending, as if it were lost. */
export const dropDelivery: ControlCall<"dropDelivery"> = async ({ sandbox, versions }, { path }) => {
  const delivery = findPending(sandbox, path.id);
  if (delivery instanceof ControlRefusal) return delivery;
  sandbox.dispatcher.drop(delivery);
  return { status: 200, body: { delivery: await shown(delivery, versions) } };
};

/** Advances the clock to the next attempt, and answers when that has ended. */
export const runDelivery: ControlCall<"runDelivery"> = async ({ sandbox, versions }, { path }) => {
  const delivery = findPending(sandbox, path.id);
  if (delivery instanceof ControlRefusal) return delivery;
  const clock = await advanceTo(sandbox, delivery.nextAttemptAt ?? 0);
  const subscription = subscriptionById(sandbox.world, delivery.subscriptionId);
  const paused = `Subscription ${delivery.subscriptionId} is paused (active: false), so that nothing is sent.`;
  return {
    status: 200,
    body: { delivery: await shown(delivery, versions), clock },
    ...(subscription?.active === false && { hints: [paused] }),
  };
};

function findDelivery({ world }: Sandbox, id: string): Delivery | ControlRefusal {
  return world.deliveries.get(Number(id)) ?? refusal(404, "delivery_unknown", `There is no delivery ${id}`);
}

function findPending(sandbox: Sandbox, id: string): Delivery | ControlRefusal {
  const delivery = findDelivery(sandbox, id);
  if (delivery instanceof ControlRefusal || delivery.status === "pending") return delivery;
  const hint = `POST /__mock/deliveries/${id}/redeliver sends it again.`;
  return refusal(409, "not_pending", `Delivery ${id} is ${delivery.status}, and does not wait`, { hint });
}

async function shown(delivery: Delivery, versions: ControlContext["versions"]): Promise<components["schemas"]["Delivery"]> {
  return (await loadContractVerdicts(versions)).delivery(deliveryView(delivery));
}
