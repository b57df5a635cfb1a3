import type { AssumptionId } from "../../../contracts/generated/v2/operations";
import { type LinkedFile, linkedAttachment } from "../../world/attachments";
import { type Failure, failure } from "../errors";

export interface ReadAttachments {
  readonly linked: readonly LinkedFile[];
  readonly assuming: readonly AssumptionId[];
}

interface MessageWithLinks {
  readonly attachments?: readonly string[];
  readonly attachment_urls?: readonly string[];
}

/** The files that a message in JSON names by their URLs. */
export function readAttachments({ attachments = [], attachment_urls = [] }: MessageWithLinks): ReadAttachments | Failure<422> {
  const linked: LinkedFile[] = [];
  for (const [field, urls] of Object.entries({ attachments, attachment_urls })) {
    for (const [i, url] of urls.entries()) {
      const attachment = linkedAttachment(url);
      if (!attachment)
        return failure(422, `message.${field}[${i}] is not an http or https URL`, { assuming: ["A-create-status"] });
      linked.push(attachment);
    }
  }
  const assuming: AssumptionId[] = linked.length === 0 ? [] : ["A-attachment-limit", "A-linked-file-size"];
  return { linked, assuming: attachments.length === 0 ? assuming : ["A-create-attachments", ...assuming] };
}
