import { readFile, realpath } from "node:fs/promises";
import { mimeTypeOf } from "../../fixtures/resolve/attachments";
import type { MissingFile } from "../placeholders/placeholder";
import { sampleFile } from "../placeholders/samples";
import { fileCalled } from "../world/announced-files";
import { CONTACTS, LINES, type StoredFile } from "../world/attachments";
import { vCardOf } from "../world/contact-cards";
import type { World } from "../world/world";

type KnownFile = MissingFile & { readonly path?: string };

/** A file that a world serves: by the id of an attachment, an upload or a sample, or by that of a contact or a line. */
export async function servedFile(world: World, first: string, second: string): Promise<StoredFile | undefined> {
  if (world.files.knows(first)) return world.files.get(first);
  if (first === LINES) return cardOf(world, Number.parseInt(second, 10));
  const known: KnownFile | undefined =
    first === CONTACTS ? pictureOf(world, Number(second)) : (sampleFile(first) ?? attachmentCalled(world, first));
  if (!known) return undefined;
  const { filename, mimeType } = known;
  return { filename, mimeType, bytes: (await bytesAt(known.path)) ?? (await madeUp(known)) };
}

function attachmentCalled(world: World, id: string): KnownFile | undefined {
  const { file, isUploaded = false } = fileCalled(world, id) ?? {};
  return file?.url === null && isUploaded ? file : undefined;
}

function cardOf({ lines }: World, id: number): StoredFile | undefined {
  const line = lines.get(id);
  return line && { filename: "contact.vcf", mimeType: "text/vcard", bytes: Buffer.from(vCardOf(line)) };
}

function pictureOf({ contacts }: World, id: number): KnownFile | undefined {
  const image = contacts.get(id)?.image;
  return image && { ...image, mimeType: mimeTypeOf(image.filename), fileSize: 0 };
}

async function madeUp(known: MissingFile): Promise<Buffer> {
  return (await import("../placeholders/placeholder")).placeholder(known);
}

/** Undefined when the file is no longer where it was found. */
async function bytesAt(path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  try {
    return (await realpath(path)) === path ? await readFile(path) : undefined;
  } catch {
    return undefined;
  }
}
