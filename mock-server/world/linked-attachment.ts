import { linkedFile } from "../../fixtures/resolve/attachments";
import type { Attachment } from "./model";

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the URL is not one of http or https.
 */
export function linkedAttachment(url: string): Omit<Attachment, "id"> | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  return { url, ...linkedFile(url), fileSize: 0 };
}
