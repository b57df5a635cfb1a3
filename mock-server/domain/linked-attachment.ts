import { basename } from "node:path/posix";
import { lookup } from "mime-types";
import type { Attachment } from "../../fixtures/records";

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the text is no http or https address.
 */
export function linkedAttachment(address: string): Omit<Attachment, "id"> | undefined {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const { pathname, href } = new URL(address);
  const filename = basename(pathname) || "attachment";
  return { url: href, filename, mimeType: lookup(filename) || "application/octet-stream", fileSize: 0 };
}
