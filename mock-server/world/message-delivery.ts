import { chatOf, setRead } from "./messages";
import type { Message, WhyFailed } from "./model";
import { concluded } from "./seed";
import type { World } from "./world";

/** Lets the pending messages of a world be delivered, or fail, each at its instant. What has fallen due before it began is no event. */
export function startDeliveries(world: World): void {
  const happen = (id: number): void => {
    const message = conclude(world, id);
    if (!message) return;
    const kind = message.deliveryStatus === "delivered" ? "message.delivered" : "message.failed";
    const isInherited = id <= world.lastInheritedMessage;
    world.announce({ kind, chat: chatOf(world, message), message, isInherited });
  };
  const wordsOf = (id: number): string => {
    const message = pendingMessage(world, id);
    if (!message) return `nothing more of message ${id}`;
    return `message ${id} ${message.deliveredAt === null ? "fails" : "is delivered"}`;
  };
  const passed = world.deliverySchedule.start(happen, wordsOf);
  for (const id of passed) conclude(world, id);
}

/**
 * Decides what becomes of a message that the line has sent, whatever was to become of it: a failure may come after a delivery, and a delivery after
 * a failure. What is read is delivered first. Undefined when it has come to that already, or has been read.
 */
export function decideOutcome(
  world: World,
  message: Message,
  outcome: "delivered" | "failed" | "read",
  why: WhyFailed,
): Message | undefined {
  const isDelivered = message.deliveryStatus === "delivered";
  if (isDelivered && (message.isRead || outcome === "delivered")) return undefined;
  if (outcome === "failed")
    return message.deliveryStatus === "service_unavailable" ? undefined : failDelivery(world, message, why);
  const delivered = isDelivered ? message : deliver(world, message);
  return outcome === "read" ? setRead(world, chatOf(world, delivered), delivered) : delivered;
}

function deliver(world: World, { failsAt: _, failureReason: __, failureCode: ___, ...message }: Message): Message {
  const deliveredAt = world.clock.now();
  const delivered = world.messages.replace({ ...message, deliveryStatus: "delivered", deliveredAt, isRead: false });
  world.announce({ kind: "message.delivered", chat: chatOf(world, delivered), message: delivered });
  return delivered;
}

function failDelivery(world: World, message: Message, why: WhyFailed): Message {
  const failed = world.messages.replace({
    ...message,
    deliveryStatus: "service_unavailable",
    deliveredAt: null,
    failsAt: world.clock.now(),
    ...why,
  });
  world.announce({ kind: "message.failed", chat: chatOf(world, failed), message: failed });
  return failed;
}

/** Whether the world decides over the delivery of a message: it was sent here, or was still pending in the seed. */
export function isDeliveredHere({ seed }: World, { id, sentAt, deliveredAt }: Message): boolean {
  return id > seed.messages.lastId ? deliveredAt !== sentAt : seed.pendingIds.has(id);
}

/** One that was deleted meanwhile is on its way all the same (A-message-delete). */
function conclude(world: World, id: number): Message | undefined {
  const message = pendingMessage(world, id);
  if (!message) return undefined;
  return world.deletedPending.delete(id) ? concluded(message) : world.messages.replace(concluded(message));
}

function pendingMessage(world: World, id: number): Message | undefined {
  const message = world.messages.get(id) ?? world.deletedPending.get(id);
  return message?.deliveryStatus === "pending" ? message : undefined;
}
