/** Tells the order value of a record of the frozen list, by its id. */
type FrozenOrder = (id: number) => number;

interface Entry {
  readonly order: number;
  readonly id: number;
}

/**
 * The ids found under one key of an index, by ascending order value and then by id: a frozen list, and what one sandbox added to it
 * and removed from it. What it costs follows the changes; reading takes logarithmic time in the length of the list.
 */
export class IdList {
  readonly #frozen: readonly number[];
  readonly #frozenOrder: FrozenOrder;
  readonly #added: Entry[];
  /** Positions in the frozen list, ascending. */
  readonly #removed: number[];

  constructor(frozen: readonly number[], frozenOrder: FrozenOrder, added: Entry[] = [], removed: number[] = []) {
    this.#frozen = frozen;
    this.#frozenOrder = frozenOrder;
    this.#added = added;
    this.#removed = removed;
  }

  get length(): number {
    return this.#frozen.length - this.#removed.length + this.#added.length;
  }

  copy(): IdList {
    return new IdList(this.#frozen, this.#frozenOrder, [...this.#added], [...this.#removed]);
  }

  add(entry: Entry): void {
    const last = this.#added.at(-1);
    if (!last || isBefore(last, entry.order, entry.id)) this.#added.push(entry);
    else this.#added.splice(this.#addedBefore(entry), 0, entry);
  }

  /** Removes an id that is in the list; `order` is the one it was added with. */
  remove(entry: Entry): void {
    const inAdded = this.#addedBefore(entry);
    if (this.#added[inAdded]?.id === entry.id) {
      this.#added.splice(inAdded, 1);
      return;
    }
    const position = rankInFrozen(this.#frozen, this.#frozenOrder, entry);
    this.#removed.splice(this.#removedBefore(position), 0, position);
  }

  /** How many ids come before this order value and id. */
  rank(entry: Entry): number {
    return this.#remainingBefore(entry) + this.#addedBefore(entry);
  }

  /** The ids from position `start` to before `end`. */
  slice(start: number, end: number): number[] {
    const ids: number[] = [];
    let nextAdded = start === 0 ? 0 : this.#addedAtOrAfter(start);
    let nextFrozen = start === 0 ? 0 : this.#positionOfRemaining(start - nextAdded);
    let nextRemoved = start === 0 ? 0 : this.#removedBefore(nextFrozen);
    while (ids.length < end - start) {
      if (this.#removed[nextRemoved] === nextFrozen) {
        nextRemoved += 1;
        nextFrozen += 1;
        continue;
      }
      const frozen = this.#frozen[nextFrozen];
      const added = this.#added[nextAdded];
      if (added !== undefined && (frozen === undefined || isBefore(added, this.#frozenOrder(frozen), frozen))) {
        ids.push(added.id);
        nextAdded += 1;
      } else if (frozen !== undefined) {
        ids.push(frozen);
        nextFrozen += 1;
      } else break;
    }
    return ids;
  }

  #addedBefore(entry: Entry): number {
    return partition(this.#added.length, (i) => isBefore(this.#added[i] as Entry, entry.order, entry.id));
  }

  #removedBefore(position: number): number {
    return partition(this.#removed.length, (i) => (this.#removed[i] as number) < position);
  }

  #remainingBefore(entry: Entry): number {
    const position = rankInFrozen(this.#frozen, this.#frozenOrder, entry);
    return position - this.#removedBefore(position);
  }

  /** The first of the added ids whose position in the whole list is `start` or later. */
  #addedAtOrAfter(start: number): number {
    return partition(this.#added.length, (i) => this.#remainingBefore(this.#added[i] as Entry) + i < start);
  }

  /** Where in the frozen list the n-th id stands that was not removed. */
  #positionOfRemaining(n: number): number {
    return n + partition(this.#removed.length, (i) => (this.#removed[i] as number) - i <= n);
  }
}

/** How many ids of a frozen list, which is in this order, come before an order value and id. */
export function rankInFrozen(frozen: readonly number[], frozenOrder: FrozenOrder, { order, id }: Entry): number {
  return partition(frozen.length, (i) => {
    const other = frozen[i] as number;
    return isBefore({ order: frozenOrder(other), id: other }, order, id);
  });
}

function isBefore(entry: Entry, order: number, id: number): boolean {
  return entry.order < order || (entry.order === order && entry.id < id);
}

/** How many of 0 ... length-1 satisfy a condition that holds up to some point and not from there on. */
export function partition(length: number, condition: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (condition(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
