/** Something that has changed in a sandbox, as tools are told of it. */
export interface Change {
  /** Counts the changes of a sandbox. */
  readonly id: number;
  readonly type: string;
  readonly data: unknown;
}

type Listener = (change: Change) => void;

/** Tells whoever listens what changes in a sandbox. It outlives the sandbox's worlds. */
export class ChangeFeed {
  readonly #listeners = new Set<Listener>();
  readonly #endings = new Set<() => void>();
  #lastId = 0;
  #closed = false;

  /** Calls a listener on every change, until the function that it returns is called. `onEnd` is called when there are no more. */
  subscribe(listener: Listener, onEnd: () => void): () => void {
    if (this.#closed) queueMicrotask(onEnd);
    this.#listeners.add(listener);
    this.#endings.add(onEnd);
    return () => {
      this.#listeners.delete(listener);
      this.#endings.delete(onEnd);
    };
  }

  /** Tells of a change. What there is to say about it is put together only when somebody listens. */
  publish(type: string, describe: () => unknown): void {
    this.#lastId += 1;
    if (this.#listeners.size === 0) return;
    const change = { id: this.#lastId, type, data: describe() };
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Says that nothing will change any more. */
  close(): void {
    this.#closed = true;
    for (const onEnd of [...this.#endings]) onEnd();
    this.#listeners.clear();
    this.#endings.clear();
  }
}
