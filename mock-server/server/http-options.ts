/** Who may talk to the edge. */
export interface HttpOptions {
  /** The only tokens that are accepted, beside those of sandboxes; any when empty. */
  readonly tokens: readonly string[];
  /** Origins of web pages that may read answers, beside pages of this machine; `off` allows none, `*` all. */
  readonly origins: readonly string[];
  /** Host names that are served beside those of this machine. */
  readonly hosts: readonly string[];
  /** Required by `/__mock` when set. */
  readonly controlToken: string | undefined;
  /** Whether the server was made reachable for other machines. */
  readonly reachable: boolean;
}
