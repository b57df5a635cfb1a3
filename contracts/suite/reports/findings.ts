import { assumptions as texts } from "../../generated/v2/assumptions";
import { operations } from "../../generated/v2/operations";
import type { JsonOutcome, JsonReport } from "./json";

/** One cause, in however many places it shows. */
export interface Finding {
  /** The outcome that tells of it best. */
  readonly outcome: JsonOutcome;
  /** All places in which it shows: `Find Chat 200 /data/chat/id`. */
  readonly places: readonly string[];
}

/** What fails, each cause once: meaning before shape, and what does harm first. */
export function failuresIn({ outcomes }: Pick<JsonReport, "outcomes">): Finding[] {
  const failed = outcomes.filter(({ verdict, known }) => verdict === "fail" && !known);
  const groups = grouped(failed, causeOf);
  const findings = [...groups.values()].map((alike) => ({ outcome: alike[0] as JsonOutcome, places: alike.map(placeOf) }));
  return findings.sort((one, other) => rankOf(one.outcome) - rankOf(other.outcome));
}

/** What is only assumed, and the server contradicts: each assumption once, with what it does and in how many places. */
export function contradictionsIn({ outcomes, assumptions }: Pick<JsonReport, "outcomes" | "assumptions">): {
  readonly id: string;
  readonly text: string;
  readonly detail: string;
  readonly places: readonly string[];
}[] {
  const shown = outcomes.filter(({ verdict, known }) => verdict === "contradicted" && !known);
  const probed = assumptions.filter(({ outcome }) => outcome === "contradicted");
  const ids = new Set([...probed.map(({ id }) => id), ...shown.flatMap((outcome) => outcome.assumptions)]);
  return [...ids].map((id) => {
    const own = shown.filter((outcome) => outcome.assumptions.includes(id));
    const probe = probed.find((assumption) => assumption.id === id);
    const first = own[0] && `${own[0].name}: ${own[0].meaning}`;
    return { id, text: probe?.text ?? texts[id], detail: probe?.detail ?? first ?? "", places: own.map(placeOf) };
  });
}

/** What has the same cause: a demand of the contract that is broken wherever it stands, or the same odd status. */
function causeOf({ id, check, clause, evidence }: JsonOutcome): string {
  if (check !== "shape" || !evidence) return id;
  const { what, received } = evidence;
  return what === "status" || what === "content-type" ? `${what} ${String(received)}` : `${what} ${clause}`;
}

function placeOf({ check, operation, id, name, evidence }: JsonOutcome): string {
  if (check !== "shape") return name;
  const event = /^shape-event-([a-z_.]+)/.exec(id)?.[1];
  const status = /^shape-\w+-(\d+)/.exec(id)?.[1];
  const what = event === undefined ? `${operations[operation].title} ${status}` : `the event ${event}`;
  return `${what} ${evidence?.pointer ?? ""}`.trimEnd();
}

/** Laws whose breach does harm, whatever else is wrong: secrets are shown, and no token is needed. */
const HARMFUL = [36, 24, 25];

/** Meaning comes before shape, and harm before all; among laws, those that others rest on have the lower numbers. */
export function rankOf({ law }: { readonly law?: number | null | undefined }): number {
  if (typeof law !== "number") return 1000; // a shape
  const harm = HARMFUL.indexOf(law);
  return harm < 0 ? 100 + law : harm;
}

/** Things by what they have in common, in the order of the first of each. */
export function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}
