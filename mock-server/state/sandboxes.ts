import type { Clock } from "./clock";
import { Sandbox } from "./sandbox";
import type { Seed } from "./seed";

export const DEFAULT_SANDBOX = "default";
const MAX_SANDBOXES = 10_000;
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Why a sandbox cannot be opened. */
export class SandboxError extends Error {
  readonly reason: "name" | "limit";

  constructor(reason: "name" | "limit", message: string) {
    super(message);
    this.name = "SandboxError";
    this.reason = reason;
  }
}

/** All sandboxes of a server by name; each is made on first use. */
export class Sandboxes {
  readonly seed: Seed;
  readonly #newClock: () => Clock;
  readonly #byName = new Map<string, Sandbox>();
  #numbered = 0;

  constructor(seed: Seed, newClock: () => Clock) {
    this.seed = seed;
    this.#newClock = newClock;
    this.open(DEFAULT_SANDBOX);
  }

  get count(): number {
    return this.#byName.size;
  }

  /** @throws SandboxError when the name cannot be one, or when there are too many */
  open(name: string): Sandbox {
    const known = this.#byName.get(name);
    if (known) return known;
    if (!NAME.test(name)) throw new SandboxError("name", "A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -");
    if (this.#byName.size >= MAX_SANDBOXES) throw new SandboxError("limit", `There are ${MAX_SANDBOXES} sandboxes already`);
    const sandbox = new Sandbox(name, this.seed, this.#newClock);
    this.#byName.set(name, sandbox);
    return sandbox;
  }

  /**
   * Opens a sandbox that nobody has used, under a name of its own.
   *
   * @throws SandboxError when there are too many
   */
  openNew(): Sandbox {
    do this.#numbered += 1;
    while (this.#byName.has(`box-${this.#numbered}`));
    return this.open(`box-${this.#numbered}`);
  }

  resetAll(): void {
    for (const sandbox of this.#byName.values()) sandbox.reset();
  }
}
