import type { HttpClient, HttpClientOptions } from "../client/http-client";
import type { ClientTime } from "../client/pace";
import type { AllowedKind } from "../client/request-kinds";

export type Demands = "all" | "documented";

export interface ContractOptions {
  /** The base URL: `https://api.linqapp.com`. */
  readonly target: string;
  readonly token: string;
  /**
   * Whether the target is a mock of our own, which no one else uses: then everything is allowed, people are made up, nothing is paced
   * and nothing is asked twice.
   */
  readonly isOwnMock: boolean;
  /**
   * What has to hold: all that the contract says, or what is documented or was observed, so that what is only assumed can be
   * contradicted and does not fail. Default: all of a mock of our own, what is documented of any other server.
   */
  readonly demands?: Demands | undefined;
  /** An own line, in any form that the API reads. Default: the first of the account. */
  readonly line?: string | undefined;
  /** A line whose forwarding may be changed for a moment. */
  readonly spareLine?: string | undefined;
  /** The id of a chat of the line to ask about. Default: any. */
  readonly chat?: number | undefined;
  /** The id of a contact to ask about. Default: any. */
  readonly contact?: number | undefined;
  /** What may be done beside reading. Default: nothing. */
  readonly allow?: readonly AllowedKind[];
  /** Who may be sent messages, in any form that the API reads. */
  readonly recipients?: readonly string[];
  /** Requests per second. Default: 4 at first, up to 10 as the answers allow; as many as it takes of a server on this machine. */
  readonly rate?: number | undefined;
  /** How long an answer may take, in ms. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Where the target reaches the receiver of webhooks, when that is not on the same machine. */
  readonly webhookUrl?: string | undefined;
  /** The port on this machine that the receiver listens on. Default: 0, any. */
  readonly webhookPort?: number | undefined;
  /** For how long an event is waited for, in ms. Default: 30,000; 5,000 on a mock of our own. */
  readonly eventTimeoutMs?: number | undefined;
  /** What random choices follow from: which of several chats is asked about. Default: 1. */
  readonly seed?: number | undefined;
  /** Where the ledger is kept. Default: in memory. */
  readonly ledgerFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with how many of the checks are done. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly time?: ClientTime;
  /** What takes requests to the target. Default: HTTP. */
  readonly connect?: (options: HttpClientOptions) => Pick<HttpClient, "send">;
}

export function demandsOf({ isOwnMock, demands }: Pick<ContractOptions, "isOwnMock" | "demands">): Demands {
  return demands ?? (isOwnMock ? "all" : "documented");
}
