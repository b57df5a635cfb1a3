import { setImmediate as soon } from "node:timers/promises";
import { effectOnWebhook } from "../faults/webhook-faults";
import { type ApiVersions, secretOf, versionOf } from "../server/api-version";
import type { Attempt, Delivery, WebhookEffect } from "../world/delivery-log";
import { beginningOf, personOf, type Subject, subjectOf } from "../world/event-cause";
import type { WorldEvent } from "../world/events";
import type { Subscription } from "../world/model";
import type { Redelivery } from "../world/sandbox";
import { countAttempt, subscriptionById } from "../world/subscriptions";
import type { EventSummary, LoggedEvent } from "../world/webhook-log";
import type { World } from "../world/world";
import { attempt } from "./delivery-attempt";
import { DeliveryQueues } from "./delivery-queues";
import { type EventRecipients, Recipients } from "./recipients";
import { dueAt, retryStepMs } from "./retry-schedule";
import type { EventSender } from "./sender";
import { outcomeOf } from "./why-no-webhook";

type BuiltEvent = Pick<Delivery, "version" | "webhookEventId" | "eventId" | "eventType" | "body" | "about" | "effect">;

/** An event and a secret, as faults on webhooks look at them. */
interface Faulted extends Pick<Subscription, "secret"> {
  readonly event: WorldEvent;
}

export interface DispatcherOptions {
  readonly sender: EventSender;
  /** Each words the events of its own subscriptions; the first also those that say no version. */
  readonly versions: ApiVersions;
  /** Called with whatever happens, before anybody is told. */
  onWorldEvent(event: WorldEvent, about: Subject): void;
  /** Called with an event of the webhook log when it was entered, and when something became of it. */
  onEvent(event: LoggedEvent): void;
  /** Called before an attempt. */
  onAttempt(delivery: Delivery): void;
  /** Called when an attempt has ended, and when a delivery was dropped. */
  onProgress(delivery: Delivery): void;
  /** Called when there is more to see of a delivery, and when one begins to wait. */
  onChange(delivery: Delivery): void;
  /** Called with what nobody foresaw. */
  onDefect(error: unknown): void;
}

/** Delivers the events of one world to its subscriptions, after the reply to whatever caused them. */
export class Dispatcher {
  readonly #world: World;
  readonly #options: DispatcherOptions;
  readonly #recipients: Recipients;
  readonly #queues: DeliveryQueues;
  readonly #underWay = new Map<Delivery, AbortController>();
  #closed = false;

