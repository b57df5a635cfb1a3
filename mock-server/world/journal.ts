import type { IncomingHttpHeaders } from "node:http";

const MAX_ENTRIES = 500; // with 1,000, those that are kept cost the garbage collector 5 % of every request
const MAX_BYTES = 8 * 1024 * 1024;

/** One request to the vendor's API and its answer, as they were. */
export interface JournalEntry {
  readonly requestId: string;
  /** Milliseconds since 1970, by the sandbox's clock. */
  readonly at: number;
  /** When it came and how long it took, in real milliseconds; only differences between two mean something. */
  readonly startedAt: number;
  readonly ms: number;
  /** Equal for two requests on one connection; undefined when it was closed. */
  readonly connection: number | undefined;
  readonly method: string;
  /** Path and query, without the sandbox in front. */
  readonly url: string;
  readonly operation: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** What was read from the body: JSON, or the fields and files of a form. */
  readonly body: unknown;
  /** Bytes of the body that was read, decompressed and without files. */
  readonly bodyBytes: number;
  readonly status: number;
  /** The answer's body; empty when there is none. */
  readonly answer: string;
  readonly hint: string | undefined;
  readonly assumptions: readonly string[];
  /** How many seconds a refusal asked to wait. */
  readonly retryAfter?: number;
  /** The faults that touched the answer, if any did; it is then as they left it. */
  readonly fault?: string;
  /** Whether its caller never had the whole of it: a fault has cut it off, or the caller gave up meanwhile. */
  readonly isLost?: boolean;
}

/** The path of a request, without its query. */
export function pathOf({ url }: JournalEntry): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** What was asked of a world, and what it answered. Keeps the last 500 requests and 8 MB of bodies, and counts the rest. */
export class Journal {
  /** How often the first page of a list was read and no other, by the list; remembered beyond the entries. */
  readonly firstPages = new Map<string, number>();
  #entries: JournalEntry[] = [];
  /** Where the first entry that is kept stands. */
  #start = 0;
  #bytes = 0;
  #evicted = 0;

  get evicted(): number {
    return this.#evicted;
  }

  get size(): number {
    return this.#entries.length - this.#start;
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    this.#bytes += bytesOf(entry);
    while (this.#bytes > MAX_BYTES || this.#entries.length - this.#start > MAX_ENTRIES) {
      if (this.size === 1) break; // the newest stays, whatever its size
      this.#bytes -= bytesOf(this.#entries[this.#start] as JournalEntry);
      this.#start += 1;
      this.#evicted += 1;
    }
    if (this.#start < MAX_ENTRIES) return;
    this.#entries = this.#entries.slice(this.#start);
    this.#start = 0;
  }

  /** From the oldest to the newest. */
  entries(): readonly JournalEntry[] {
    return this.#entries.slice(this.#start);
  }

  clear(): void {
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
    this.#evicted = 0;
  }
}

function bytesOf({ answer, bodyBytes }: JournalEntry): number {
  return answer.length + bodyBytes;
}
