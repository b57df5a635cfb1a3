import { DEFAULT_SANDBOX } from "../world/sandboxes";

/** Where the files are served that were uploaded with messages. */
export const ATTACHMENTS_PATH = "/attachments";

/** Where the mock's own API is served. */
export const CONTROL_PREFIX = "/__mock";

/** Where a sandbox is served. */
export function sandboxPath(name: string): string {
  return name === DEFAULT_SANDBOX ? "" : `/s/${name}`;
}
