import type { Sandbox } from "../state/sandbox";
import type { Sandboxes } from "../state/sandboxes";

/** What a call of the mock's own API acts on. */
export interface ControlContext {
  /** The sandbox in the base URL, else the default one. */
  readonly sandbox: Sandbox;
  readonly sandboxes: Sandboxes;
}

/** One call of the mock's own API. */
export type ControlRoute = (context: ControlContext) => ControlReply;

export interface ControlReply {
  readonly status: 200 | 204;
  readonly body?: object;
}
