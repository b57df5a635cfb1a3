import type { AnnouncedFile, Attachment } from "./model";
import type { World } from "./world";

/** How long a file may be uploaded after it was announced. */
export const UPLOAD_WINDOW_MS = 15 * 60_000;

/** Announces a file that will be uploaded, as V3's createAttachment does (a pre-upload). */
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
export type UploadProblem = "unknown" | "again" | "late" | "other-type" | "other-size";

/** What there is to say of an upload before its bytes have come; its size is undefined while it is not known. */
export function uploadProblem(
  { announcedFiles, clock }: World,
  id: string,
  { mimeType, size }: { readonly mimeType: string; readonly size: number | undefined },
): UploadProblem | undefined {
  const file = announcedFiles.get(id);
  if (!file) return "unknown";
  if (file.isUploaded) return "again";
  if (clock.now() > file.announcedAt + UPLOAD_WINDOW_MS) return "late";
  if (mimeType.split(";")[0]?.trim().toLowerCase() !== file.mimeType.toLowerCase()) return "other-type";
  return size === undefined || size === file.fileSize ? undefined : "other-size";
}

/** Takes the bytes of a file that was announced. They must be as many, and of the type, that was said, and come once and in time. */
export function takeUpload(
  world: World,
  id: string,
  { mimeType, bytes }: { readonly mimeType: string; readonly bytes: Buffer },
): UploadProblem | undefined {
  const problem = uploadProblem(world, id, { mimeType, size: bytes.length });
  const file = world.announcedFiles.get(id);
  if (problem || !file) return problem ?? "unknown";
  world.files.add(id, { filename: file.filename, mimeType: file.mimeType, bytes });
  world.announcedFiles.set(id, { ...file, isUploaded: true });
  return undefined;
}

/** A file that can be had by its id: one that was announced, or of a message, and was not deleted. */
export function fileCalled(
  { announcedFiles, messages }: World,
  id: string,
): { readonly file: Attachment; readonly since: number; readonly isUploaded: boolean } | undefined {
  const announced = announcedFiles.get(id);
  if (announced) {
    const { announcedAt, isUploaded, ...file } = announced;
    return { file, since: announcedAt, isUploaded };
  }
  const message = messages.first("attachment", id);
  const file = message?.attachments.find((one) => one.id === id);
  return message && file && !file.isDeleted ? { file, since: message.sentAt, isUploaded: true } : undefined;
}

/** Deletes a file for good. Messages that have it keep what is known of it. */
export function deleteFile({ announcedFiles, files, messages }: World, id: string): void {
  announcedFiles.delete(id);
  files.delete(id);
  for (const message of messages.slice("attachment", id)) {
    const attachments = message.attachments.map((one) => (one.id === id ? { ...one, isDeleted: true as const } : one));
    messages.replace({ ...message, attachments });
  }
}
