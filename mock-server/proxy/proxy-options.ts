import type { Kind } from "../../contracts/client/kinds";
import type { ClientTime } from "../../contracts/client/pace";
import type { FallbackMock } from "./fallback/fallback-mock";
import type { ProxiedExchange } from "./proxied-exchange";

/** What a proxy is told about the target, and about what may reach it. */
export interface ProxyOptions {
  /** The base URL: `https://api.linqapp.com`. */
  readonly target: string;
  /** Takes the place of the callers' tokens. Default: each keeps its own. */
  readonly token?: string | undefined;
  /** What may be done beside reading. Default: nothing. */
  readonly allow?: readonly Exclude<Kind, "read">[];
  /** Who may be reached, in any form that the API reads. */
  readonly recipients?: readonly string[];
  /** Requests to the target per second. Default: as many as come. */
  readonly rate?: number | undefined;
  /** How long an answer may take, in ms. Default: 30,000. */
  readonly timeoutMs?: number | undefined;
  /** Whether an answer that holds what the contract does not know breaks it. */
  readonly strict?: boolean;
  /** Answers what it knows, and leaves the rest to the target. */
  readonly fallback?: FallbackMock | undefined;
  /** Told of each call that went to the target, when it is over. */
  readonly onExchange?: ((exchange: ProxiedExchange) => void) | undefined;
  readonly time?: ClientTime;
}
