const LIMITED = [
  ...(["files", "requests", "deliveries", "webhook_events", "received"] as const),
  ...(["snapshots", "history", "events", "streams"] as const),
] as const;

/**
 * What is kept for as long as there is room: uploads, journals, deliveries and what they tell of, what the own receiver got, snapshots, how worlds were (for stale reads), events for listeners
 * that come back, and streams of events whose listeners do not read.
 */
export type Limited = (typeof LIMITED)[number];

/** What can let go of something. */
interface Holder {
  readonly kind: Limited;
  /** When the oldest of it came, by `performance.now()`; undefined when there is nothing. */
  oldestSince(): number | undefined;
  /** Lets go of that, and releases its bytes. */
  dropOldest(): void;
}

/** What was let go, each kind with how many. */
export type Dropped = readonly (readonly [Limited, number])[];

type Change = (account: MemoryShare, bytes: number) => boolean;

/** How much is let go at once, as a part of the limit, so that there is room for a while. */
const PART_TO_FREE = 0.1;

/**
 * The one bound on what a mock keeps of what has happened. Whoever keeps something takes its bytes from here; over the limit,
 * the oldest is let go, whoever has it. Of the records of worlds, long texts of messages alone are counted, and stay: less is left for the rest.
 */
export class Memory {
  /** Bytes. */
  readonly limit: number;
  /** How often something was let go, by what it was. */
  readonly dropped: Record<Limited, number> = {
    files: 0,
    requests: 0,
    deliveries: 0,
    webhook_events: 0,
    received: 0,
    snapshots: 0,
    history: 0,
    events: 0,
    streams: 0,
  };
  readonly #onDropped: (what: Dropped) => void;
  readonly #accounts = new Set<MemoryShare>();
  #held = 0;
  /** What is underway counts apart: nothing is let go for what may yet be refused. */
  #underway = 0;
  /** What nobody can let go of. */
  #fixed = 0;

  /** `onDropped` is told what was let go, each time that this was necessary. */
  constructor(limit: number, onDropped: (what: Dropped) => void = () => {}) {
    this.limit = limit;
    this.#onDropped = onDropped;
  }

  /** Bytes that are taken. */
  get held(): number {
    return this.#held;
  }

  /** Takes bytes for what has not come wholly, if there could be room for it once all that can be let go is. Nothing is let go yet. */
  takeUnderway(bytes: number): boolean {
    if (this.#fixed + this.#underway + bytes > this.limit) return false;
    this.#underway += bytes;
    return true;
  }

  /** Whoever keeps it takes its bytes anew. */
  releaseUnderway(bytes: number): void {
    this.#underway -= bytes;
  }

  /** Opens a share of the memory for what is of one kind and in one place; without a holder it is not let go. */
  share(holder?: Holder): MemoryShare {
    return new MemoryShare(holder, this.#take.bind(this));
  }

  /** Counts something that was let go for another reason than the limit. */
  noteDropped(kind: Limited): void {
    this.dropped[kind] += 1;
    this.#onDropped([[kind, 1]]);
  }

  #take(account: MemoryShare, more: number): boolean {
    const { holder, bytes } = account;
    if (!holder) this.#fixed += more;
    else if (bytes === 0) this.#accounts.delete(account);
    else if (bytes === more) this.#accounts.add(account);
    this.#held += more;
    if (more > 0 && this.#held > this.limit) this.#makeRoom();
    return this.#held <= this.limit;
  }

  #makeRoom(): void {
    const before = { ...this.dropped };
    const enough = this.limit * (1 - PART_TO_FREE);
    const youngestFirst = [...this.#accounts].flatMap(withAge).sort((a, b) => b.since - a.since);
    for (let next = youngestFirst.pop(); next && this.#held > enough; next = youngestFirst.pop()) {
      next.holder.dropOldest();
      this.dropped[next.holder.kind] += 1;
      const [again] = withAge(next.account);
      if (!again) continue;
      const place = youngestFirst.findLastIndex(({ since }) => since >= again.since) + 1;
      youngestFirst.splice(place, 0, again);
    }
    const what = LIMITED.map((kind) => [kind, this.dropped[kind] - before[kind]] as const).filter(([, count]) => count > 0);
    if (what.length > 0) this.#onDropped(what);
  }
}

function withAge(account: MemoryShare): { account: MemoryShare; holder: Holder; since: number }[] {
  const { bytes, holder } = account;
  const since = bytes > 0 ? holder?.oldestSince() : undefined;
  return holder === undefined || since === undefined ? [] : [{ account, holder, since }];
}

/** A share of the memory: how many bytes one holder has taken. */
export class MemoryShare {
  readonly holder: Holder | undefined;
  readonly #change: Change;
  #bytes = 0;
  #closed = false;

  constructor(holder: Holder | undefined, change: Change) {
    this.holder = holder;
    this.#change = change;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Takes bytes, and has room made for them; whether there is any or not. */
  take(bytes: number): void {
    this.#set(this.#bytes + bytes);
  }

  /** Takes bytes, if there is room or can be made. */
  takeIfRoom(bytes: number): boolean {
    const hasRoom = this.#set(this.#bytes + bytes);
    if (!hasRoom) this.release(bytes);
    return hasRoom;
  }

  release(bytes: number): void {
    this.#set(this.#bytes - bytes);
  }

  /** Releases everything. */
  empty(): void {
    this.#set(0);
  }

  /** Releases everything, and takes nothing any more. */
  close(): void {
    this.empty();
    this.#closed = true;
  }

  #set(bytes: number): boolean {
    if (this.#closed) return false;
    const more = bytes - this.#bytes;
    this.#bytes = bytes;
    return this.#change(this, more);
  }
}
