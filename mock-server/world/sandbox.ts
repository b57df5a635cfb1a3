import { fileCalled } from "./announced-files";
import type { Delivery } from "./delivery-log";
import { ABOUT_NOTHING, ChangeFeed } from "./events";
import { startDeliveries } from "./message-delivery";
import type { OwnReceiver } from "./own-receiver";
import { resumeReputations } from "./reputation";
import type { Seed } from "./seed";
import type { WorldSettings } from "./settings";
import { Snapshot, Snapshots } from "./snapshots";
import { subscribeReceiver } from "./subscriptions";
import { resumeTyping } from "./typing";
import { World } from "./world";

/** What delivers the events of a world: made with each world, and closed with it. */
export interface EventDispatcher {
  /** Sends an event again, as a new delivery. Undefined when there is nowhere to send it, or no room. */
  redeliver(delivery: Delivery, how?: Redelivery): Delivery | undefined;
  /** Has a delivery that waits come later, by milliseconds. False when it is under way. */
  delay(delivery: Delivery, ms: number): boolean;
  /** Ends a delivery that is pending. */
  drop(delivery: Delivery): void;
  /** Resolves when nothing is in flight and nothing is due. */
  whenIdle(): Promise<void>;
  /** Ends what is in flight, and returns how many deliveries were dropped. */
  close(): number;
}

/** How an event is sent again. */
export interface Redelivery {
  /** How much later it comes, in milliseconds. */
  readonly delayMs: number;
  /** Whether its signature is that of its body. */
  readonly isSignedWell: boolean;
}

export type OpenDispatcher = (world: World, feed: ChangeFeed) => EventDispatcher;

/** An isolated world under a name. Sandboxes share nothing but the frozen seed. */
export class Sandbox {
  readonly name: string;
  readonly feed: ChangeFeed;
  readonly snapshots: Snapshots;
  #seed: Seed;
  readonly #settings: WorldSettings;
  readonly #address: { url: string };
  readonly #openDispatcher: OpenDispatcher;
  /** The world before the last one was put in its place; null when it had to make room. */
  #before: Snapshot | null | undefined;
  #receiver: OwnReceiver | undefined;
  #world: World;
  #dispatcher: EventDispatcher;
  #dropped = 0;

  /** `begin` makes another first world than the seed's, to which a reset goes all the same. */
  constructor(name: string, seed: Seed, settings: WorldSettings, openDispatcher: OpenDispatcher, begin = worldOf) {
    this.name = name;
    this.#seed = seed;
    this.#address = { ...settings.address };
    this.#settings = {
      ...settings,
      address: this.#address,
      randomSeed: settings.randomSeed === undefined ? undefined : `${settings.randomSeed} ${name}`,
    };
    this.#openDispatcher = openDispatcher;
    this.feed = new ChangeFeed(name, settings.memory);
    this.snapshots = new Snapshots(settings.memory);
    this.#world = begin(seed, this.#settings);
    this.#world.files.own();
    this.#dispatcher = this.#serve(this.#world);
  }

  /** From now on it is said to be at this base URL. */
  servedAt(url: string): void {
    this.#address.url = url;
  }

  get world(): World {
    return this.#world;
  }

  get dispatcher(): EventDispatcher {
    return this.#dispatcher;
  }

  /** How many deliveries were dropped because the world that they came from is gone. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The receiver of webhooks that it brings itself, if it was opened. It outlives a reset; what it got does not. */
  get receiver(): OwnReceiver | undefined {
    return this.#receiver;
  }

  /** Opens its own receiver, changes it or, with undefined, closes it. */
  receiveBy(receiver: OwnReceiver | undefined): void {
    this.#receiver = receiver;
    subscribeReceiver(this.#world, receiver?.webhooks ?? []);
    if (!receiver) this.#world.received.clear();
  }

  /** Back to the seed, wholly; only snapshots stay. Takes the same time whatever the seed holds. */
  reset(): void {
    this.#enter(new World(this.#seed, this.#settings));
  }

  /** Takes another seed, and goes back to it. */
  reseed(seed: Seed): void {
    this.#seed = seed;
    this.reset();
  }

  /** Puts another world in the place of this one, until the next reset. The clock stays as it is set, and so do uploads that the other has, too. */
  load(seed: Seed): void {
    const { files, clock } = this.#world;
    const world = new World(seed, { ...this.#settings, clock: clock.setting });
    for (const [id, { filename, bytes }] of files.entries()) {
      const { file } = fileCalled(world, id) ?? {};
      if (file?.url === null && file.filename === filename && file.fileSize === bytes.length) world.files.share(id, files);
    }
    this.#enter(world);
  }

  /** Goes back to a snapshot, with the clock that it had. What waited to be delivered then is not part of it. False when there is none. */
  restoreSnapshot(name: string): boolean {
    const saved = this.snapshots.get(name);
    if (saved) this.#enter(saved.copy());
    return saved !== undefined;
  }

  /** Goes back to the world before the last one was put in its place: by a reset, fixtures, or a snapshot. Once. */
  undo(): "undone" | "nothing" | "dropped" {
    const before = this.#before;
    if (!before) return before === null ? "dropped" : "nothing";
    this.#put(before.world.copy());
    this.#forgetBefore();
    return "undone";
  }

  get canUndo(): boolean {
    return this.#before != null;
  }

  #keepBefore(): void {
    this.#forgetBefore();
    this.#before = new Snapshot(this.#world, this.#settings.memory, () => {
      this.#forgetBefore();
      this.#before = null;
    });
    this.#before.takeRoom();
  }

  #forgetBefore(): void {
    this.#before?.release();
    this.#before = undefined;
  }

  /** Ends the sandbox: its timers, its deliveries, and whoever listens to it. */
  close(): void {
    this.#leave();
    this.snapshots.close();
    this.#forgetBefore();
    this.feed.close();
  }

  #enter(world: World): void {
    world.files.own(); // before there is made room
    this.#keepBefore();
    this.#put(world);
  }

  #put(world: World): void {
    world.files.own();
    this.#leave();
    this.#world = world;
    this.#dispatcher = this.#serve(world);
    this.tell("reset", () => ({}));
  }

  /** Announces what is no event of the world. `bytes` is what describing it needs to be kept. */
  tell(type: string, describe: () => object, bytes?: number): void {
    this.feed.publish(() => ({ ...ABOUT_NOTHING, type, at: this.#world.clock.now(), describe }), bytes);
  }

  #serve(world: World): EventDispatcher {
    subscribeReceiver(world, this.#receiver?.webhooks ?? []); // nobody hears of it, as nothing has changed
    const dispatcher = this.#openDispatcher(world, this.feed);
    startDeliveries(world);
    resumeTyping(world);
    resumeReputations(world);
    world.keepHistory();
    world.countTexts();
    return dispatcher;
  }

  #leave(): void {
    this.#world.clock.close();
    this.#dropped += this.#dispatcher.close();
    this.#world.releaseMemory();
  }
}

function worldOf(seed: Seed, settings: WorldSettings): World {
  return new World(seed, settings);
}
