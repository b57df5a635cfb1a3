import { formatTimestamp } from "../../contracts/timestamps";
import { withoutQuery } from "../server/logger";
import { basePathOf, hintIn } from "../server/paths";
import type { Attempt, Delivery } from "../world/delivery-log";
import type { Subscription } from "../world/model";
import { subscriptionById } from "../world/subscriptions";
import type { DeliveryOutcome, LoggedEvent, Unreached, UnreachedReason } from "../world/webhook-log";
import type { World } from "../world/world";
import { reasonNotAllowed } from "./receiver-policy";

/* Why no webhook came, in words. */

const SHOWN = 3;

/** Why an event has reached nobody; null when it has reached somebody, or is on its way for the first time. */
export function whyUnreached(event: LoggedEvent): Unreached | null {
  const outcomes = [...(event.outcomes?.values() ?? [])];
  if (outcomes.length === 0) return whyPassedOver(event);
  const reasons: Unreached[] = [];
  for (const outcome of outcomes) {
    if (typeof outcome === "string") return null;
    reasons.push(outcome);
  }
  const [first = NO_ROOM] = reasons;
  const messages = new Set(reasons.map(({ message }) => message));
  return { ...first, message: joined([...messages], " ") };
}

/** Why an event that waits will reach nobody: of its receivers none is allowed. Undefined when that is not so. */
export function whyNotAllowed(
  { outcomes = new Map() }: LoggedEvent,
  world: World,
): Pick<Unreached, "message" | "hint"> | undefined {
  const reasons: string[] = [];
  for (const id of outcomes.keys()) {
    const delivery = world.deliveries.get(id);
    const isOwn = subscriptionById(world, delivery?.subscriptionId ?? 0)?.origin === "receiver";
    const reason = delivery && !isOwn ? reasonNotAllowed(delivery.url, world.settings) : undefined;
    if (!delivery || reason === undefined) return undefined;
    reasons.push(`${whereTo(delivery)}: ${reason}.`);
  }
  return reasons.length === 0 ? undefined : { message: joined(reasons, " "), hint: FAILURES.not_allowed.hint };
}

/** Why nobody was meant to get an event. */
function whyPassedOver({ type, version, passedOver, eventId }: LoggedEvent): Unreached {
  if (eventId !== undefined) return NO_ROOM;
  if (passedOver.length === 0) return version === "v3" ? NOBODY_OF_V3 : NOBODY;
  const paused = passedOver.filter(({ active, events }) => !active && events.includes(type));
  const [first] = paused.length > 0 ? paused : passedOver;
  if (paused.length > 0)
    return {
      reason: "paused",
      message: joined(
        paused.map(({ id, url }) => `Subscription ${id}, ${receiverAddress(url)}, is paused (active: false).`),
        " ",
      ),
      hint: `Update subscription ${first?.id} with active: true; what happens while it is paused is lost.`,
    };
  const asking = passedOver.find(({ events }) => events.includes(type));
  if (asking) return whyNotSuited(type, asking);
  return {
    reason: "not_subscribed",
    message: joined(passedOver.map(takesOthers(type)), " "),
    hint: `Add ${type} to the events of subscription ${first?.id}.`,
  };
}

/** Why an event is not for a subscription that asks for its type. */
function whyNotSuited(type: string, { id, lines }: Subscription): Unreached {
  if (!lines)
    return {
      reason: "not_subscribed",
      message: `Subscription ${id} takes webhooks of a version that has no ${type}.`,
      hint: "Leave the version out of its URL, or name a newer one.",
    };
  return {
    reason: "not_subscribed",
    message: `Subscription ${id} takes the events of ${joined(lines, ", ")} alone.`,
    hint: "Add the line to it, or lift its filter.",
  };
}

const NOBODY: Unreached = {
  reason: "no_subscription",
  message: "Nobody is subscribed.",
  hint: "Subscribe through the API, or start the mock with --webhook <url>.",
};

const NOBODY_OF_V3: Unreached = {
  ...NOBODY,
  message: "Nobody is subscribed, and V3 alone has this event.",
  hint: "Subscribe through V3 of the API, or start the mock with --webhook v3:<url>.",
};

const NO_ROOM: Unreached = {
  reason: "dropped",
  message: "There was no room for another delivery.",
  hint: "Too many wait already, or --max-memory is too small.",
};

function takesOthers(type: string): (subscription: Subscription) => string {
  return ({ id, events }) =>
    `Subscription ${id} does not take ${type}; it takes ${events.length === 0 ? "nothing" : joined(events, ", ")}.`;
}

function joined(texts: readonly string[], separator: string): string {
  const shown = texts.slice(0, SHOWN).join(separator);
  return texts.length > SHOWN ? `${shown}${separator}and ${texts.length - SHOWN} more` : shown;
}

/** What has become of a delivery so far, with the paths of its world's sandbox. */
export function outcomeOf(delivery: Delivery, world: Pick<World, "settings">): DeliveryOutcome {
  const outcome = outcomeBy(delivery);
  if (typeof outcome === "string") return outcome;
  return { ...outcome, hint: hintIn(basePathOf(world.settings.address.url), outcome.hint) };
}

function outcomeBy(delivery: Delivery): DeliveryOutcome {
  const { id, status, attempts, nextAttemptAt } = delivery;
  if (status === "delivered") return "received";
  if (status === "dropped") return droppedOutcome(delivery);
  const last = attempts.at(-1);
  if (!last) return "waiting";
  const { reason, hint } = FAILURES[last.failure ?? "receiver_refused"];
  const again = nextAttemptAt === null ? "" : ` It is tried again at ${formatTimestamp(nextAttemptAt)}.`;
  return { reason, message: `${whereTo(delivery)}: ${last.error}.${again}`, hint: `${hint} ${redeliverHint(id)}` };
}

function droppedOutcome(delivery: Delivery): Unreached {
  const { effect, id, droppedBecause } = delivery;
  if (effect?.copies === 0)
    return {
      reason: "fault",
      message: `A fault dropped it: ${effect.faults}.`,
      hint: "DELETE /__mock/faults disarms all; GET lists what is armed.",
    };
  return {
    reason: "dropped",
    message: `${whereTo(delivery)}: ${droppedBecause ?? "it was dropped"}.`,
    hint: redeliverHint(id),
  };
}

/** Without the query of the URL: it may hold a secret. */
function whereTo({ subscriptionId, url }: Delivery): string {
  return `Subscription ${subscriptionId}, ${receiverAddress(url)}`;
}

/** A receiver's URL as people are shown it. */
export function receiverAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return withoutQuery(`${origin}${pathname}`);
}

function redeliverHint(id: number): string {
  return `POST /__mock/deliveries/${id}/redeliver sends it again.`;
}

const FAILURES: Readonly<Record<NonNullable<Attempt["failure"]>, { readonly reason: UnreachedReason; readonly hint: string }>> =
  {
    receiver_refused: { reason: "receiver_refused", hint: "What it answered is in the delivery." },
    receiver_unreachable: { reason: "receiver_unreachable", hint: "Start the receiver, or correct its URL." },
    receiver_too_slow: { reason: "receiver_too_slow", hint: "A receiver answers first, and works after." },
    not_allowed: { reason: "not_allowed", hint: "Webhooks leave this machine only where that was allowed." },
  };
