import type { ApiVersion, ApiVersions } from "../server/api-version";
import type { Logger } from "../server/logger";
import type { Delivery } from "../world/delivery-log";
import type { ChangeFeed, WorldEvent } from "../world/events";
import type { EventDispatcher } from "../world/sandbox";
import type { World } from "../world/world";
import { Dispatcher } from "./dispatcher";
import type { EventSender } from "./sender";

interface DispatcherSurroundings {
  readonly sender: EventSender;
  readonly log: Logger;
  /** Of the API; of these, the first says what happened to whoever listens. */
  readonly versions: ApiVersions;
  /** How a delivery is shown to whoever listens. */
  describeDelivery(delivery: Delivery): object;
}

/** What happens in a world is delivered to its subscriptions from now on, and told to whoever listens. */
export function openDispatcher(
  world: World,
  feed: ChangeFeed,
  { sender, log, versions, describeDelivery }: DispatcherSurroundings,
): EventDispatcher {
  world.onEvent((event) => feed.publish(versions[0].eventType(event) ?? event.kind, () => describe(versions[0], world, event)));
  return new Dispatcher(world, {
    sender,
    versions,
    onProgress(delivery) {
      feed.publish("delivery", () => describeDelivery(delivery), 2 * delivery.body.length);
      const failed = failure(delivery);
      if (failed !== undefined) log.warn(failed);
    },
    onDefect: (error) => log.error("linq-mock failed to deliver a webhook", error),
  });
}

/** What the vendor's event would say, or else only what it was about. */
function describe(version: ApiVersion, world: World, event: WorldEvent): object {
  if (version.eventType(event) !== undefined) return version.eventData(world, event);
  const { kind: _, ...about } = event;
  return Object.fromEntries(Object.entries(about).flatMap(([name, value]) => (hasId(value) ? [[`${name}_id`, value.id]] : [])));
}

function hasId(value: unknown): value is { readonly id: number } {
  return typeof value === "object" && value !== null && "id" in value;
}

/** A line for the log, without the query of the receiver's URL: it may hold a secret. */
function failure({ id, eventType, url, status, attempts, nextAttemptAt }: Delivery): string | undefined {
  const error = attempts.at(-1)?.error;
  if (status === "delivered" || status === "dropped" || error === undefined) return undefined;
  const { origin, pathname } = new URL(url);
  const which = nextAttemptAt === null && attempts.length === 1 ? "" : ` at attempt ${attempts.length}`;
  const outlook = nextAttemptAt === null ? "" : "; it will be tried again";
  return `webhook ${eventType} to ${origin}${pathname} failed${which}: ${error}${outlook} (delivery ${id})`;
}
