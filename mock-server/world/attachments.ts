import { linkedFile } from "../../fixtures/resolve/attachments";
import type { Attachment } from "./model";

const MAX_BYTES = 64 * 1024 * 1024;

/** An uploaded file, as it came. */
export interface StoredFile {
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** An uploaded file, and the URL below which it is to be served. */
export interface Upload {
  readonly upload: StoredFile;
  readonly servedBelow: string;
}

/** The uploaded files of a world, by the ids of their attachments. Over 64 MB, the oldest are dropped. */
export class FileStore {
  readonly #files: Map<string, StoredFile>;
  #bytes = 0;
  #evicted = 0;

  constructor(files: Iterable<readonly [string, StoredFile]> = []) {
    this.#files = new Map(files);
    for (const { bytes } of this.#files.values()) this.#bytes += bytes.length;
  }

  copy(): FileStore {
    return new FileStore(this.#files);
  }

  /** How many files there are, how large they are together, and how many were dropped for want of room. */
  get usage(): { readonly count: number; readonly bytes: number; readonly evicted: number } {
    return { count: this.#files.size, bytes: this.#bytes, evicted: this.#evicted };
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  add(id: string, file: StoredFile): void {
    this.#files.set(id, file);
    this.#bytes += file.bytes.length;
    for (const [oldest] of this.#files) {
      if (this.#bytes <= MAX_BYTES || oldest === id) return;
      this.delete(oldest);
      this.#evicted += 1;
    }
  }

  delete(id: string): void {
    this.#bytes -= this.#files.get(id)?.bytes.length ?? 0;
    this.#files.delete(id);
  }
}

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the URL is not one of http or https.
 */
export function linkedAttachment(url: string): Omit<Attachment, "id"> | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  return { url, ...linkedFile(url), fileSize: 0 };
}
