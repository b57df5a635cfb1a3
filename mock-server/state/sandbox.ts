import type { Clock } from "./clock";
import type { Seed } from "./seed";
import { World } from "./world";

/** An isolated world under a name. Sandboxes share nothing but the frozen seed. */
export class Sandbox {
  readonly name: string;
  readonly #seed: Seed;
  readonly #newClock: () => Clock;
  #world: World;

  constructor(name: string, seed: Seed, newClock: () => Clock) {
    this.name = name;
    this.#seed = seed;
    this.#newClock = newClock;
    this.#world = new World(seed, newClock());
  }

  get world(): World {
    return this.#world;
  }

  /** Back to the seed, wholly. Takes the same time whatever the seed holds. */
  reset(): void {
    this.#world = new World(this.#seed, this.#newClock());
  }
}
