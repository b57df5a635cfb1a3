import { assumptionTexts } from "../../contract-version";
import type { JsonOutcome, JsonReport } from "./json";

/** One cause, in however many places it shows. */
export interface Finding {
  /** The outcome that tells of it best. */
  readonly outcome: JsonOutcome;
  /** The others. */
  readonly others: readonly JsonOutcome[];
  /** All places in which it shows: `Find Chat 200 /data/chat/id`. */
  readonly places: readonly string[];
  /** What could not be judged for it. */
  readonly hidden: readonly JsonOutcome[];
}

/** What fails, each cause once: meaning before shape, and what does harm first. */
export function failuresIn({ outcomes }: Pick<JsonReport, "outcomes">): Finding[] {
  const failed = outcomes.filter(({ verdict, known }) => verdict === "fail" && !known);
  const doubtful = outcomes.filter(({ verdict, known }) => verdict === "inconclusive" && !known);
  const groups = grouped(failed, ({ cause }) => cause);
  const findings = [...groups].map(([cause, alike]): Finding => {
    const outcome = alike.find(({ evidence }) => evidence?.what === "content-type") ?? (alike[0] as JsonOutcome); // a page explains its status
    const others = alike.filter((one) => one !== outcome);
    const hidden = doubtful.filter((doubt) => doubt.cause === cause);
    return { outcome, others, places: [outcome, ...others].map(placeOf), hidden };
  });
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
    return { id, text: probe?.text ?? assumptionTexts[id], detail: probe?.detail ?? first ?? "", places: own.map(placeOf) };
  });
}

function placeOf({ place, name, evidence }: JsonOutcome): string {
  return place === null ? name : `${place} ${evidence?.pointer ?? ""}`.trimEnd();
}

/** Meaning comes before shape, and harm before all; among laws, those that others rest on have the lower numbers. */
export function rankOf({ law, harm = 0 }: { readonly law?: number | null | undefined; readonly harm?: number | undefined }) {
  if (typeof law !== "number") return 1000; // a shape
  return law - harm * 1000;
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
