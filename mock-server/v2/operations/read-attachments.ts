import type { Failure } from "../../server/failure";
import { linkedAttachment } from "../../world/attachments";
import { refuse } from "../errors";

type LinkedAttachment = NonNullable<ReturnType<typeof linkedAttachment>>;

interface MessageWithLinks {
  readonly attachments?: readonly string[];
  readonly attachment_urls?: readonly string[];
}

/** The files that a message in JSON names by their URLs. */
export function readAttachments({
  attachments = [],
  attachment_urls = [],
}: MessageWithLinks): readonly LinkedAttachment[] | Failure<422> {
  const linked: LinkedAttachment[] = [];
  for (const [field, urls] of Object.entries({ attachments, attachment_urls })) {
    for (const [i, url] of urls.entries()) {
      const attachment = linkedAttachment(url);
      if (!attachment) return refuse("urlInvalid", { field: `message.${field}[${i}]` });
      linked.push(attachment);
    }
  }
  return linked;
}
