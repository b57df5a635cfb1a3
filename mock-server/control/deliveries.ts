import { formatTimestamp } from "../../contracts/timestamps";
import { versionFor } from "../server/api-version";
import type { Attempt, Delivery } from "../world/delivery-log";
import { pathOf } from "../world/journal";
import { allSubscriptions } from "../world/subscriptions";
import type { World } from "../world/world";
import { type DeliveryView, loadContractVerdicts } from "./contract-verdicts";
import { type ControlCall, type ControlContext, ControlRefusal, type ControlReply } from "./control-call";
import type { components } from "./generated/types";
import {
  type CriteriaTable,
  criteriaOf,
  inOtherSandboxes,
  isBelow,
  isSince,
  matching,
  refuseUnknown,
  waitForMatches,
} from "./wait";

const DEFAULT_LIMIT = 100;

const CRITERIA: CriteriaTable<Delivery> = {
  event: { read: (delivery) => delivery.eventType },
  status: { read: (delivery) => delivery.status },
  subscription_id: { read: (delivery) => String(delivery.subscriptionId) },
  since: { read: (delivery) => formatTimestamp(delivery.createdAt), fits: isSince },
  before: { read: ({ id }) => String(id), fits: isBelow },
};

export const listDeliveries: ControlCall<"listDeliveries"> = ({ sandbox: { world }, versions }, { query }) => {
  const refused = refuseUnknown("event", query.event, eventTypesOf(versions));
  if (refused) return refused;
  const found = matching(world.deliveries.values(), criteriaOf(CRITERIA, query));
  return deliveryList(world, found.slice(-(query.limit ?? DEFAULT_LIMIT)), versions);
};

/** Unless a status is asked for, only what was delivered counts. */
export const waitForDeliveries: ControlCall<"waitForDeliveries"> = async (context, { query }) => {
  const { sandbox, sandboxes, versions, gone } = context;
  const refused = refuseUnknown("event", query.event, eventTypesOf(versions));
  if (refused) return refused;
  const awaited = {
    one: "delivery",
    many: "deliveries",
    table: CRITERIA,
    entries: () => sandbox.world.deliveries.values(),
    describe,
    whyNone: () => whyNone(context, query.event),
  };
  const found = await waitForMatches({ sandbox, sandboxes, gone }, awaited, { status: "delivered", ...query });
  return found instanceof ControlRefusal ? found : deliveryList(sandbox.world, found, versions);
};

function eventTypesOf(versions: ControlContext["versions"]): string[] {
  return versions.flatMap(({ eventTypes }) => eventTypes);
}

function describe({ id, eventType, url, attempts, nextAttemptAt }: Delivery): string {
  const error = attempts.at(-1)?.error;
  const outcome = error === undefined ? "" : `, attempt ${attempts.length}: ${error}`;
  const next = nextAttemptAt === null || attempts.length === 0 ? "" : `, next at ${formatTimestamp(nextAttemptAt)}`;
  return `delivery ${id} of ${eventType} to ${url}${outcome}${next}`;
}

function whyNone(context: ControlContext, event: string | undefined): string {
  const { world } = context.sandbox;
  const all = allSubscriptions(world);
  if (all.length === 0) {
    const elsewhere = inOtherSandboxes(context, (other) => allSubscriptions(other).length);
    const refused = refusedSubscription(world, context.versions);
    return `There is no webhook subscription${refused}${elsewhere === undefined ? "." : `; there are ${elsewhere}`}`;
  }
  if (event === undefined) return "Nothing has happened that a subscription asks for.";
  if (!all.some(({ active, events }) => active && events.includes(event))) return `No active subscription asks for ${event}.`;
  return `${event} has not happened.`;
}

/** Clients that do not look at the answer wonder why nothing comes. */
function refusedSubscription({ journal }: World, versions: ControlContext["versions"]): string {
  const refused = journal
    .entries()
    .findLast((entry) => entry.status >= 400 && versionFor(versions, pathOf(entry)).calls.subscribes(entry));
  return refused
    ? `; one was refused with ${refused.status}: ${versionFor(versions, pathOf(refused)).calls.reasonOfRefusal(refused)}`
    : "";
}

async function deliveryList(
  { deliveries }: World,
  oldestFirst: readonly Delivery[],
  versions: ControlContext["versions"],
): Promise<ControlReply<"listDeliveries">> {
  const views = oldestFirst.map(deliveryView).reverse();
  const counts = { pending: deliveries.pending, ...deliveries.counts };
  const verdicts = await loadContractVerdicts(versions);
  return { status: 200, body: { deliveries: views.map(verdicts.delivery), counts } };
}

type Schemas = components["schemas"];

/** A delivery as the control API shows it; the body is the text that is sent, byte for byte. */
export function deliveryView(delivery: Delivery): DeliveryView {
  return {
    id: delivery.id,
    webhook_event_id: delivery.webhookEventId,
    subscription_id: delivery.subscriptionId,
    event: delivery.eventType,
    event_id: delivery.eventId,
    url: delivery.url,
    status: delivery.status,
    created_at: formatTimestamp(delivery.createdAt),
    next_attempt_at: delivery.nextAttemptAt === null ? null : formatTimestamp(delivery.nextAttemptAt),
    attempts: delivery.attempts.map(attemptView),
    body: delivery.body,
    fault: delivery.effect?.faults ?? null,
    signature: signatureView(delivery),
  };
}

/** How the last attempt was signed; null as long as there was none. */
function signatureView({ attempts }: Delivery): Schemas["Delivery"]["signature"] {
  const last = attempts.at(-1);
  if (!last) return null;
  const ofSignature = Object.entries(last.headers).filter(([name]) => /^x-webhook-/i.test(name));
  const isSigned = ofSignature.some(([name]) => /signature/i.test(name));
  const state = last.fault === undefined ? "good" : "bad";
  return { state: isSigned ? state : "none", headers: Object.fromEntries(ofSignature) };
}

function attemptView({ at, ms, status, error, headers, answer }: Attempt): Schemas["Delivery"]["attempts"][number] {
  return {
    at: formatTimestamp(at),
    ms: Math.round(ms * 1000) / 1000,
    status: status ?? null,
    error: error ?? null,
    answer: answer ?? null,
    headers: { ...headers },
  };
}
