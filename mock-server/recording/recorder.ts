import { rmSync } from "node:fs";
import { printableText, TargetError } from "../../contracts/client/errors";
import type { ProxiedExchange } from "../proxy/call";
import { amount } from "../server/printable-text";
import { HarFile, writeEntry } from "./har-file";
import { ExchangeRedactor } from "./redact-exchange";

export interface RecorderOptions {
  /** The version of this program, which a HAR file names. */
  readonly creatorVersion: string;
  /** How many bytes the file may have. Default: 512 MB, which is about what can be read again. */
  readonly limit?: number;
  /** Told once, in one sentence for people, why nothing more is recorded. */
  readonly onEnd?: (reason: string) => void;
}

/** What came of a recording. */
export interface RecordingCounts {
  readonly recorded: number;
  /** Calls that came after it had ended, or could not be rewritten. */
  readonly leftOut: number;
  /** Why it ended before it was closed, if it did. */
  readonly problem?: string;
}

const LIMIT = 512 * 1024 * 1024;

/**
 * Writes calls into a HAR file, with nothing of anybody in it. The file can be read after every call, whenever the process ends; only its
 * owner may read it. What stands for what is told by a key that is never stored.
 */
export class Recorder {
  readonly #name: string;
  readonly #file: HarFile;
  readonly #options: RecorderOptions;
  readonly #redactor = new ExchangeRedactor();
  #leftOut = 0;
  #problem: string | undefined;
  #isClosed = false;

  /** @throws TargetError when the file is there already, or cannot be written */
  constructor(file: string, options: RecorderOptions) {
    this.#name = file;
    this.#options = options;
    try {
      this.#file = new HarFile(file, { creator: { name: "linq-mock", version: options.creatorVersion } });
    } catch (error) {
      throw new TargetError(`${file} cannot be recorded to: ${explain(error)}`);
    }
  }

  /** Never throws: a recording that cannot go on ends, and the calls go on. */
  record(exchange: ProxiedExchange): void {
    if (this.#problem !== undefined || this.#isClosed) {
      this.#leftOut += 1;
      return;
    }
    const entry = this.#entryOf(exchange);
    if (entry === undefined) {
      this.#leftOut += 1;
      return;
    }
    try {
      this.#append(entry);
    } catch (error) {
      this.#end(explain(error));
    }
  }

  /** Closes it, and removes its file. */
  discard(): void {
    this.close();
    rmSync(this.#name, { force: true });
  }

  close(): RecordingCounts {
    if (!this.#isClosed) this.#file.close();
    this.#isClosed = true;
    const counts = { recorded: this.#file.entries, leftOut: this.#leftOut };
    return this.#problem === undefined ? counts : { ...counts, problem: this.#problem };
  }

  /** JSON; undefined for a call that nobody thought of, which costs itself and no other. */
  #entryOf(exchange: ProxiedExchange): string | undefined {
    try {
      return JSON.stringify(writeEntry(this.#redactor.redact(exchange)));
    } catch {
      return undefined;
    }
  }

  #append(entry: string): void {
    const { limit = LIMIT } = this.#options;
    if (this.#file.size + Buffer.byteLength(entry) > limit) {
      return this.#end(
        `it has the ${Math.floor(limit / 1024 / 1024)} MB that can be read again; record the rest into another file`,
      );
    }
    this.#file.append(entry);
  }

  #end(reason: string): void {
    this.#leftOut += 1;
    const recorded = this.#file.entries;
    this.#problem = printableText(
      `Recording to ${this.#name} has ended after ${amount(recorded, "call")}, which can be read: ${reason}.`,
    );
    this.#options.onEnd?.(this.#problem);
  }
}

const explained: Readonly<Record<string, string>> = {
  EEXIST: "it is there already, and a recording replaces nothing; name another file, or remove it",
  ENOENT: "there is no such folder; create it first",
  EACCES: "it may not be written there; name another place",
  EISDIR: "it is a folder; name a file",
  ENOSPC: "the disk is full; make room, and record again",
  EDQUOT: "the disk space that this user may use is full; make room, and record again",
  EFBIG: "a file may not be larger here; record the rest into another file",
};

function explain(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return explained[code] ?? message;
}
