import type { FaultRule } from "../world/model";

/** What becomes of a webhook on its way to one subscription. */
export interface WebhookFate {
  /** How often it is sent: 0, 1 or more. */
  readonly copies: number;
  /** How late it comes, in milliseconds of the sandbox's clock. */
  readonly delayMs: number;
  /** How much longer it waits for the next one to pass it; undefined when it does not. */
  readonly waitsMs: number | undefined;
  /** Whether its signature is that of its body. */
  readonly isSignedWell: boolean;
}

/** What a fault makes of it. `share`, from 0 up to 1, is where in a range it lies. */
export type WebhookFault = (fate: WebhookFate, rule: FaultRule, share: number) => WebhookFate;
