import type { Identifier, Service } from "../../contracts/identifiers";
import { ArmedFaults } from "./armed-faults";
import { FileStore } from "./attachments";
import { Clock } from "./clock";
import type { ClockSetting } from "./clock-setting";
import { Collection } from "./collection";
import { CARD_CHANGES_MS, CARD_SHARES_MS, MOST_CARD_CHANGES } from "./contact-cards";
import { DeliveryLog } from "./delivery-log";
import type { Cause } from "./event-cause";
import type { WorldEvent } from "./events";
import { Journal } from "./journal";
import type { MemoryShare } from "./memory-limits";
import { textBytes } from "./message-parts";
import type {
  AnnouncedFile,
  BlockedHandle,
  Chat,
  Contact,
  FaultRule,
  Line,
  Message,
  Reaction,
  Subscription,
  Typing,
  User,
} from "./model";
import { ReceivedLog } from "./own-receiver";
import { PublicIds } from "./public-ids";
import { RateWindow } from "./rate-window";
import { Schedule } from "./schedule";
import type { ChatIndex, Seed } from "./seed";
import { SendLimits } from "./send-limits";
import type { WorldSettings } from "./settings";
import { permanentSubscription } from "./subscriptions";
import { UuidSource } from "./uuid-source";
import { WebhookLog } from "./webhook-log";
import { WorldHistory } from "./world-history";

const AVAILABILITY_WINDOW_MS = 10_000;
/** What a changed record takes in a copy that has it alone, about, but for long texts. */
const CHANGE_BYTES = 500;

/** What is not as the settings or the copied world have it. */
interface Beginning {
  readonly clock?: ClockSetting;
  readonly uuids?: UuidSource;
  /** Whether what is under way in it began in another sandbox. */
  readonly isFork?: boolean;
}

/** Everything that a reset must forget, in one object: a sandbox resets by making a new one. */
export class World {
  readonly seed: Seed;
  readonly settings: WorldSettings;
  readonly clock: Clock;
  readonly uuids: UuidSource;
  readonly publicIds: PublicIds;
  readonly users: Collection<User, "email">;
  readonly lines: Collection<Line, "phoneNumber">;
  readonly contacts: Collection<Contact, "all" | "identifier">;
  readonly chats: Collection<Chat, ChatIndex>;
  readonly messages: Collection<Message, "chat" | "unread" | "idempotencyKey" | "attachment">;
  /** Messages that were deleted while they were pending, by their ids. */
  readonly deletedPending: Map<number, Message>;
  /** When pending messages are delivered, or fail. */
  readonly deliverySchedule: Schedule;
  readonly reactions: Collection<Reaction, "message">;
  readonly subscriptions: Collection<Subscription, "event">;
  /** Subscriptions that no call of the API has made, or ends; by id. */
  readonly permanentSubscriptions: Map<number, Subscription>;
  readonly availability: ReadonlyMap<Identifier, Service>;
  /** By the id of the handle. */
  readonly typing: Map<number, Typing>;
  /** The last message that was there when the sandbox was forked; 0 when it was not. */
  readonly lastInheritedMessage: number;
  /** What takes the end of somebody's typing off the clock, by the id of the handle. */
  readonly typingEnds = new Map<number, () => void>();
  readonly files: FileStore;
  readonly availabilityChecks: RateWindow;
  /** Changes of contact cards, by the number of their line. */
  readonly cardChanges: RateWindow;
  /** When cards were shared with a chat. */
  readonly cardShares: RateWindow;
  /** Idempotency keys of messages that were deleted. */
  readonly deletedKeys: Set<string>;
  readonly sendLimits: SendLimits;
  /** When lines have opened their last new chats, from the oldest, by their numbers. */
  readonly newChats: Map<Identifier, readonly number[]>;
  /** Files that were announced before they are uploaded, by their ids. */
  readonly announcedFiles: Map<string, AnnouncedFile>;
  /** The handles whose messages are dropped, in the order in which they were blocked. */
  readonly blockedHandles: Map<string, BlockedHandle>;
  readonly faults: ArmedFaults;
  readonly journal: Journal;
  readonly deliveries: DeliveryLog;
  readonly webhookEvents: WebhookLog;
  readonly received: ReceivedLog;
  readonly #listeners: ((event: WorldEvent) => void)[] = [];
  #history: WorldHistory | undefined;
  #cause: Cause | undefined;
  #texts: MemoryShare | undefined;
  readonly #lastIds: { handle: number; call: number };

