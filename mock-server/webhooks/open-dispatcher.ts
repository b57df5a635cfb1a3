import type { ApiVersions } from "../server/api-version";
import { type Logger, SILENT } from "../server/logger";
import { webhookPage } from "../server/page-address";
import type { Delivery } from "../world/delivery-log";
import { noteEffect } from "../world/event-cause";
import type { ChangeFeed, WorldEvent } from "../world/events";
import type { EventDispatcher } from "../world/sandbox";
import type { LoggedEvent } from "../world/webhook-log";
import type { World } from "../world/world";
import { Dispatcher } from "./dispatcher";
import type { EventSender } from "./sender";
import { receiverAddress, whyUnreached } from "./why-no-webhook";

interface DispatcherSurroundings {
  readonly sender: EventSender;
  readonly log: Logger;
  /** Of the API. */
  readonly versions: ApiVersions;
  /** How an event is shown to whoever listens to the sandbox of that name. */
  describeEvent(world: World, sandbox: string, event: WorldEvent): object;
  /** How a delivery is shown to whoever listens. */
  describeDelivery(delivery: Delivery): object;
  /** How an event of the webhook log is. */
  describeWebhookEvent(event: LoggedEvent): object;
}

/** What happens in a world is delivered to its subscriptions from now on, and told to whoever listens. */
export function openDispatcher(
  world: World,
  feed: ChangeFeed,
  { sender, log, versions, describeEvent, describeDelivery, describeWebhookEvent }: DispatcherSurroundings,
): EventDispatcher {
  const pageOf = (event: number): string => webhookPage(world.settings.address.url, event);
  const tellUnreached = log === SILENT ? () => {} : unreachedTeller(log, pageOf);
  const onChange = (delivery: Delivery): void => {
    const describe = (): object => describeDelivery(delivery);
    feed.publish(() => ({ ...delivery.about, type: "delivery", at: world.clock.now(), describe }), 2 * delivery.body.length);
  };
  return new Dispatcher(world, {
    sender,
    versions,
    onWorldEvent(event, about) {
      const describe = (): object => describeEvent(world, feed.sandbox, event);
      noteEffect(
        about,
        feed.publish(() => ({ ...about, type: event.kind, at: world.clock.now(), describe })),
      );
    },
    onEvent(event) {
      const describe = (): object => ({ webhook_event: describeWebhookEvent(event) });
      feed.publish(() => ({ ...event.about, type: "webhook_event", at: world.clock.now(), describe }));
      tellUnreached(event);
    },
    onAttempt({ id, eventType, url }) {
      if (log !== SILENT) log.info(`--> ${eventType} ${receiverAddress(url)} (delivery ${id})`);
    },
    onProgress(delivery) {
      onChange(delivery);
      if (log === SILENT) return;
      if (delivery.status === "delivered") log.info(success(delivery));
      const failed = failure(delivery);
      if (failed !== undefined) log.warn(`${failed} ${pageOf(delivery.webhookEventId)}`);
    },
    onChange,
    onDefect: (error) => log.error("linq-mock failed to deliver a webhook", error),
  });
}

const MAX_TOLD = 200;

/** Says why nobody was meant to get an event, once for each reason and type: those who use no webhooks need not read it each time. */
function unreachedTeller(log: Logger, pageOf: (event: number) => string): (event: LoggedEvent) => void {
  const told = new Set<string>();
  const passedOver = new Map<string, LoggedEvent["passedOver"]>(); // by type, of which there are few; why nobody got it follows from that
  return (event) => {
    if (event.eventId !== undefined) return; // the log has its deliveries
    if (passedOver.get(event.type) === event.passedOver) return;
    passedOver.set(event.type, event.passedOver);
    const why = whyUnreached(event);
    const text = `--x ${event.type} reached nobody: ${why?.message} ${why?.hint}`;
    if (told.has(text)) return;
    if (told.size >= MAX_TOLD) told.clear();
    told.add(text);
    log.info(`${text} ${pageOf(event.id)}`);
  };
}

/** A line for the log. */
function success({ id, eventType, attempts }: Delivery): string {
  const { status, ms } = attempts.at(-1) ?? {};
  return `<-- ${status} ${ms?.toFixed(1)} ms ${eventType} (delivery ${id})`;
}

/** A line for the log, without the query of the receiver's URL: it may hold a secret. */
function failure({ id, eventType, url, status, attempts, nextAttemptAt }: Delivery): string | undefined {
  const error = attempts.at(-1)?.error;
  if (status === "delivered" || status === "dropped" || error === undefined) return undefined;
  const which = nextAttemptAt === null && attempts.length === 1 ? "" : ` at attempt ${attempts.length}`;
  const outlook = nextAttemptAt === null ? "" : "; it will be tried again";
  return `webhook ${eventType} to ${receiverAddress(url)} failed${which}: ${error}${outlook} (delivery ${id})`;
}
