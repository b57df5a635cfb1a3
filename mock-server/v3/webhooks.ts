import type { WebhookEvent } from "../../contracts/generated/v3/operations";
import type { NamedWebhook } from "../server/api-version";
import { subjectOf } from "../world/event-cause";
import type { WorldEvent } from "../world/events";
import type { Subscription } from "../world/model";
import { isGroup } from "../world/participants";
import type { World } from "../world/world";
import {
  callData,
  chatCreatedData,
  contactCardData,
  forwardingData,
  groupChangeData,
  type Happened,
  lineStatusData,
  messageData,
  messageEditedData,
  messageFailedData,
  participantData,
  reactionData,
  subscriptionChange,
  subscriptionData,
  typingData,
} from "./event-data";
import { messageData2025 } from "./event-data-2025";
import { hasReceipts, statusOf } from "./operations/messages/view";
import { traceOf } from "./trace";
import { NEWEST, type WebhookVersion, webhookVersionOf } from "./webhook-version";

type Kind = WorldEvent["kind"];
type Data<K extends Kind> = (world: World, event: Happened<K>) => object;
interface Row<K extends Kind> {
  readonly type: WebhookEvent | ((event: Happened<K>) => WebhookEvent | undefined);
  readonly data: Data<K>;
  /** Where 2025-01-01 says it otherwise; null where it has no such event. */
  readonly data2025?: Data<K> | null;
}
type EventTable = { readonly [K in Kind]?: Row<K> };

/** What the vendor calls that which happened, and what it says of it. For the rest it has no event. */
const EVENTS: EventTable = {
  "message.sent": { type: "message.sent", data: messageData, data2025: messageData2025 },
  "message.received": { type: "message.received", data: messageData, data2025: messageData2025 },
  "message.delivered": {
    type: ({ chat, message }) => (hasReceipts(chat, message) ? "message.delivered" : undefined),
    data: messageData,
    data2025: messageData2025,
  },
  "message.read": {
    type: ({ chat, message }) => (statusOf(chat, message) === "read" ? "message.read" : undefined),
    data: messageData,
    data2025: messageData2025,
  },
  "message.failed": { type: "message.failed", data: messageFailedData },
  "message.edited": { type: "message.edited", data: messageEditedData, data2025: null },
  "reaction.sent": { type: "reaction.added", data: reactionData },
  "reaction.received": { type: "reaction.added", data: reactionData },
  "reaction.removed": { type: "reaction.removed", data: reactionData },
  "participant.added": { type: "participant.added", data: participantData },
  "participant.removed": { type: "participant.removed", data: participantData },
  "chat.created": { type: "chat.created", data: chatCreatedData, data2025: withoutHealth },
  "chat.opened": { type: "chat.created", data: chatCreatedData, data2025: withoutHealth },
  "chat.renamed": { type: "chat.group_name_updated", data: groupChangeData },
  "chat.icon_changed": { type: "chat.group_icon_updated", data: groupChangeData },
  "typing.started": { type: (event) => typingType(event, "chat.typing_indicator.started"), data: typingData },
  "typing.stopped": { type: (event) => typingType(event, "chat.typing_indicator.stopped"), data: typingData },
  "line.updated": { type: "phone_number.forwarding_updated", data: forwardingData },
  "line.reputation_changed": { type: "phone_number.status_updated", data: lineStatusData },
  "contact_card.created": { type: "contact_card.created", data: contactCardData },
  "contact_card.updated": { type: "contact_card.updated", data: contactCardData },
  "contact_card.deleted": { type: "contact_card.deleted", data: contactCardData },
  "call.completed": { type: "call.ended", data: callData },
  "subscription.created": { type: subscriptionType, data: subscriptionData },
  "subscription.updated": { type: subscriptionType, data: subscriptionData },
  "subscription.deleted": { type: subscriptionType, data: subscriptionData },
};

/** The type of an event about a subscription; undefined unless that was made by V3. */
function subscriptionType(
  event: Happened<"subscription.created" | "subscription.updated" | "subscription.deleted">,
): WebhookEvent | undefined {
  const { version, origin } = event.subscription;
  return version === "v3" && origin === undefined ? subscriptionChange(event) : undefined;
}

/** Only others' typing is told, and not in groups, nor by SMS, which has none. */
function typingType(
  { chat, handle }: Happened<"typing.started" | "typing.stopped">,
  type: WebhookEvent,
): WebhookEvent | undefined {
  const isTold = handle.identifier !== chat.line && !isGroup(chat) && chat.service !== "SMS";
  return isTold ? type : undefined;
}

function withoutHealth(world: World, event: Parameters<typeof chatCreatedData>[1]): object {
  const { health_status: _, ...data } = chatCreatedData(world, event);
  return data;
}

type AnyRow = Row<"message.sent">;
const rows = EVENTS as Readonly<Record<string, AnyRow | undefined>>; // a row is looked up by the kind of its event

function rowOf(event: WorldEvent): readonly [AnyRow | undefined, Parameters<AnyRow["data"]>[1]] {
  return [rows[event.kind], event as Parameters<AnyRow["data"]>[1]];
}

/** The name of the vendor's event for what happened; undefined when there is none. */
export function eventTypeOf(event: WorldEvent): WebhookEvent | undefined {
  const [row, given] = rowOf(event);
  return typeof row?.type === "function" ? row.type(given) : row?.type;
}

/** Types that the version 2025-01-01 has no form of. */
const SINCE_2026: ReadonlySet<string> = new Set(
  Object.values(rows).flatMap((row) => (row?.data2025 === null && typeof row.type === "string" ? [row.type] : [])),
);

/** The version of webhooks in which a subscription is told of an event, if it has that. */
export function webhookPayloadVersion(type: string, { url }: Pick<Subscription, "url">): WebhookVersion | undefined {
  const version = webhookVersionOf(url) ?? NEWEST;
  return version === "2025-01-01" && SINCE_2026.has(type) ? undefined : version;
}

/** What an event says of what happened. */
export function dataOf(world: World, event: WorldEvent, version: string = NEWEST): object {
  const [row, given] = rowOf(event);
  if (!row) throw new Error(`there is no event for ${event.kind}`);
  const data = version === NEWEST ? row.data : (row.data2025 ?? row.data);
  return data(world, given);
}

/** An event as it is delivered. */
export function webhookBody(world: World, event: WorldEvent, { type, payloadVersion, eventId }: NamedWebhook): string {
  return JSON.stringify({
    api_version: "v3",
    webhook_version: payloadVersion,
    event_type: type,
    event_id: eventId,
    created_at: nanoseconds(world.clock.now()),
    trace_id: traceOf(`${world.settings.traceKey} ${requestBehind(world, event) ?? eventId}`),
    partner_id: world.publicIds.uuidOf("partner", 1),
    data: dataOf(world, event, payloadVersion),
  });
}

/** With nanoseconds, of which a clock of milliseconds knows the first (A-v3-timestamps). */
function nanoseconds(instant: number): string {
  return new Date(instant).toISOString().replace("Z", "000000Z");
}

/** The request that has caused an event; what becomes of a message is caused by the one that has sent it. */
function requestBehind(world: World, event: WorldEvent): string | undefined {
  const cause = subjectOf(world, event).cause ?? (event.kind === "message.read" ? event.message.causedBy : undefined);
  return cause?.requestId;
}
