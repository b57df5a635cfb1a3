const MAX_MOMENTS = 100;

/** What changes, says so, and can be copied. */
interface Changing<World> {
  readonly clock: { now(): number };
  copy(): World;
  onEvent(listener: () => void): void;
}

/** How a world was, after each of its last changes. */
export class WorldHistory<World extends Changing<World>> {
  readonly #moments: { readonly since: number; readonly world: World }[] = [];

  constructor(world: World) {
    const note = (): void => {
      this.#moments.push({ since: world.clock.now(), world: world.copy() });
      if (this.#moments.length > MAX_MOMENTS) this.#moments.shift();
    };
    note();
    world.onEvent(note);
  }

  /** The world as it was at an instant (ms since 1970), or else the oldest that is known. */
  asOf(instant: number): World | undefined {
    return (this.#moments.findLast(({ since }) => since <= instant) ?? this.#moments[0])?.world;
  }
}
