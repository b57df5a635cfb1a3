import { isUrl } from "../../contracts/urls";
import { linkedFile } from "../../fixtures/resolve/attachments";
import type { Memory, MemoryShare } from "./memory-limits";
import type { Attachment, Contact } from "./model";
import type { World } from "./world";

/** An uploaded file, as it came. */
export interface StoredFile {
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  /** The field of a form that it came in, if it came in one. */
  readonly field?: string;
}

/** A file that comes with a message: its bytes, a link to it, a file that was uploaded before, or none but what is known of it. */
export type NewAttachment = Upload | LinkedFile | EarlierUpload | MadeUpFile | KnownFile;

/** A file that any number of messages have, under one id. */
export interface KnownFile {
  readonly kind: "known";
  readonly attachment: Attachment;
}

export interface Upload {
  readonly kind: "upload";
  readonly file: StoredFile;
}

export interface LinkedFile extends Omit<Attachment, "id" | "path"> {
  readonly kind: "link";
}

interface EarlierUpload {
  readonly kind: "earlier";
  readonly id: string;
  readonly file: StoredFile;
}

interface MadeUpFile extends Pick<Attachment, "filename" | "mimeType" | "fileSize"> {
  readonly kind: "made-up";
}

/** The attachment of a message, under an id; the bytes of an upload are stored. */
export function attach(files: FileStore, id: string, attachment: NewAttachment): Attachment {
  const { kind } = attachment;
  if (kind === "known") return attachment.attachment;
  if (kind === "link" || kind === "made-up") {
    const { kind: _, ...known } = attachment;
    return { id, url: null, ...known };
  }
  if (kind === "upload") files.add(id, attachment.file);
  else files.share(attachment.id, files, id);
  return uploaded(id, attachment.file);
}

/** What is known of an upload. */
export function uploaded(id: string, { filename: written, mimeType, bytes }: StoredFile): Attachment {
  const filename = Buffer.from(written)
    .toString() // UTF-16 may have half a character, which no URL can
    .replace(/^\.\.?$/, "file"); // in a URL, these lead elsewhere
  return { id, url: null, filename, mimeType, fileSize: bytes.length };
}

/** Where, below the base URL of a sandbox, its files can be had without a token. */
export const ATTACHMENTS_PATH = "/attachments";

/** The URL below which the files of a world can be had. */
export function filesUrl({ settings }: World): string {
  return `${settings.address.url}${ATTACHMENTS_PATH}`;
}

/** Where an attachment can be had. */
export function attachmentUrl(world: World, { id, url, filename }: Attachment): string {
  return url ?? `${filesUrl(world)}/${encodeURIComponent(id)}/${inUrl(filename)}`;
}

/** The id in a URL of a file here, by whatever name of this machine; undefined in another URL. */
export function idInUrl(world: World, url: string): string | undefined {
  if (!isHttpUrl(url)) return undefined;
  const [given, files] = [new URL(url), new URL(filesUrl(world))];
  if (given.port !== files.port || !given.pathname.startsWith(`${files.pathname}/`)) return undefined;
  return given.pathname.slice(files.pathname.length + 1).split("/")[0];
}

/** Where the picture of a contact can be had, if there is one. */
export function imageUrl(world: World, { id, imageUrl: url, image }: Contact): string | null {
  return image ? `${filesUrl(world)}/${CONTACTS}/${id}/${inUrl(image.filename)}` : url;
}

/** What stands in the place of an attachment's id where a contact's picture is meant, or the card of a line. */
export const CONTACTS = "contacts";
export const LINES = "lines";

/** Where files are uploaded that were announced, by their ids. */
export const UPLOADS = "uploads";

/** Half a character cannot be in a URL, and these names lead elsewhere. */
function inUrl(filename: string): string {
  return encodeURIComponent(filename.replace(/\p{Cs}/gu, "_").replace(/^\.\.?$/, "file"));
}

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the URL is not one of http or https.
 */
export function linkedAttachment(url: string): LinkedFile | undefined {
  return isHttpUrl(url) ? { kind: "link", url, ...linkedFile(url), fileSize: 0 } : undefined;
}

export function isHttpUrl(url: string): boolean {
  return /^https?:\/\//i.test(url) && isUrl(url);
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
  readonly #share: MemoryShare;
  /** From the oldest to the newest. */
  readonly #kept = new Set<KeptFile>();

  constructor(memory: Memory) {
    this.#share = memory.share({
      kind: "files",
      oldestSince: () => this.#oldest()?.since,
      dropOldest: () => this.#forget(this.#oldest()),
    });
  }

  keep({ filename, mimeType, bytes }: StoredFile): KeptFile {
    const kept: KeptFile = { filename, mimeType, bytes, since: performance.now(), owners: 1 };
    this.#kept.add(kept);
    this.#share.take(bytes.length);
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
    this.#share.release(file.bytes?.length ?? 0);
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

  /** The files whose bytes are still there. */
  *entries(): Generator<[id: string, file: StoredFile]> {
    for (const [id, { bytes, ...file }] of this.#files) if (bytes) yield [id, { ...file, bytes }];
  }

  add(id: string, file: StoredFile): void {
    if (this.#isOwner) this.#files.set(id, this.#vault.keep(file));
  }

  /** Whether it has, or had, a file. */
  knows(id: string): boolean {
    return this.#files.has(id);
  }

  /** Has the file of a store, too, or once more under another id. */
  share(id: string, from: FileStore, as = id): void {
    const file = from.#files.get(id);
    if (!file?.bytes) return;
    this.#files.set(as, file);
    if (this.#isOwner) file.owners += 1;
  }

  delete(id: string): void {
    const file = this.#files.get(id);
    if (file && this.#isOwner) this.#vault.letGo(file);
    this.#files.delete(id);
  }
}
