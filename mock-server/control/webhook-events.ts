import { formatTimestamp } from "../../contracts/timestamps";
import { webhookPage } from "../server/page-address";
import { whyNotAllowed, whyUnreached } from "../webhooks/why-no-webhook";
import type { LoggedEvent } from "../world/webhook-log";
import type { World } from "../world/world";
import type { ControlCall } from "./control-call";
import type { components } from "./generated/types";
import { type CriteriaTable, criteriaOf, isBelow, matching } from "./wait";

const DEFAULT_LIMIT = 100;

const CRITERIA: CriteriaTable<LoggedEvent> = {
  type: { read: ({ type }) => type },
  chat: { read: ({ about }) => String(about.chatId) },
  message: { read: ({ about }) => String(about.messageId) },
  before: { read: ({ id }) => String(id), fits: isBelow },
};

export const listWebhookLog: ControlCall<"listWebhookLog"> = ({ sandbox: { world }, baseUrl }, { query }) => {
  const { webhookEvents } = world;
  const found = matching(webhookEvents.values(), criteriaOf(CRITERIA, query)).slice(-(query.limit ?? DEFAULT_LIMIT));
  const views = found.map((event) => ({ ...webhookEventView(event), url: webhookPage(baseUrl, event.id) })).reverse();
  return { status: 200, body: { webhook_events: views, evicted: webhookEvents.evicted } };
};

/** An event of the webhook log as the control API shows it. */
export function webhookEventView(event: LoggedEvent): components["schemas"]["WebhookEvent"] {
  return {
    id: event.id,
    event_id: event.eventId ?? null,
    type: event.type,
    version: event.version,
    at: formatTimestamp(event.at),
    chat_id: event.about.chatId ?? null,
    message_id: event.about.messageId ?? null,
    request_id: event.about.cause?.requestId ?? null,
    person: event.person ?? null,
    text: event.text ?? null,
    deliveries: [...(event.outcomes?.keys() ?? [])],
    unreached: whyUnreached(event),
  };
}

const NOTHING_TO_TELL = "No webhook goes out: nothing has happened that the API has an event for.";

/** Why nothing is sent of what has happened since an event of the webhook log; undefined when something is. */
export function whyNoWebhook(world: World, before: number): string | undefined {
  const { webhookEvents, settings } = world;
  const since = webhookEvents.values().filter(({ id }) => id > before);
  const [first] = since;
  if (!first) return NOTHING_TO_TELL;
  const reasons: string[] = [];
  for (const event of since) {
    const why = whyUnreached(event) ?? whyNotAllowed(event, world);
    if (!why) return undefined;
    reasons.push(`No webhook ${event.type}: ${why.message} ${why.hint}`);
  }
  return `${[...new Set(reasons)].join(" ")} ${webhookPage(settings.address.url, first.id)}`;
}
