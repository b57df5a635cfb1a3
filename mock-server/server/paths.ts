import { DEFAULT_SANDBOX } from "../world/sandboxes";

/** Where the mock's own API is served. */
export const CONTROL_PREFIX = "/__mock";

/** Where, below that, a sandbox's own receiver is posted to. */
export const RECEIVER_HOOK = "/receiver/hook";

/** Where a sandbox is served. */
export function sandboxPath(name: string): string {
  return name === DEFAULT_SANDBOX ? "" : `/s/${name}`;
}
