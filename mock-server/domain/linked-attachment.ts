import { basename } from "node:path/posix";
import { lookup } from "mime-types";
import type { Attachment } from "../../fixtures/records";

/**
 * A file that is named by its URL and never downloaded, so its size is unknown (A-attachment-limit, A-linked-file-size).
 * Undefined when the URL is not one of http or https.
 */
export function linkedAttachment(url: string): Omit<Attachment, "id"> | undefined {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const filename = decoded(basename(new URL(url).pathname)) || "attachment";
  return { url, filename, mimeType: lookup(filename) || "application/octet-stream", fileSize: 0 };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
