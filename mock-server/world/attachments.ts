import { linkedFile } from "../../fixtures/resolve/attachments";
import type { Attachment } from "./model";

const MAX_BYTES = 64 * 1024 * 1024;

/** An uploaded file, as it came. */
export interface StoredFile {
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** A file that comes with a message: the bytes themselves, to be served below a URL, or a link to it. */
export type NewAttachment = Upload | LinkedFile;

export interface Upload {
  readonly kind: "upload";
  readonly file: StoredFile;
  readonly servedBelow: string;
}

export interface LinkedFile extends Omit<Attachment, "id"> {
  readonly kind: "link";
}

/** The attachment of a message, under an id; the bytes of an upload are stored. */
export function attach(files: FileStore, id: string, attachment: NewAttachment): Attachment {
  if (attachment.kind === "link") {
    const { kind: _, ...link } = attachment;
    return { id, ...link };
  }
  const { file, servedBelow } = attachment;
  const filename = Buffer.from(file.filename).toString(); // UTF-16 may have half a character, which no URL can
  files.add(id, file);
  const url = `${servedBelow}/${id}/${encodeURIComponent(filename)}`;
  return { id, url, filename, mimeType: file.mimeType, fileSize: file.bytes.length };
}

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the URL is not one of http or https.
 */
export function linkedAttachment(url: string): LinkedFile | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  return { kind: "link", url, ...linkedFile(url), fileSize: 0 };
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
