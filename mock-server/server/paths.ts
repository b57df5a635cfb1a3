import { DEFAULT_SANDBOX } from "../world/sandboxes";

/** Where the mock's own API is served. */
export const CONTROL_PREFIX = "/__mock";

/** Where, below that, a sandbox's own receiver is posted to. */
export const RECEIVER_HOOK = "/receiver/hook";

/** A path as hints name it: after its method, or the words before it. Sandboxes are the server's. */
const NAMED_PATH = /\b(GET|POST|PUT|PATCH|DELETE|path is) (?=\/(?:__mock(?!\/sandboxes)|api\/partner)\b)/g;

/** A hint whose paths lead into the sandbox that is served at `base`. The only place where that is seen to. */
export function hintIn(base: string, hint: string): string {
  return base === "" ? hint : hint.replaceAll(NAMED_PATH, `$&${base}`);
}

/** The path of a sandbox's base URL; empty for that of the default one. */
export function basePathOf(url: string): string {
  return new URL(url).pathname.replace(/\/$/, "");
}

/** Where a sandbox is served. */
export function sandboxPath(name: string): string {
  return name === DEFAULT_SANDBOX ? "" : `/s/${name}`;
}
