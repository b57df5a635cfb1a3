import { operationTitle } from "../../contract-version";
import { fieldIn } from "../../json-pointer";
import { SERVER_TROUBLE } from "../report";
import type { JsonReport } from "./json";
import type { JsonOutcome } from "./json-outcome";
import { failingChanges } from "./outage";
import { typeChangeOf, typeChangeTitle } from "./type-changes";

/** The end of a note on times that are whole hours apart. */
export const OTHER_ZONE = "a time zone or daylight-saving fault";

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
  /** Where answers were compared of which either may be wrong, the operation that differs from all others. */
  readonly suspect: string | undefined;
  /** What is only assumed, and otherwise for the same cause. */
  readonly follows: JsonReport["assumptions"];
  /** What it is, where one outcome would tell of a part alone. */
  readonly title: string | undefined;
}

/** What fails, each cause once: meaning before shape, and what does harm first. */
export function failuresIn({
  outcomes,
  assumptions,
  answers,
}: Pick<JsonReport, "outcomes" | "assumptions" | "answers">): Finding[] {
  const failed = outcomes.filter(({ verdict, known }) => verdict === "fail" && !known);
  const doubtful = outcomes.filter(({ verdict, known }) => verdict === "inconclusive" && !known);
  const groups = [...grouped(failed, causeOf).values()].flatMap((alike) => {
    const isOne = pairsIn(alike).size < 2 || suspectOf(alike) !== undefined;
    return isOne ? [alike] : [...grouped(alike, ({ cause }) => cause).values()];
  });
  const findings = groups.map((alike): Finding => {
    const outcome = alike.find(({ evidence }) => evidence?.what === "content-type") ?? (alike[0] as JsonOutcome); // a page explains its status
    const others = alike.filter((one) => one !== outcome);
    const hidden = doubtful.filter((doubt) => alike.some(({ cause }) => cause === doubt.cause));
    const follows = assumptions.filter((assumption) => alike.some(({ id }) => id === assumption.follows_from));
    const common = { outcome, others, hidden, suspect: suspectOf(alike), follows };
    if (!isServerTrouble(outcome))
      return { ...common, places: [outcome, ...others].map(placeOf), title: typeChangeTitle(alike) };
    const failing = answers.failing_operations.filter((operation) => operation !== outcome.operation);
    return { ...common, places: [outcome.operation, ...failing].map(operationTitle), title: outageTitle(answers) };
  });
  return findings.sort((one, other) => rankOf(one.outcome) - rankOf(other.outcome));
}

function outageTitle(answers: JsonReport["answers"]): string | undefined {
  const changes = failingChanges(answers);
  return changes && `${changes}: the server is failing`;
}

/** What differs in one field and in one way has one cause, whichever answers were compared. */
function causeOf(outcome: JsonOutcome): string {
  const { cause, evidence } = outcome;
  const change = typeChangeOf(outcome);
  if (change) return `${change.family} ${change.documented} ${change.received}`;
  return evidence?.between ? `${fieldIn(evidence.pointer)} ${evidence.note}` : cause;
}

function pairsIn(alike: readonly JsonOutcome[]): Map<string, readonly string[]> {
  const pairs = alike.flatMap(({ evidence }) => (evidence?.between ? [evidence.between] : []));
  return new Map(pairs.map((pair) => [pair.toSorted().join(), pair]));
}

function suspectOf(alike: readonly JsonOutcome[]): string | undefined {
  const [first = [], ...others] = pairsIn(alike).values();
  const common = first.filter((operation) => others.every((pair) => pair.includes(operation)));
  return others.length > 0 && common.length === 1 ? common[0] : undefined;
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
  readonly evidence?: { readonly what: string; readonly received: unknown; readonly note?: string | null } | null;
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

/**
 * Harm comes before all, meaning before shape, and another success last; among laws, those that others rest on have the lower numbers,
 * and times in another zone, which make what is asked by time look wrong, come first.
 */
export function rankOf(outcome: Ranked): number {
  const { law, harm = 0, evidence } = outcome;
  if (isServerTrouble(outcome)) return -500;
  if (typeof law !== "number") return isStillSuccess(outcome) ? 2000 : 1000; // a shape
  if (harm === 0 && evidence?.note?.includes(OTHER_ZONE)) return 0;
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
