import type { Failure } from "../../server/failure";
import { linkedAttachment } from "../../world/attachments";
import { refuse } from "../errors";

type LinkedAttachment = NonNullable<ReturnType<typeof linkedAttachment>>;

/** The files that a message names by their URLs. */
export function readAttachments(urls: readonly string[] = []): readonly LinkedAttachment[] | Failure<422> {
  const linked: LinkedAttachment[] = [];
  for (const [i, url] of urls.entries()) {
    const attachment = linkedAttachment(url);
    if (!attachment) return refuse("urlInvalid", { field: `message.attachment_urls[${i}]` });
    linked.push(attachment);
  }
  return linked;
}
