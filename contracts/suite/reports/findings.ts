import { SERVER_TROUBLE } from "../report";
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

/** Where it shows: `Find Chat 200 /data/chat/id`. */
export function placeOf({ place, name, evidence }: JsonOutcome): string {
  return place === null ? name : `${place} ${evidence?.pointer ?? ""}`.trimEnd();
}

/** What tells how bad a finding is, as a run or a report has it. */
interface Ranked {
  readonly check: JsonOutcome["check"];
  readonly law?: number | null;
  readonly harm?: number;
  readonly cause?: string;
  readonly evidence?: { readonly what: string; readonly received: unknown } | null;
}

/** Whether it is the trouble that a server is in, and no question of the contract. */
export function isServerTrouble({ cause }: Pick<Ranked, "cause">): boolean {
  return cause === SERVER_TROUBLE;
}

/** Whether it is another success than the documented one. */
export function isStillSuccess({ evidence, check }: Pick<Ranked, "evidence" | "check">): boolean {
  const status = Number(evidence?.received);
  return check === "shape" && evidence?.what === "status" && status >= 200 && status < 300;
}

/** Harm comes before all, meaning before shape, and another success last; among laws, those that others rest on have the lower numbers. */
export function rankOf(outcome: Ranked): number {
  const { law, harm = 0 } = outcome;
  if (isServerTrouble(outcome)) return -500;
  if (typeof law !== "number") return isStillSuccess(outcome) ? 2000 : 1000; // a shape
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
