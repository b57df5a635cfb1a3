import type { ApiVersions } from "../server/api-version";
import type { Logger } from "../server/logger";
import { noteEffect, subjectOf } from "../world/cause";
import type { Delivery } from "../world/delivery-log";
import type { ChangeFeed, WorldEvent } from "../world/events";
import type { EventDispatcher } from "../world/sandbox";
import type { World } from "../world/world";
import { Dispatcher } from "./dispatcher";
import type { EventSender } from "./sender";

interface DispatcherSurroundings {
  readonly sender: EventSender;
  readonly log: Logger;
  /** Of the API. */
  readonly versions: ApiVersions;
  /** How an event is shown to whoever listens to the sandbox of that name. */
  describeEvent(world: World, sandbox: string, event: WorldEvent): object;
  /** How a delivery is shown to whoever listens. */
  describeDelivery(delivery: Delivery): object;
}

/** What happens in a world is delivered to its subscriptions from now on, and told to whoever listens. */
export function openDispatcher(
  world: World,
  feed: ChangeFeed,
  { sender, log, versions, describeEvent, describeDelivery }: DispatcherSurroundings,
): EventDispatcher {
  world.onEvent((event) => {
    const subject = subjectOf(world, event);
    const describe = (): object => describeEvent(world, feed.sandbox, event);
    noteEffect(subject, feed.publish({ ...subject, type: event.kind, at: world.clock.now(), describe }));
  });
  return new Dispatcher(world, {
    sender,
    versions,
    onProgress(delivery) {
      const describe = (): object => describeDelivery(delivery);
      feed.publish({ ...delivery.about, type: "delivery", at: world.clock.now(), describe }, 2 * delivery.body.length);
      const failed = failure(delivery);
      if (failed !== undefined) log.warn(failed);
    },
    onDefect: (error) => log.error("linq-mock failed to deliver a webhook", error),
  });
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
