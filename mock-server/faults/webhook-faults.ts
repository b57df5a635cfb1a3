import { BAD_SIGNATURE, type WebhookFaultKind } from "../../fixtures/resolve/fault-kinds";
import type { WebhookEffect } from "../world/delivery-log";
import type { FaultRule } from "../world/model";
import type { World } from "../world/world";
import { describeRules, type FaultedWebhook, matchesWebhook, milliseconds, trigger } from "./matching";

/** What a fault adds to the effect of those before it. `share`, from 0 up to 1, is where in a range it lies. */
type WebhookFault = (effect: WebhookEffect, rule: FaultRule, share: number) => WebhookEffect;

/** The faults of webhooks, by their names in a rule. */
const webhookFaults: Readonly<Record<WebhookFaultKind, WebhookFault>> = {
  "webhook-drop": (effect) => ({ ...effect, copies: 0 }),
  // once more for each rule: to double what the rules before it have doubled would never end; what is dropped stays so
  "webhook-duplicate": (effect) => ({ ...effect, copies: effect.copies === 0 ? 0 : effect.copies + 1 }),
  "webhook-reorder": (effect, rule) => ({ ...effect, waitsMs: (effect.waitsMs ?? 0) + milliseconds(rule, 0) }),
  "webhook-delay": (effect, rule, share) => ({ ...effect, delayMs: effect.delayMs + milliseconds(rule, share) }),
  [BAD_SIGNATURE]: (effect) => ({ ...effect, isSignedWell: false }),
};

/** What faults do to a webhook on its way to a subscription; undefined when none does anything. */
export function effectOnWebhook(world: World, webhook: FaultedWebhook): WebhookEffect | undefined {
  const isSigned = webhook.subscription.secret !== null;
  const triggered = trigger(
    world,
    "webhooks",
    (rule) => matchesWebhook(rule, webhook) && (isSigned || rule.fault !== BAD_SIGNATURE),
  );
  if (triggered.length === 0) return undefined;
  return triggered.reduce<WebhookEffect>(
    (effect, { rule, share }) => webhookFaults[rule.fault as WebhookFaultKind](effect, rule, share), // a world keeps them apart
    {
      faults: describeRules(triggered.map(({ rule }) => rule)),
      copies: 1,
      delayMs: 0,
      waitsMs: undefined,
      isSignedWell: true,
    },
  );
}
