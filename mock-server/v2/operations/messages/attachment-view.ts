import type { components } from "../../../../contracts/generated/v2/types";
import type { Attachment } from "../../../world/model";

/** An attachment as the API shows it. */
export function attachmentView({ id, url, filename, mimeType, fileSize }: Attachment): components["schemas"]["Attachment"] {
  return { id, url, filename, mime_type: mimeType, file_size: fileSize };
}
