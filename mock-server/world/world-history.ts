import type { MemoryShare } from "./memory-limits";
import type { World } from "./world";

const MAX_MOMENTS = 200;
/** What a moment takes, about, beside the records, which all share: what stands in its own maps for each that was changed. */
const MOMENT_BYTES = 2000;
const CHANGE_BYTES = 150;

interface Moment {
  /** By the world's clock. */
  readonly since: number;
  readonly world: World;
  /** By `performance.now()`. */
  readonly notedAt: number;
  readonly bytes: number;
}

/** How a world was, after each of its last changes. */
export class WorldHistory {
  readonly #world: World;
  readonly #share: MemoryShare;
  readonly #moments: Moment[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#share = world.settings.memory.share({
      kind: "history",
      oldestSince: () => this.#moments[0]?.notedAt,
      dropOldest: () => this.#drop(),
    });
    this.note();
  }

  /** Notes how the world is now. */
  note(): void {
    const bytes = MOMENT_BYTES + this.#world.changes * CHANGE_BYTES;
    this.#moments.push({ since: this.#world.clock.now(), world: this.#world.copy(), notedAt: performance.now(), bytes });
    this.#share.take(bytes);
    if (this.#moments.length > MAX_MOMENTS) this.#drop();
  }

  /** The world as it was at an instant (ms since 1970), or else the oldest that is known. Its clock stands still then. */
  asOf(instant: number): World | undefined {
    const moment = this.#moments.findLast(({ since }) => since <= instant) ?? this.#moments[0];
    return moment?.world.copy({ mode: "frozen", instant: Math.max(moment.since, instant) });
  }

  /** Nobody will ask any more. */
  close(): void {
    this.#share.close();
  }

  #drop(): void {
    this.#share.release(this.#moments.shift()?.bytes ?? 0);
  }
}
