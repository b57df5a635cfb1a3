import { linkedFile } from "../../fixtures/resolve/attachments";
import type { Account, Memory } from "./memory";
import type { Attachment } from "./model";

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
  const filename = Buffer.from(file.filename)
    .toString() // UTF-16 may have half a character, which no URL can
    .replace(/^\.\.?$/, "file"); // in a URL, these lead elsewhere
  files.add(id, file);
  const url = `${servedBelow}/${id}/${encodeURIComponent(filename)}`;
  return { id, url, filename, mimeType: file.mimeType, fileSize: file.bytes.length };
}

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the URL is not one of http or https.
 */
export function linkedAttachment(url: string): LinkedFile | undefined {
  return isHttpUrl(url) ? { kind: "link", url, ...linkedFile(url), fileSize: 0 } : undefined;
}

export function isHttpUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** An uploaded file, wherever it is: in a world, in snapshots of it. */
interface KeptFile extends Omit<StoredFile, "bytes"> {
  readonly since: number;
  /** In how many of them it is. */
  owners: number;
  /** Undefined when they had to make room. */
  bytes: Buffer | undefined;
}

/** The bytes of the uploads of all sandboxes. */
export class FileVault {
  readonly #account: Account;
  /** From the oldest to the newest. */
  readonly #kept = new Set<KeptFile>();

  constructor(memory: Memory) {
    this.#account = memory.account("files", {
      oldestSince: () => this.#oldest()?.since,
      dropOldest: () => this.#forget(this.#oldest()),
    });
  }

  keep({ filename, mimeType, bytes }: StoredFile): KeptFile {
    const kept: KeptFile = { filename, mimeType, bytes, since: performance.now(), owners: 1 };
    this.#kept.add(kept);
    this.#account.take(bytes.length);
    return kept;
  }

  /** Forgets a file that has lost its last owner. */
  letGo(file: KeptFile): void {
    file.owners -= 1;
    if (file.owners === 0) this.#forget(file);
  }

  #oldest(): KeptFile | undefined {
    return this.#kept.values().next().value;
  }

  #forget(file: KeptFile | undefined): void {
    if (!file || !this.#kept.delete(file)) return;
    this.#account.release(file.bytes?.length ?? 0);
    file.bytes = undefined;
  }
}

/** The uploaded files of a world, by the ids of their attachments. */
export class FileStore {
  readonly #vault: FileVault;
  readonly #files: Map<string, KeptFile>;
  /** Whether its files are kept for its sake. */
  #isOwner: boolean;

  constructor(vault: FileVault, copied?: ReadonlyMap<string, KeptFile>) {
    this.#vault = vault;
    this.#files = new Map(copied);
    this.#isOwner = copied === undefined;
  }

  /** The same files. They are not kept for the copy's sake, until it owns them, too. */
  copy(): FileStore {
    return new FileStore(this.#vault, this.#files);
  }

  own(): void {
    if (this.#isOwner) return;
    this.#isOwner = true;
    for (const file of this.#files.values()) file.owners += 1;
  }

  /** Its files are kept for its sake no longer. */
  close(): void {
    if (!this.#isOwner) return;
    this.#isOwner = false;
    for (const file of this.#files.values()) this.#vault.letGo(file);
  }

  /** How many files there are, how large they are together, and how many were dropped for want of room. */
  get usage(): { readonly count: number; readonly bytes: number; readonly evicted: number } {
    const sizes = [...this.#files.values()].flatMap(({ bytes }) => (bytes ? [bytes.length] : []));
    return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), evicted: this.#files.size - sizes.length };
  }

  get(id: string): StoredFile | undefined {
    const file = this.#files.get(id);
    return file?.bytes && { filename: file.filename, mimeType: file.mimeType, bytes: file.bytes };
  }

  add(id: string, file: StoredFile): void {
    if (this.#isOwner) this.#files.set(id, this.#vault.keep(file));
  }

  /** Has the file of another store, too, if that has one. */
  share(id: string, from: FileStore): void {
    const file = from.#files.get(id);
    if (!file?.bytes) return;
    this.#files.set(id, file);
    if (this.#isOwner) file.owners += 1;
  }

  delete(id: string): void {
    const file = this.#files.get(id);
    if (file && this.#isOwner) this.#vault.letGo(file);
    this.#files.delete(id);
  }
}