  /** A world as it was seeded or, with `changes`, as that other world is now, but for its timers, its journal and its deliveries. */
  constructor(
    seed: Seed,
    settings: WorldSettings,
    changes?: World,
    { clock = changes?.clock.setting ?? settings.clock, uuids = changes?.uuids.copy(), isFork = false }: Beginning = {},
  ) {
    this.seed = seed;
    this.settings = settings;
    this.clock = new Clock(clock);
    this.uuids = uuids ?? new UuidSource(settings.randomSeed);
    this.publicIds = changes?.publicIds ?? new PublicIds(seed.idKey ?? settings.idKey, seed.pinnedIds);
    this.users = changes?.users.copy() ?? new Collection(seed.users);
    this.lines = changes?.lines.copy() ?? new Collection(seed.lines);
    this.contacts = changes?.contacts.copy() ?? new Collection(seed.contacts);
    this.chats = changes?.chats.copy() ?? new Collection(seed.chats);
    this.messages = changes?.messages.copy() ?? new Collection(seed.messages);
    this.deletedPending = new Map(changes?.deletedPending);
    this.deliverySchedule = new Schedule(this.clock, seed.scheduled, changes?.deliverySchedule);
    this.reactions = changes?.reactions.copy() ?? new Collection(seed.reactions);
    this.subscriptions = changes?.subscriptions.copy() ?? new Collection(seed.subscriptions);
    const permanent = settings.webhooks.map((webhook, i) => permanentSubscription(webhook, i, this.clock.now()));
    this.permanentSubscriptions = new Map(
      changes?.permanentSubscriptions ?? permanent.map((subscription) => [subscription.id, subscription]),
    );
    this.availability = seed.availability;
    this.lastInheritedMessage = isFork ? this.messages.lastId : (changes?.lastInheritedMessage ?? 0);
    this.typing = new Map(changes?.typing ?? seed.typing.map((typing) => [typing.handleId, typing]));
    if (isFork) for (const [id, typing] of this.typing) this.typing.set(id, { ...typing, isInherited: true });
    this.files = changes?.files.copy() ?? new FileStore(settings.vault);
    this.journal = new Journal(settings.memory);
    this.deliveries = new DeliveryLog(settings.memory);
    this.webhookEvents = new WebhookLog(settings.memory);
    this.received = new ReceivedLog(settings.memory);
    this.availabilityChecks =
      changes?.availabilityChecks.copy() ?? new RateWindow(settings.rateLimits ? AVAILABILITY_WINDOW_MS : 0);
    this.cardChanges =
      changes?.cardChanges.copy() ?? new RateWindow(settings.rateLimits ? CARD_CHANGES_MS : 0, MOST_CARD_CHANGES);
    this.cardShares = changes?.cardShares.copy() ?? new RateWindow(settings.rateLimits ? CARD_SHARES_MS : 0);
    this.deletedKeys = new Set(changes?.deletedKeys ?? seed.deletedKeys);
    this.sendLimits = changes?.sendLimits.copy() ?? new SendLimits();
    this.newChats = new Map(changes?.newChats);
    this.announcedFiles = new Map(changes?.announcedFiles ?? seed.announcedFiles.map((file) => [file.id, file]));
    this.blockedHandles = new Map(changes?.blockedHandles ?? seed.blockedHandles.map((blocked) => [blocked.handle, blocked]));
    this.faults = changes?.faults.copy() ?? new ArmedFaults(together(seed.faults, settings.faults));
    this.#lastIds = changes ? { ...changes.#lastIds } : { handle: seed.lastHandleId, call: seed.lastCallId };
  }

  nextHandleId(): number {
    this.#lastIds.handle += 1;
    return this.#lastIds.handle;
  }

  nextCallId(): number {
    this.#lastIds.call += 1;
    return this.#lastIds.call;
  }

  /** The same world as a new one, whose clock may be set otherwise; later changes of one are not seen by the other. Takes as long as there are changes. */
  copy(clock?: ClockSetting): World {
    return new World(this.seed, this.settings, this, clock && { clock });
  }

  /** How many records were added, replaced or deleted. */
  get changes(): number {
    return Object.values(this.collections).reduce((sum, { changes }) => sum + changes, 0);
  }

  /** How many bytes a copy keeps of what was changed, about; uploads are counted elsewhere. */
  get changedBytes(): number {
    let bytes = this.changes * CHANGE_BYTES;
    for (const message of this.messages.changed()) bytes += textBytes(message);
    return bytes;
  }

  /** Has the long texts of its messages counted from now on, as those of a world that is served. */
  countTexts(): void {
    this.#texts = this.settings.memory.share();
    this.messages.measure({ account: this.#texts, bytesOf: textBytes });
  }

  /** What it keeps counts no longer: nobody can ask for it any more. */
  releaseMemory(): void {
    this.journal.close();
    this.deliveries.close();
    this.webhookEvents.close();
    this.received.close();
    this.files.close();
    this.#history?.close();
    this.#texts?.close();
  }

  /** The request to the API that makes happen what happens now; undefined when it is anything else. */
  get cause(): Cause | undefined {
    return this.#cause;
  }

  /** Lets a request act. Operations are synchronous, so that nothing else happens meanwhile. */
  actFor<Asked, T>(cause: Cause, act: (world: World, asked: Asked) => T, asked: Asked): T {
    this.#cause = cause;
    try {
      return act(this, asked);
    } finally {
      this.#cause = undefined;
    }
  }

  /** Calls a listener on everything that happens from now on. */
  onEvent(listener: (event: WorldEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Says that something has happened. What it says is as of now: records never change in place. */
  announce(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event);
    this.#history?.note();
  }

  /** Notes from now on how the world was, as long as there is a fault for which somebody will ask. */
  keepHistory(): void {
    if (this.faults.has("stale-read")) {
      this.#history ??= new WorldHistory(this);
      return;
    }
    this.#history?.close();
    this.#history = undefined;
  }

  /** The world as it was at an instant, as far back as that is known. */
  asOf(instant: number): World {
    return this.#history?.asOf(instant) ?? this;
  }

  /** The highest ids that were given of what has no collection. */
  get lastIds(): Readonly<Record<"handle" | "call", number>> {
    return this.#lastIds;
  }

  /** By the names that the fixture format has for them. */
  get collections() {
    const { users, lines, contacts, chats, messages, reactions, subscriptions } = this;
    return { users, lines, contacts, chats, messages, reactions, webhook_subscriptions: subscriptions };
  }
}

/** An export of a world has the rules that it was started with, too. */
function together(ofSeed: readonly FaultRule[], ofSettings: readonly FaultRule[]): readonly FaultRule[] {
  const names = new Set(ofSeed.map(({ name }) => name));
  return [...ofSeed, ...ofSettings.filter(({ name }) => !names.has(name))];
}
