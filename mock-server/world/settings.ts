import type { FileVault } from "./attachments";
import type { ClockSetting } from "./clock-setting";
import type { Memory } from "./memory-limits";
import type { FaultRule } from "./model";
import type { PermanentWebhook } from "./subscriptions";

export const WEBHOOK_ORDERS = ["as-sent", "in-order"] as const;
/** Whether the deliveries of a subscription are under way together, as the vendor's are, or one by one, so that they arrive in order. */
export type WebhookOrder = (typeof WEBHOOK_ORDERS)[number];

export const PAGINATIONS = ["refuse", "clamp"] as const;
/** Whether a page that cannot be is refused, or taken for the nearest that can. */
export type Pagination = (typeof PAGINATIONS)[number];
/** What holds for a world from its beginning. */
export interface WorldSettings {
  readonly clock: ClockSetting;
  /** What the unpredictable follows from; undefined when it is to be unpredictable. */
  readonly randomSeed: string | undefined;
  /** What trace ids of V3 are made with: what the unpredictable follows from, else another in each run. */
  readonly traceKey: string;
  /** What the UUIDs of V3 are made with, so that those of other sandboxes mean nothing here. */
  readonly idKey: string;
  /** Whether calls are limited as the vendor limits them. */
  readonly rateLimits: boolean;
  /** Whether the limits of the vendor's sandbox hold: people must write first, and there is a quota for each day. */
  readonly vendorSandbox: boolean;
  /** Whether what is sent by one version of the API is not shown by the other. */
  readonly isolateVersions: boolean;
  /** Hosts that webhooks may go to, beside this machine. */
  readonly webhookHosts: readonly string[];
  readonly webhookOrder: WebhookOrder;
  /** Whether other machines can reach the mock; webhooks then go to those hosts alone. */
  readonly reachable: boolean;
  /** The webhooks that are told everything, in whatever world. */
  readonly webhooks: readonly PermanentWebhook[];
  /** What is kept is kept in here, and uploads in the vault. */
  readonly memory: Memory;
  readonly vault: FileVault;
  /** The base URL of the sandbox, as it was reached last; without a slash at the end. */
  readonly address: { readonly url: string };
  readonly pagination: Pagination;
  /** What goes wrong from the beginning, beside what the seed says. */
  readonly faults: readonly FaultRule[];
}
