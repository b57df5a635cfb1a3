import type { Kind } from "../../client/kinds";
import type { KnownAccount } from "../../client/known-account";
import type { Ledger } from "../cleanup/ledger";

/** What a run may do. */
export interface Permissions {
  readonly kinds: ReadonlySet<Kind>;
  /** Who may be reached, in E.164 or as an e-mail address; `anyone` on a mock of our own. */
  readonly recipients: ReadonlySet<string> | "anyone";
  /** The line whose forwarding may be changed. */
  readonly spareLine: string | undefined;
  /** The chat that people may see signs of life in, when no recipients are named. */
  readonly visibleChat: number | undefined;
  /** Where webhooks may be sent to: the beginning of a URL. */
  readonly webhookUrl: string | undefined;
}

/** What the guards of the transport judge by. */
export interface Rules extends Permissions {
  readonly known: KnownAccount;
  readonly ledger: Ledger;
  /** Reads a chat again, for who is in it now; undefined when there is none. */
  readChat(id: number): Promise<ReadonlySet<string> | undefined>;
}
