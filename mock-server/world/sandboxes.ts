import type { FixtureProblem } from "../../fixtures/load/problem";
import { forkWorld } from "./fork";
import type { Memory } from "./memory-limits";
import type { Message } from "./model";
import { type OpenDispatcher, Sandbox } from "./sandbox";
import { SANDBOX_NAME, SANDBOX_NAME_RULE, TOKEN_PREFIX } from "./sandbox-name";
import type { Seed } from "./seed";
import type { WorldSettings } from "./settings";
import type { World } from "./world";

export const DEFAULT_SANDBOX = "default";
const MAX_SANDBOXES = 10_000;

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
  #seed: Seed;
  #seedProblems: readonly FixtureProblem[] = [];
  readonly #settings: WorldSettings;
  readonly #openDispatcher: OpenDispatcher;
  readonly #byName = new Map<string, Sandbox>();
  #numbered = 0;
  #urlOf: (sandbox: string) => string = () => this.#settings.address.url;
  #droppedWithSandboxes = 0;

  constructor(seed: Seed, settings: WorldSettings, openDispatcher: OpenDispatcher) {
    this.#seed = seed;
    this.#settings = settings;
    this.#openDispatcher = openDispatcher;
    this.open(DEFAULT_SANDBOX);
  }

  /** What every sandbox begins with. */
  get seed(): Seed {
    return this.#seed;
  }

  get traceKey(): string {
    return this.#settings.traceKey;
  }

  get memory(): Memory {
    return this.#settings.memory;
  }

  /** What was wrong with the fixtures when they were last loaded. */
  get seedProblems(): readonly FixtureProblem[] {
    return this.#seedProblems;
  }

  get count(): number {
    return this.#byName.size;
  }

  /** How many deliveries were dropped with the worlds that they came from. */
  get droppedDeliveries(): number {
    let dropped = this.#droppedWithSandboxes;
    for (const sandbox of this.#byName.values()) dropped += sandbox.dropped;
    return dropped;
  }

  /** In the order in which they were opened. */
  values(): IterableIterator<Sandbox> {
    return this.#byName.values();
  }

  /** The sandbox, if it was opened before. */
  get(name: string): Sandbox | undefined {
    return this.#byName.get(name);
  }

  /** @throws SandboxError when the name cannot be one, or when there are too many */
  open(name: string): Sandbox {
    const known = this.#byName.get(name);
    if (known) return known;
    return this.#create(name);
  }

  /**
   * Opens a sandbox that begins as another is now or, with a message of it, as it was just after that. Without a name it gets one of its own.
   *
   * @throws SandboxError when the name cannot be one, or when there are too many
   */
  fork({ world }: Sandbox, name = this.#freeName(), after?: Message): Sandbox {
    return this.#create(name, (_, settings) => forkWorld(world, settings, name, after), world.settings.idKey);
  }

  /** `idKey` is what its ids in V3 are made with: a fork has those of the world that it goes on from. */
  #create(name: string, begin?: (seed: Seed, settings: WorldSettings) => World, idKey = name): Sandbox {
    if (!SANDBOX_NAME.test(name)) throw new SandboxError("name", SANDBOX_NAME_RULE);
    if (this.#byName.size >= MAX_SANDBOXES) throw new SandboxError("limit", `There are ${MAX_SANDBOXES} sandboxes already`);
    const sandbox = new Sandbox(
      name,
      this.#seed,
      { ...this.#settings, address: { url: this.#urlOf(name) }, idKey },
      this.#openDispatcher,
      begin,
    );
    this.#byName.set(name, sandbox);
    this.#tell(name, "opened");
    return sandbox;
  }

  /**
   * Opens a sandbox that nobody has used, under a name of its own.
   *
   * @throws SandboxError when there are too many
   */
  openNew(): Sandbox {
    return this.#create(this.#freeName());
  }

  #freeName(): string {
    do this.#numbered += 1;
    while (this.#byName.has(`box-${this.#numbered}`));
    return `box-${this.#numbered}`;
  }

  /** Says where sandboxes are, for as long as nobody has reached one otherwise. */
  serveAt(urlOf: (sandbox: string) => string): void {
    this.#urlOf = urlOf;
    for (const sandbox of this.#byName.values()) sandbox.servedAt(urlOf(sandbox.name));
  }

  /** Ends a sandbox and forgets it. */
  drop(sandbox: Sandbox): void {
    sandbox.close();
    this.#droppedWithSandboxes += sandbox.dropped;
    this.#byName.delete(sandbox.name);
    this.#tell(sandbox.name, "dropped");
  }

  /** Tells whoever listens to any sandbox. */
  #tell(name: string, change: "opened" | "dropped"): void {
    for (const sandbox of this.#byName.values()) {
      if (sandbox.feed.isHeard) sandbox.tell("sandbox", () => ({ sandbox: { name }, change }));
    }
  }

  /** Ends what keeps callers waiting: streams, waits, and answers that are held back. */
  endWaits(): void {
    for (const { feed, world } of this.#byName.values()) {
      feed.close();
      world.clock.letGo();
    }
  }

  /** Ends every sandbox, once what is in flight has ended, or the signal says that it was long enough. */
  async close(timeout: AbortSignal): Promise<void> {
    const idle = Promise.all([...this.#byName.values()].map((sandbox) => sandbox.dispatcher.whenIdle()));
    const limit = new Promise<void>((resolve) => {
      if (timeout.aborted) resolve();
      timeout.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([idle, limit]);
    for (const sandbox of this.#byName.values()) sandbox.close();
  }

  /** Puts another seed in the place of the old one, and takes every sandbox back to it. */
  reseed(seed: Seed, problems: readonly FixtureProblem[]): void {
    this.#seed = seed;
    this.#seedProblems = problems;
    for (const sandbox of this.#byName.values()) sandbox.reseed(seed);
  }

  /** Keeps the seed, because of what is wrong with the one that was to replace it. */
  keepSeed(problems: readonly FixtureProblem[]): void {
    this.#seedProblems = problems;
  }

  resetAll(): void {
    for (const sandbox of this.#byName.values()) sandbox.reset();
  }
}

/** The sandbox that a token names; undefined for any other token. */
export function sandboxNamedBy(token: string): string | undefined {
  return token.startsWith(TOKEN_PREFIX) ? token.slice(TOKEN_PREFIX.length) : undefined;
}
