import type { Memory, MemoryShare } from "./memory-limits";
import type { World } from "./world";

const MOST_SAVED = 100;
/** What a snapshot takes beside what was changed, about. */
const SNAPSHOT_BYTES = 10_000;

/** A world as it was, for as long as there is room for it. */
export class Snapshot {
  readonly world: World;
  readonly #share: MemoryShare;

  constructor(world: World, memory: Memory, dropOldest: () => void) {
    this.world = world.copy();
    this.world.files.own();
    const since = performance.now();
    this.#share = memory.share({ kind: "snapshots", oldestSince: () => since, dropOldest });
  }

  /** Has it take room, for which it may be dropped itself. */
  takeRoom(): void {
    this.#share.take(SNAPSHOT_BYTES + this.world.changedBytes);
  }

  release(): void {
    this.world.files.close();
    this.#share.close();
  }
}

/** The snapshots that a sandbox has saved under names. */
export class Snapshots {
  readonly #memory: Memory;
  readonly #saved = new Map<string, Snapshot>();
  /** The names of those that had to make room. */
  readonly #dropped = new Set<string>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** In the order in which they were first saved. */
  get names(): string[] {
    return [...this.#saved.keys()];
  }

  /** The world that was saved under a name. */
  get(name: string): World | undefined {
    return this.#saved.get(name)?.world;
  }

  /** Saves a world under a name, over what was saved under it before. False when there are 100 already. */
  save(name: string, world: World): boolean {
    if (this.#saved.size >= MOST_SAVED && !this.#saved.has(name)) return false;
    this.#saved.get(name)?.release();
    const snapshot = new Snapshot(world, this.#memory, () => {
      this.#forget(name);
      this.#dropped.add(name);
    });
    this.#saved.set(name, snapshot);
    this.#dropped.delete(name);
    snapshot.takeRoom();
    return true;
  }

  /** False when there is none. */
  delete(name: string): boolean {
    this.#dropped.delete(name);
    return this.#forget(name);
  }

  /** Whether one of that name is gone for want of room. */
  hasDropped(name: string): boolean {
    return this.#dropped.has(name);
  }

  close(): void {
    for (const name of this.names) this.#forget(name);
  }

  #forget(name: string): boolean {
    this.#saved.get(name)?.release();
    return this.#saved.delete(name);
  }
}