  constructor(world: World, options: DispatcherOptions) {
    this.#world = world;
    this.#options = options;
    this.#recipients = new Recipients(world, options.versions);
    this.#queues = new DeliveryQueues(world, {
      attempt: (delivery, subscription) => this.#attempt(delivery, subscription),
      onDefect: options.onDefect,
    });
    world.onEvent((event) => this.#onEvent(event));
  }

  /** Sends the event of a delivery again, as a delivery of its own, which it returns. Undefined when its subscription is gone, or when there is no room. */
  redeliver({ subscriptionId, ...event }: Delivery, how?: Redelivery): Delivery | undefined {
    const subscription = subscriptionById(this.#world, subscriptionId);
    const { version, webhookEventId, eventId, eventType, body, about } = event;
    const effect = how && effectOf(how);
    const again = { version, webhookEventId, eventId, eventType, body, about, ...(effect && { effect }) };
    return subscription && this.#enqueue(subscription, again);
  }

  /** Has a delivery that waits come later. False when it is under way. */
  delay(delivery: Delivery, ms: number): boolean {
    if (this.#underWay.has(delivery)) return false;
    this.#queues.postpone(delivery, Math.max(dueAt(delivery), this.#world.clock.now()) + ms);
    this.#options.onChange(delivery);
    this.#noteOutcome(delivery); // which says when it is tried again
    return true;
  }

  /** Ends a delivery that is pending; what is under way is aborted. */
  drop(delivery: Delivery): void {
    this.#dropOne(delivery, "it was dropped by hand");
    this.#queues.remove(delivery);
    this.#underWay.get(delivery)?.abort(new Error("the delivery was dropped"));
  }

  /** Resolves when nothing is in flight and nothing is due; what waits for a later attempt still waits. */
  whenIdle(): Promise<void> {
    return this.#queues.whenIdle();
  }

  /** Ends every attempt and drops what waits. Returns how many deliveries were dropped. */
  close(): number {
    this.#closed = true;
    this.#queues.close();
    for (const abort of this.#underWay.values()) abort.abort(new Error("the sandbox was reset or the mock stopped"));
    const pending = this.#world.deliveries.pendingOnes();
    for (const delivery of pending) this.#dropOne(delivery, "the sandbox was reset or the mock stopped");
    return pending.length;
  }

  #onEvent(event: WorldEvent): void {
    const world = this.#world;
    const about = subjectOf(world, event);
    this.#options.onWorldEvent(event, about);
    if ("subscription" in event) {
      const { id } = event.subscription;
      this.#recipients.refresh();
      if (event.kind === "subscription.updated") this.#queues.wake(id);
      if (event.kind === "subscription.deleted") this.#forget(id);
    }
    if ("isInherited" in event && event.isInherited) return;
    const summary = { at: world.clock.now(), about, person: personOf(world, event), text: beginningOf(event) };
    for (const recipients of this.#recipients.of(event)) this.#logAndEnqueue(recipients, event, summary);
  }

  /** Logs an event, and puts it into words and into the queues of those who get it, once for each version of the payload that is asked for. */
  #logAndEnqueue({ version, type, subscribed, passedOver }: EventRecipients, event: WorldEvent, summary: EventSummary): void {
    const world = this.#world;
    const { about } = summary;
    const noted = world.webhookEvents.add({ version: version.name, type, passedOver }, summary);
    if (subscribed.length > 0) {
      const eventId = world.uuids.next();
      noted.eventId = eventId;
      const bodies = new Map<string, string>();
      for (const subscription of subscribed) {
        const payloadVersion = version.webhookPayloadVersion(type, subscription) ?? "";
        const body = bodies.get(payloadVersion) ?? version.webhookBody(world, event, { type, payloadVersion, eventId });
        bodies.set(payloadVersion, body);
        const built = { version: version.name, webhookEventId: noted.id, eventId, eventType: type, body, about };
        this.#enqueueAsFaultsSay(subscription, built, { event, secret: secretOf(version, subscription) });
      }
    }
    this.#options.onEvent(noted);
  }

  #enqueueAsFaultsSay(subscription: Subscription, built: BuiltEvent, { event, secret }: Faulted): void {
    const webhook = { event, type: built.eventType, version: built.version, subscription: { ...subscription, secret } };
    const effect = this.#world.faults.isEmpty ? undefined : effectOnWebhook(this.#world, webhook);
    if (!effect) this.#enqueue(subscription, built);
    else if (effect.copies === 0) this.#lose(subscription, { ...built, effect });
    else for (let copy = 0; copy < effect.copies; copy += 1) this.#enqueue(subscription, { ...built, effect });
  }

  /** Enters a delivery that a fault drops. */
  #lose(subscription: Subscription, event: BuiltEvent): void {
    const delivery = this.#enter(subscription, event);
    if (delivery) this.#dropOne(delivery);
  }

  #enter({ id, url }: Subscription, event: BuiltEvent): Delivery | undefined {
    return this.#world.deliveries.add({ ...event, subscriptionId: id, url, createdAt: this.#world.clock.now() });
  }

  #enqueue(subscription: Subscription, event: BuiltEvent): Delivery | undefined {
    const delivery = this.#enter(subscription, event);
    if (!delivery) return undefined;
    if (this.#closed) {
      this.#world.deliveries.finish(delivery, "dropped");
      return undefined;
    }
    this.#world.webhookEvents.note(delivery.webhookEventId, delivery.id, "waiting");
    delivery.nextAttemptAt = delivery.createdAt + (event.effect?.delayMs ?? 0);
    this.#queues.enqueue(delivery);
    if (delivery.nextAttemptAt > delivery.createdAt) this.#options.onChange(delivery); // what waits can be seen to wait
    return delivery;
  }

  /** What is pending of a subscription that has ended is dropped. */
  #forget(subscriptionId: number): void {
    this.#queues.forget(subscriptionId);
    for (const delivery of this.#world.deliveries.pendingOnes())
      if (delivery.subscriptionId === subscriptionId) this.#dropOne(delivery, "the subscription was deleted");
  }

  #dropOne(delivery: Delivery, because?: string): void {
    if (because !== undefined) delivery.droppedBecause = because;
    this.#world.deliveries.finish(delivery, "dropped");
    this.#tell(delivery);
  }

  async #attempt(delivery: Delivery, subscription: Subscription): Promise<void> {
    const { clock, deliveries } = this.#world;
    const version = versionOf(this.#options.versions, subscription);
    const abort = new AbortController();
    this.#underWay.set(delivery, abort);
    delivery.url = subscription.url;
    this.#options.onAttempt(delivery);
    const surroundings = { sender: this.#options.sender, world: this.#world, version, abort };
    const { made, verdict, answer } = await attempt(delivery, subscription, surroundings);
    if (answer) await Promise.race([this.#keepAnswer(delivery, made, answer), soon()]); // most come together with their status
    this.#underWay.delete(delivery);
    if (delivery.status !== "pending") return; // dropped meanwhile
    const { attempts } = delivery;
    attempts.push(made);
    const stepMs = verdict === "again" ? retryStepMs(version.deliveryPolicy, attempts.length, delivery.eventId) : undefined;
    if (stepMs !== undefined) delivery.nextAttemptAt = Math.max(made.at + stepMs, clock.now());
    else deliveries.finish(delivery, verdict === "received" ? "delivered" : "failed");
    countAttempt(this.#world, delivery);
    this.#tell(delivery);
  }

  async #keepAnswer(delivery: Delivery, made: Attempt, answer: Promise<string>): Promise<void> {
    this.#world.deliveries.keepAnswer(delivery, made, await answer);
    if (delivery.attempts.includes(made)) this.#options.onChange(delivery);
  }

  /** Says what has become of a delivery. */
  #tell(delivery: Delivery): void {
    this.#options.onProgress(delivery);
    this.#noteOutcome(delivery);
  }

  #noteOutcome(delivery: Delivery): void {
    const event = this.#world.webhookEvents.note(delivery.webhookEventId, delivery.id, outcomeOf(delivery, this.#world));
    if (event) this.#options.onEvent(event);
  }
}

/** The effect of a redelivery that is delayed or signed badly by hand, as a fault would have it. */
function effectOf({ delayMs, isSignedWell }: Redelivery): WebhookEffect | undefined {
  if (delayMs === 0 && isSignedWell) return undefined;
  const how = [...(delayMs > 0 ? [`delayed by ${delayMs} ms`] : []), ...(isSignedWell ? [] : ["signature spoilt"])];
  return { faults: `by hand: ${how.join(", ")}`, copies: 1, delayMs, waitsMs: undefined, isSignedWell };
}
