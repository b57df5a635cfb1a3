import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";

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
