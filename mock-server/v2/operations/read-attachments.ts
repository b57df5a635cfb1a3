import type { Failure } from "../../server/failure";
import { fileCalled } from "../../world/announced-files";
import { idInUrl, type KnownFile, type LinkedFile, linkedAttachment } from "../../world/attachments";
import type { World } from "../../world/world";
import { refuse } from "../errors";

/** The files that a message names by their URLs. One of this mock's own is the same file, which stays as long as a message has it. */
export function readAttachments(
  world: World,
  urls?: readonly string[] | null,
): readonly (KnownFile | LinkedFile)[] | Failure<422> {
  const linked: (KnownFile | LinkedFile)[] = [];
  for (const [i, url] of urls?.entries() ?? []) {
    const own = fileCalled(world, idInUrl(world, url) ?? "");
    const attachment = own?.isUploaded ? ({ kind: "known", attachment: own.file } as const) : linkedAttachment(url);
    if (!attachment) return refuse("urlInvalid", { field: `message.attachment_urls[${i}]` });
    linked.push(attachment);
  }
  return linked;
}
