import type { IncomingHttpHeaders } from "node:http";
import type { Memory, MemoryShare } from "./memory-limits";
import type { PermanentWebhook } from "./subscriptions";

/** A receiver of webhooks that the mock brings itself: one for each sandbox, for as long as it is there. */
export interface OwnReceiver {
  readonly url: string;
  readonly secret: string;
  readonly answer: ReceiverAnswering;
  /** What it is told; nothing when it was not subscribed. */
  readonly webhooks: readonly PermanentWebhook[];
}

/** What it answers, and how late by the sandbox's clock. */
interface ReceiverAnswering {
  readonly status: number;
  readonly delayMs: number;
}

/** Something that was posted to it. */
export interface ReceivedPost {
  readonly id: number;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  /** The type of the event and its id; null where the body does not say. */
  readonly event: string | null;
  readonly eventId: string | null;
  /** Whether its signature is by the receiver's secret. */
  readonly isVerified: boolean;
  /** Why, or why not. */
  readonly why: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answer: ReceiverAnswering;
  /** When it came, in real milliseconds; only differences between two mean something. */
  readonly since: number;
}

const MAX_POSTS = 500;
/** What a post takes beside its body, about. */
const POST_BYTES = 2000;

/** What was posted to a sandbox's own receiver: the last 500, fewer when the mock has no room for so much. */
export class ReceivedLog {
  readonly #posts: ReceivedPost[] = [];
  readonly #share: MemoryShare;
  #lastId = 0;

  constructor(memory: Memory) {
    this.#share = memory.share({
      kind: "received",
      oldestSince: () => this.#posts[0]?.since,
      dropOldest: () => this.#drop(),
    });
  }

  /** How many are no longer kept. */
  get evicted(): number {
    return this.#lastId - this.#posts.length;
  }

  add(post: Omit<ReceivedPost, "id" | "since">): ReceivedPost {
    this.#lastId += 1;
    const entered = { ...post, id: this.#lastId, since: performance.now() };
    this.#posts.push(entered);
    this.#share.take(bytesOf(entered));
    if (this.#posts.length > MAX_POSTS) this.#drop();
    return entered;
  }

  /** From the oldest to the newest. */
  values(): readonly ReceivedPost[] {
    return this.#posts;
  }

  clear(): void {
    this.#posts.length = 0;
    this.#lastId = 0;
    this.#share.empty();
  }

  /** What is kept counts no longer: it goes with the world. */
  close(): void {
    this.#share.close();
  }

  #drop(): void {
    const oldest = this.#posts.shift();
    if (oldest) this.#share.release(bytesOf(oldest));
  }
}

function bytesOf({ body }: ReceivedPost): number {
  return POST_BYTES + 2 * body.length;
}
