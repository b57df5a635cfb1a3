import type { ClockSetting } from "./clock";

const MAX_MOMENTS = 100;

/** What changes, and can be copied. */
interface Changing<World> {
  readonly clock: { now(): number };
  copy(clock?: ClockSetting): World;
}

/** How a world was, after each of its last changes. */
export class WorldHistory<World extends Changing<World>> {
  readonly #world: World;
  readonly #moments: { readonly since: number; readonly world: World }[] = [];

  constructor(world: World) {
    this.#world = world;
    this.note();
  }

  /** Notes how the world is now. */
  note(): void {
    this.#moments.push({ since: this.#world.clock.now(), world: this.#world.copy() });
    if (this.#moments.length > MAX_MOMENTS) this.#moments.shift();
  }

  /** The world as it was at an instant (ms since 1970), or else the oldest that is known. Its clock stands still then. */
  asOf(instant: number): World | undefined {
    const moment = this.#moments.findLast(({ since }) => since <= instant) ?? this.#moments[0];
    return moment?.world.copy({ mode: "frozen", instant: Math.max(moment.since, instant) });
  }
}
