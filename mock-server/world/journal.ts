import type { IncomingHttpHeaders } from "node:http";
import type { Cause } from "./event-cause";
import type { Memory, MemoryShare } from "./memory-limits";

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
  /** What was read from the body: JSON, or the fields of a form, which are as JSON would have them. */
  readonly body: unknown;
  /** What its files were; undefined when the body was no form. */
  readonly files?: readonly FormFile[] | undefined;
  /** Bytes of the body that was read, decompressed and without files. */
  readonly bodyBytes: number;
  readonly status: number;
  /** The answer's body; empty when there is none. */
  readonly answer: string;
  readonly hint: string | undefined;
  readonly assumptions: readonly string[];
  /** What it caused; undefined when no operation was asked. */
  readonly cause?: Cause | undefined;
  /** How many seconds a refusal asked to wait. */
  readonly retryAfter?: number;
  /** The faults that touched the answer, if any did; it is then as they left it. */
  readonly fault?: string;
  /** Whether its caller never had the whole of it: a fault has cut it off, or the caller gave up meanwhile. */
  readonly isLost?: boolean;
}

/** A file of a form, without its bytes. */
export interface FormFile {
  readonly filename: string;
  readonly mime_type: string;
  readonly bytes: number;
}

/** The path of a request, without its query. */
export function pathOf({ url }: JournalEntry): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** What was read from a body, as JSON. JSON.parse reads any depth, and JSON.stringify does not write it. */
export function bodyJson(body: unknown, replacer?: (name: string, value: unknown) => unknown): string {
  try {
    return JSON.stringify(body, replacer) ?? "null";
  } catch {
    return '"(nested too deep)"';
  }
}

/** What an entry takes beside its bodies, about. */
const ENTRY_BYTES = 2000;

/**
 * What was asked of a world, and what it answered. Keeps the last 500 requests and 8 MB of bodies, fewer when the mock has no room
 * for so much, and counts the rest.
 */
export class Journal {
  /** How often the first page of a list was read and no other, by the list; remembered beyond the entries. */
  readonly firstPages = new Map<string, number>();
  /** The last request that was none to the API, as people read it: its caller may have meant the API. */
  lastOther: string | undefined;
  readonly #share: MemoryShare;
  #entries: (JournalEntry | undefined)[] = [];
  /** Where the first entry that is kept stands. */
  #start = 0;
  #evicted = 0;
  /** Of all entries together. */
  #bodyBytes = 0;

  constructor(memory: Memory) {
    this.#share = memory.share({
      kind: "requests",
      oldestSince: () => this.#oldest()?.startedAt,
      dropOldest: () => this.#drop(),
    });
  }

  get evicted(): number {
    return this.#evicted;
  }

  get size(): number {
    return this.#entries.length - this.#start;
  }

  /** Returns how many bytes it takes. */
  add(entry: JournalEntry): number {
    const bodyBytes = bodyBytesOf(entry);
    this.#entries.push(entry);
    this.#bodyBytes += bodyBytes;
    this.#share.take(memoryOf(bodyBytes));
    while ((this.#bodyBytes > MAX_BYTES || this.size > MAX_ENTRIES) && this.size > 1) this.#drop(); // the newest stays, whatever its size
    if (this.#start >= MAX_ENTRIES) {
      this.#entries = this.#entries.slice(this.#start);
      this.#start = 0;
    }
    return memoryOf(bodyBytes);
  }

  /** Headers as an entry keeps them: most clients send the same again and again, so that one object does for many. */
  kept(headers: IncomingHttpHeaders): IncomingHttpHeaders {
    const last = this.#entries.at(-1)?.headers;
    return last && areEqual(last, headers) ? last : headers;
  }

  /** An answer as an entry keeps it: who polls gets the same again and again, so that one text does for many. */
  keptAnswer(answer: string): string {
    const last = this.#entries.at(-1)?.answer;
    return last === answer ? last : answer;
  }

  #oldest(): JournalEntry | undefined {
    return this.#entries[this.#start];
  }

  #drop(): void {
    const entry = this.#oldest();
    if (!entry) return;
    this.#entries[this.#start] = undefined;
    this.#start += 1;
    this.#evicted += 1;
    const bodyBytes = bodyBytesOf(entry);
    this.#bodyBytes -= bodyBytes;
    this.#share.release(memoryOf(bodyBytes));
  }

  /** From the oldest to the newest. */
  entries(): readonly JournalEntry[] {
    return this.#entries.slice(this.#start) as JournalEntry[]; // those that are gone stand before the start
  }

  clear(): void {
    this.lastOther = undefined;
    this.#entries = [];
    this.#start = 0;
    this.#evicted = 0;
    this.#bodyBytes = 0;
    this.#share.empty();
  }

  /** What is kept counts no longer: it goes with the world. */
  close(): void {
    this.#share.close();
  }
}

function areEqual(one: IncomingHttpHeaders, other: IncomingHttpHeaders): boolean {
  for (const name in one) if (one[name] !== other[name]) return false;
  for (const name in other) if (one[name] === undefined) return false;
  return true;
}

/** Letters take two bytes in memory, unless all of a text are Latin. */
function memoryOf(bodyBytes: number): number {
  return ENTRY_BYTES + 2 * bodyBytes;
}

function bodyBytesOf({ answer, bodyBytes }: JournalEntry): number {
  return answer.length + bodyBytes;
}
