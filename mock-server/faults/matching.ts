import { Random } from "../../contracts/random";
import { parseTimestamp } from "../../contracts/timestamps";
import type { ArmedFault } from "../world/armed-faults";
import type { WorldEvent } from "../world/events";
import type { Chat, FaultRule, Subscription } from "../world/model";
import type { World } from "../world/world";

const DRAWS = 0x1_0000_0000;
const DEFAULT_MS = 5000;

/** A call of an API, as far as rules ask about it. */
export interface FaultedCall {
  readonly operation: string;
  /** GET also for a HEAD. */
  readonly method: string;
  /** What the paths of its version start with. */
  readonly prefix: string;
  /** Below the prefix, without its query. */
  readonly path: string;
  readonly token: string;
  /** Everybody whom it has to do with, lines included. Asked for by rules that name somebody, once: bodies may be large. */
  readonly people: () => ReadonlySet<string>;
}

/** A rule whose turn it is. */
export interface Triggered {
  readonly rule: FaultRule;
  /** From 0 up to 1: where in a range it lies. */
  readonly share: number;
}

/** The armed faults of answers, or of webhooks, that match one and whose turn it is. The same --seed gives the same each time. */
export function trigger(world: World, affected: "answers" | "webhooks", matches: (rule: FaultRule) => boolean): Triggered[] {
  return world.faults
    .of(affected)
    .filter(({ rule }) => matches(rule))
    .flatMap((fault) => {
      const isOver = isSpent(fault, world.clock.now());
      fault.matches += 1;
      const chance = new Random(fault.matches, ...codesOf(world.settings.randomSeed ?? ""), ...codesOf(fault.rule.name));
      const isInTime = hasBegun(fault, world.clock.now()) && !isOver;
      if (!isItsTurn(fault, chance.next() / DRAWS) || !isInTime) return [];
      fault.hits += 1;
      return [{ rule: ofItsTurn(fault), share: chance.next() / DRAWS }];
    });
}

/** Whether a rule has begun to act. */
function hasBegun({ rule: { nth = 1, after = nth }, matches }: ArmedFault, now: number): boolean {
  return typeof after === "number" ? matches >= after : now >= parseTimestamp(after);
}

/** How many more of what a rule means it may act on; null where it does not count them. */
export function leftOf({ rule: { nth, first = nth, until = first, sequence }, matches }: ArmedFault): number | null {
  const most = typeof until === "number" ? until : sequence?.length;
  return most === undefined ? null : Math.max(0, most - matches);
}

/** Whether a rule will never act again, as far as it knows at an instant. */
export function isSpent(fault: ArmedFault, now: number): boolean {
  const { until } = fault.rule;
  return leftOf(fault) === 0 || (typeof until === "string" && now >= parseTimestamp(until));
}

/** The rule as it acts this time. */
function ofItsTurn({ rule, matches }: ArmedFault): FaultRule {
  const status = rule.sequence?.[matches - 1];
  return status === undefined ? rule : { ...rule, status };
}

const LEAST_ERROR = 400;

function isItsTurn({ rule: { every, probability, sequence }, matches }: ArmedFault, draw: number): boolean {
  if (sequence !== undefined) return (sequence[matches - 1] ?? 0) >= LEAST_ERROR;
  if (every !== undefined) return matches % every === 0;
  return probability === undefined || draw < probability;
}

function codesOf(text: string): number[] {
  return [...text].map((character) => character.codePointAt(0) ?? 0);
}

export function matchesCall(rule: FaultRule, call: FaultedCall): boolean {
  const { fault, operation, method, path, token } = rule;
  if (operation !== undefined && !operation.some((wanted) => wanted === call.operation)) return false;
  if (method !== undefined && method !== call.method) return false;
  if (fault === "stale-read" && call.method !== "GET") return false;
  if (token !== undefined && token !== call.token) return false;
  if (path !== undefined && !matchesGlob(path, call.path) && !matchesGlob(path, `${call.prefix}${call.path}`)) return false;
  return matchesPeople(rule, call.people);
}

/** Whether a text is one that a pattern means, in which * stands for anything. */
export function matchesGlob(pattern: string, text: string): boolean {
  const [start = "", ...others] = pattern.split("*");
  const end = others.pop();
  if (end === undefined) return text === start;
  if (!text.startsWith(start) || !text.endsWith(end)) return false;
  let at = start.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - end.length;
}

/** An event as a version of the API calls it, on its way to a subscription. */
export interface FaultedWebhook {
  readonly event: WorldEvent;
  readonly type: string;
  readonly version: string;
  readonly subscription: Subscription;
}

export function matchesWebhook(rule: FaultRule, { event, type, version, subscription }: FaultedWebhook): boolean {
  if (rule.event !== undefined && rule.event !== type) return false;
  if (rule.version !== undefined && rule.version !== version) return false;
  if (rule.subscription !== undefined && !meansSubscription(rule.subscription, subscription)) return false;
  return matchesPeople(rule, () => peopleOfEvent(event));
}

/** Whether an id, or a URL in which * stands for anything, means a subscription. */
export function meansSubscription(written: number | string, { id, url }: Pick<Subscription, "id" | "url">): boolean {
  return typeof written === "number" ? written === id : matchesGlob(written, url);
}

function matchesPeople({ line, participant }: FaultRule, peopleOf: () => ReadonlySet<string>): boolean {
  return [line, participant].every((one) => one === undefined || peopleOf().has(one));
}

function peopleOfEvent(event: WorldEvent): ReadonlySet<string> {
  switch (event.kind) {
    case "contact.created":
    case "contact.updated":
    case "contact.deleted":
      return new Set([event.contact.phoneNumber, event.contact.email?.toLowerCase()].filter((one) => one != null));
    case "call.completed":
      return new Set([event.call.from, event.call.to]);
    case "line.updated":
    case "line.reputation_changed":
    case "contact_card.created":
    case "contact_card.updated":
    case "contact_card.deleted":
      return new Set([event.line.phoneNumber]);
    case "subscription.created":
    case "subscription.updated":
    case "subscription.deleted":
      return new Set();
    case "participant.added":
    case "participant.removed":
      return new Set([...peopleOfChat(event.chat), event.participant]);
    default:
      return new Set(peopleOfChat(event.chat));
  }
}

/** Everybody who is in a chat, its line included. */
export function peopleOfChat({ line, handles }: Chat): string[] {
  return [line, ...handles.map(({ identifier }) => identifier)];
}

/** How long a rule says; of a range, the part that `share` (0 to 1) points to. */
export function milliseconds({ ms = DEFAULT_MS, max_ms: most = ms }: FaultRule, share: number): number {
  return Math.round(ms + (most - ms) * share);
}

/** Rules as headers and logs show them: the name of each, and its fault where the name does not say it. */
export function describeRules(rules: readonly FaultRule[]): string {
  return rules.map(({ name, fault }) => (name === fault ? name : `${name} (${fault})`)).join(", ");
}
