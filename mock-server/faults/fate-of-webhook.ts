import { BAD_SIGNATURE } from "../../fixtures/resolve/fault-kinds";
import type { WorldEvent } from "../world/events";
import type { FaultRule, Subscription } from "../world/model";
import type { World } from "../world/world";
import { describeRules } from "./describe-rules";
import { meansPeople } from "./means-people";
import { peopleOfEvent } from "./people-of-event";
import { strike } from "./strike";
import type { WebhookFate } from "./webhook-fate";
import { webhookFaults } from "./webhooks/index";

const UNDISTURBED: WebhookFate = { copies: 1, delayMs: 0, waitsMs: undefined, isSignedWell: true };

/** What becomes of a webhook on its way to a subscription, and by which faults; undefined when it is left alone. */
export function fateOfWebhook(
  world: World,
  event: WorldEvent,
  type: string,
  { secret }: Subscription,
): (WebhookFate & { readonly faults: string }) | undefined {
  const strikes = world.faults.webhooks
    .filter(({ rule }) => meansEvent(rule, event, type) && (secret !== null || rule.fault !== BAD_SIGNATURE))
    .flatMap((fault) => strike(fault, world.settings.randomSeed ?? "") ?? []);
  if (strikes.length === 0) return undefined;
  const fate = strikes.reduce(
    (before, { rule, share }) => webhookFaults[rule.fault as keyof typeof webhookFaults](before, rule, share),
    UNDISTURBED,
  );
  return { ...fate, faults: describeRules(strikes.map(({ rule }) => rule)) };
}

function meansEvent(rule: FaultRule, event: WorldEvent, type: string): boolean {
  const { event: wanted } = rule;
  return (wanted === undefined || wanted === type) && meansPeople(rule, () => peopleOfEvent(event));
}
