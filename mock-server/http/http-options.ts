/** Who may talk to the edge. */
export interface HttpOptions {
  readonly tokens: readonly string[];
  readonly origins: readonly string[];
  readonly hosts: readonly string[];
  /** Required by `/__mock` when set. */
  readonly controlToken: string | undefined;
  /** Whether `/__mock` is closed because the server can be reached from other machines and no control token is set. */
  readonly controlClosed: boolean;
}
