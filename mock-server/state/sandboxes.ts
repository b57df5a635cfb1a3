import type { Clock } from "./clock";
import { Sandbox } from "./sandbox";
import type { Seed } from "./seed";

export const DEFAULT_SANDBOX = "default";
const MAX_SANDBOXES = 10_000;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** All sandboxes of a server by name; each is made on first use. */
export class Sandboxes {
  readonly seed: Seed;
  readonly default: Sandbox;
  readonly #clock: Clock;
  readonly #byName = new Map<string, Sandbox>();

  constructor(seed: Seed, clock: Clock) {
    this.seed = seed;
    this.#clock = clock;
    this.default = this.#create(DEFAULT_SANDBOX);
  }

  get count(): number {
    return this.#byName.size;
  }

  /** Undefined when the name cannot be one, or when there are {@link MAX_SANDBOXES} already. */
  open(name: string): Sandbox | undefined {
    const known = this.#byName.get(name);
    if (known) return known;
    if (!NAME.test(name) || this.#byName.size >= MAX_SANDBOXES) return undefined;
    return this.#create(name);
  }

  resetAll(): void {
    for (const sandbox of this.#byName.values()) sandbox.reset();
  }

  #create(name: string): Sandbox {
    const sandbox = new Sandbox(name, this.seed, this.#clock);
    this.#byName.set(name, sandbox);
    return sandbox;
  }
}
