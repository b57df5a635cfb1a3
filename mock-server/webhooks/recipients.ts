import type { ApiVersion, ApiVersions } from "../server/api-version";
import type { WorldEvent } from "../world/events";
import type { Subscription } from "../world/model";
import { allSubscriptions } from "../world/subscriptions";
import { isShownBy } from "../world/version-visibility";
import type { World } from "../world/world";

/** The type that a version of the API has for an event, and the subscriptions that ask for it there. */
export interface EventRecipients {
  readonly version: ApiVersion;
  readonly type: string;
  readonly subscribed: readonly Subscription[];
  /** The others of the version, where nobody asks for it. */
  readonly passedOver: readonly Subscription[];
}

const NOBODY: readonly Subscription[] = [];

/** Finds the subscriptions that get an event, by version of the API. */
export class Recipients {
  readonly #world: World;
  readonly #versions: ApiVersions;
  /** By version. */
  #subscriptions: ReadonlyMap<string, readonly Subscription[]> | undefined;
  /** By version and type. */
  readonly #subscribed = new Map<string, readonly Subscription[]>();

  constructor(world: World, versions: ApiVersions) {
    this.#world = world;
    this.#versions = versions;
  }

  /** After a subscription was made, changed or ended. */
  refresh(): void {
    this.#subscriptions = undefined;
    this.#subscribed.clear();
  }

  /**
   * The recipients of an event in each version that has a type for it, and subscriptions; where no version has subscriptions, in the first that has
   * one for it. Once for all subscriptions of a version.
   */
  of(event: WorldEvent): EventRecipients[] {
    this.#subscriptions ??= this.#byVersion();
    const recipients: EventRecipients[] = [];
    const isAnySubscribed = this.#subscriptions.size > 0;
    for (const version of this.#versions) {
      if ("message" in event && !isShownBy(version.name, this.#world, event.message)) continue;
      const own = "subscription" in event ? event.subscription : undefined;
      const known = this.#subscriptions.get(version.name) ?? NOBODY;
      const all = othersThan(own, known);
      if (all.length === 0 && (isAnySubscribed || own)) continue;
      const type = version.eventType(event);
      if (type === undefined) continue;
      const asking = othersThan(own, this.#askingFor(version, type, known));
      const subscribed = asking.length === 0 ? NOBODY : asking.filter((subscription) => isOfItsLines(event, subscription));
      recipients.push({ version, type, subscribed, passedOver: subscribed.length === 0 ? all : NOBODY });
      if (!isAnySubscribed) break;
    }
    return recipients;
  }

  #askingFor(version: ApiVersion, type: string, all: readonly Subscription[]): readonly Subscription[] {
    const key = `${version.name} ${type}`;
    const known = this.#subscribed.get(key);
    if (known) return known;
    const asking = all.filter(
      (subscription) =>
        subscription.active &&
        subscription.events.includes(type) &&
        version.webhookPayloadVersion(type, subscription) !== undefined,
    );
    this.#subscribed.set(key, asking);
    return asking;
  }

  #byVersion(): ReadonlyMap<string, readonly Subscription[]> {
    const byVersion = new Map<string, Subscription[]>();
    const [{ name: first }] = this.#versions;
    for (const subscription of allSubscriptions(this.#world)) {
      const { version = first } = subscription;
      const others = byVersion.get(version);
      if (others) others.push(subscription);
      else byVersion.set(version, [subscription]);
    }
    return byVersion;
  }
}

/** Whether an event is of one of the lines of a subscription; what is of none is for all. */
function isOfItsLines(event: WorldEvent, { lines }: Subscription): boolean {
  if (!lines) return true;
  if ("chat" in event) return lines.includes(event.chat.line);
  if ("line" in event) return lines.includes(event.line.phoneNumber);
  return !("call" in event) || lines.includes(event.call.from) || lines.includes(event.call.to);
}

/** Nobody is told of their own subscription (A-v3-subscription-events). */
function othersThan(own: Subscription | undefined, all: readonly Subscription[]): readonly Subscription[] {
  return own ? all.filter(({ id }) => id !== own.id) : all;
}
