import { Failure } from "../../../server/failure";
import { announceFile, deleteFile, fileCalled, UPLOAD_WINDOW_MS } from "../../../world/announced-files";
import { attachmentUrl, filesUrl, UPLOADS } from "../../../world/attachments";
import type { World } from "../../../world/world";
import { contentTypeOf } from "../../content-type";
import { refuse } from "../../errors";
import type { Operation } from "../../operation";
import { timeView } from "../../timestamps";

/** Announces a file, which is then put to its upload URL. */
export const createAttachment: Operation<"createAttachment"> = (world, { body: { filename, content_type, size_bytes } }) => {
  const file = announceFile(world, { filename, mimeType: content_type, fileSize: size_bytes });
  return {
    status: 200,
    body: {
      attachment_id: file.id,
      download_url: attachmentUrl(world, file),
      expires_at: timeView(file.announcedAt + UPLOAD_WINDOW_MS),
      http_method: "PUT",
      required_headers: { "Content-Type": content_type, "Content-Length": String(size_bytes) },
      upload_url: `${filesUrl(world)}/${UPLOADS}/${file.id}`,
    },
  };
};

/** What is known of a file that was announced, or that a message has. */
export const getAttachment: Operation<"getAttachment"> = (world, { path: { attachmentId } }) => {
  const found = fileAt(world, attachmentId);
  if (found instanceof Failure) return found;
  const { file, since, isUploaded } = found;
  const type = contentTypeOf(file.mimeType); // messages of V2 may have files of any
  if (type === undefined) return refuse("2003", { hint: `V3 has no files of the type ${file.mimeType}.` });
  return {
    status: 200,
    body: {
      id: file.id,
      content_type: type,
      created_at: timeView(since),
      filename: file.filename,
      size_bytes: file.fileSize,
      status: isUploaded ? "complete" : "pending",
      download_url: attachmentUrl(world, file),
    },
  };
};

/** Deletes a file for good; messages keep what is known of it. */
export const deleteAttachment: Operation<"deleteAttachment"> = (world, { path: { attachmentId } }) => {
  const found = fileAt(world, attachmentId);
  if (found instanceof Failure) return found;
  deleteFile(world, found.file.id);
  return { status: 204, body: undefined, details: { assumptions: ["A-v3-deleted-file"] } };
};

function fileAt(world: World, uuid: string) {
  return fileCalled(world, uuid.toLowerCase()) ?? refuse("2003");
}
