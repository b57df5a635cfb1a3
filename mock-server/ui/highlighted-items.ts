import { computed } from "@preact/signals";
import { go, place, type Tab } from "./address";
import type { Schemas } from "./api";
import { conversation } from "./open-chat";
import { worstOf } from "./outcome";
import { requestOf } from "./request-list";
import { subscriptions } from "./status-text";
import { deliveriesOf, webhookEvents } from "./webhook-log";

interface Trail {
  readonly messages: ReadonlySet<number>;
  readonly requests: ReadonlySet<string>;
  readonly events: ReadonlySet<number>;
}

/** What belongs together: messages, the calls that made them, and the events that they caused. It lights up when one of it is chosen. */
export const highlighted = computed<Trail>(() => {
  const { message, tab, item } = place.value;
  const trail = { messages: new Set<number>(), requests: new Set<string>(), events: new Set<number>() };
  if (message !== undefined) {
    trail.messages.add(message);
    const cause = conversation.messages.value.find(({ id }) => id === message)?.caused_by;
    if (cause) trail.requests.add(cause.request_id);
  }
  if (tab === "requests" && item !== undefined) addRequest(trail, item);
  if (tab === "webhooks" && item !== undefined) {
    const event = webhookEvents.value.get(Number(item));
    trail.events.add(Number(item));
    if (event?.message_id) trail.messages.add(event.message_id);
    if (event?.request_id) trail.requests.add(event.request_id);
  }
  for (const event of webhookEvents.value.values()) if (belongs(event, trail)) trail.events.add(event.id);
  return trail;
});

function addRequest(trail: { messages: Set<number>; requests: Set<string> }, id: string): void {
  trail.requests.add(id);
  const message = requestOf(id)?.message_id;
  if (message) trail.messages.add(message);
}

function belongs({ message_id, request_id }: Schemas["WebhookEvent"], trail: Trail): boolean {
  return (message_id !== null && trail.messages.has(message_id)) || (request_id !== null && trail.requests.has(request_id));
}

/** How many events have not reached somebody who is still subscribed. */
export const failedCount = computed(() => {
  const subscribed = new Set(subscriptions.value.map(({ id }) => id));
  const hasFailed = (event: Schemas["WebhookEvent"]): boolean =>
    worstOf(deliveriesOf(event).filter(({ subscription_id }) => subscribed.has(subscription_id)))?.status === "failed";
  return [...webhookEvents.value.values()].filter(hasFailed).length;
});

/** Opens what is in a row of a tab, or closes it again. */
export function openItem(
  tab: Tab,
  item: string,
  { chat_id, message_id }: { chat_id?: number | null; message_id?: number | null },
): void {
  const isOpen = place.value.item === item && place.value.tab === tab;
  if (isOpen) return go({ pane: "inspector", tab, item: undefined });
  go({ pane: "inspector", tab, item, ...(chat_id ? { chat: chat_id, message: message_id ?? undefined } : {}) });
}
