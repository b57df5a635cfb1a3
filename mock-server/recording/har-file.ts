import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import type { Header, RedactedBody, RedactedExchange } from "./redact-exchange";

/** What closes the file; the next entry is written over it. */
const TAIL = Buffer.from("\n]}}\n");

interface Creator {
  readonly name: string;
  readonly version: string;
}

/** A HAR file (1.2) that is being written. It is whole after every entry, so that a process may end at any time. */
export class HarFile {
  readonly #file: number;
  /** Where the next entry begins. */
  #end = 0;
  /** How many entries it has. */
  entries = 0;

  /** @throws a system error when it cannot be made: `EEXIST` when it is there already. Only its owner may read it. */
  constructor(path: string, { creator }: { readonly creator: Creator }) {
    this.#file = openSync(path, "wx", 0o600);
    const head = JSON.stringify({ log: { version: "1.2", creator, entries: [] } }).slice(0, -"]}}".length);
    this.#write(Buffer.from(`${head}\n`));
  }

  /** How many bytes it has. */
  get size(): number {
    return this.#end + TAIL.length;
  }

  /** Adds an entry, given as JSON. @throws a system error when there is no room; the entries before it stay */
  append(entry: string): void {
    this.#write(Buffer.from(`${this.entries === 0 ? "" : ",\n"}${entry}`));
    this.entries += 1;
  }

  close(): void {
    fsyncSync(this.#file);
    closeSync(this.#file);
  }

  #write(bytes: Buffer): void {
    try {
      this.#writeAt(this.#end, Buffer.concat([bytes, TAIL]));
      this.#end += bytes.length;
    } catch (error) {
      this.#writeAt(this.#end, TAIL);
      ftruncateSync(this.#file, this.size);
      throw error;
    }
  }

  #writeAt(position: number, bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, position + done);
    }
  }
}

/** An entry of a HAR file (1.2). */
export function writeEntry({ startedAt, ms, request, response }: RedactedExchange): object {
  const { method, url, headers, sent } = request;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: ms,
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      headers: pairs(headers),
      queryString: pairs([...new URL(url).searchParams]),
      cookies: [],
      headersSize: -1,
      bodySize: sizeOf(sent),
      ...(sent && { postData: { params: [], ...sent } }),
    },
    response: response.ok ? answer(response) : noAnswer(response.error),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
  };
}

function answer({ status, headers, content }: Extract<RedactedExchange["response"], { ok: true }>): object {
  const size = sizeOf(content);
  return { ...common(status), headers: pairs(headers), content: { size, ...content }, bodySize: size };
}

/** As browsers write it. */
function noAnswer(error: string): object {
  return { ...common(0), headers: [], content: { size: 0, mimeType: "x-unknown" }, bodySize: -1, _error: error };
}

function common(status: number): object {
  return { status, statusText: "", httpVersion: "HTTP/1.1", cookies: [], redirectURL: "", headersSize: -1 };
}

function sizeOf(content: RedactedBody | undefined): number {
  return content === undefined ? 0 : Buffer.byteLength(content.text);
}

function pairs(entries: readonly Header[]): object[] {
  return entries.map(([name, value]) => ({ name, value }));
}
