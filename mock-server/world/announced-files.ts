import type { Attachment } from "./model";
import type { World } from "./world";

/** How long a file may be uploaded after it was announced. */
export const UPLOAD_WINDOW_MS = 15 * 60_000;

/** A file that its owner has announced, and uploads then. */
export interface AnnouncedFile extends Attachment {
  readonly announcedAt: number;
  readonly isUploaded: boolean;
}

/** Announces a file. */
export function announceFile(
  { announcedFiles, uuids, clock }: World,
  file: Pick<Attachment, "filename" | "mimeType" | "fileSize">,
): AnnouncedFile {
  const id = uuids.next();
  const announced = { ...file, id, url: null, announcedAt: clock.now(), isUploaded: false };
  announcedFiles.set(id, announced);
  return announced;
}

/** What is wrong with an upload. */
export type UploadProblem = "unknown" | "late" | "again" | "other-type" | "other-size";

/** Takes the bytes of a file that was announced. They must be as many, and of the type, that was said, and come once and in time. */
export function takeUpload(
  world: World,
  id: string,
  { mimeType, bytes }: { readonly mimeType: string; readonly bytes: Buffer },
): UploadProblem | undefined {
  const file = world.announcedFiles.get(id);
  if (!file) return "unknown";
  if (file.isUploaded) return "again";
  if (world.clock.now() > file.announcedAt + UPLOAD_WINDOW_MS) return "late";
  if (mimeType.split(";")[0]?.trim().toLowerCase() !== file.mimeType.toLowerCase()) return "other-type";
  if (bytes.length !== file.fileSize) return "other-size";
  world.files.add(id, { filename: file.filename, mimeType: file.mimeType, bytes });
  world.announcedFiles.set(id, { ...file, isUploaded: true });
  return undefined;
}
