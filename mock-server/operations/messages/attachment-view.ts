import type { components } from "../../../contracts/generated/types";
import type { Attachment } from "../../../fixtures/records";

/** An attachment as the API shows it. */
export function attachmentView({ id, url, filename, mimeType, fileSize }: Attachment): components["schemas"]["Attachment"] {
  return { id, url, filename, mime_type: mimeType, file_size: fileSize };
}
