import { type AnyAssumptionId, assumptionTexts } from "../../contract-version";
import { ONLY_ASSUMED } from "../report";
import { grouped, placeOf } from "./findings";
import type { JsonReport } from "./json";
import type { JsonOutcome } from "./json-outcome";

type Probed = JsonReport["assumptions"][number];

/** Something that is only assumed, and the server does otherwise. */
export interface ReportedContradiction {
  readonly ids: readonly AnyAssumptionId[];
  /** What the server does, as a sentence. */
  readonly title: string;
  /** What may come of it, where that is known. */
  readonly harm: string | undefined;
  /** 3: people are reached who were not meant, or others get in; 2: what programs rely on; 0: how something is said. */
  readonly gravity: number;
  /** What is assumed. */
  readonly text: string;
  readonly places: readonly string[];
  /** What shows it: a check, or else a probe. */
  readonly outcome: JsonOutcome | undefined;
  readonly probed: Probed | undefined;
}

type Reports = Pick<JsonReport, "outcomes" | "assumptions">;

/** From here on it is told as a failure is. */
const GRAVE = 2;

export function isGrave({ gravity }: ReportedContradiction): boolean {
  return gravity >= GRAVE;
}

/** Whether it is about what the server does, and not only how it says it. */
export function isOfBehaviour({ gravity }: ReportedContradiction): boolean {
  return gravity > 0;
}

/** Whether it is worse than what most failures do. */
export function isWorst({ gravity }: ReportedContradiction): boolean {
  return gravity > GRAVE;
}

/** By the assumption and by what the server does; the first that fits. */
const harms: readonly (readonly [id: AnyAssumptionId, does: RegExp, gravity: number, harm: string])[] = [
  ["A-find-match", /people who were not asked for/, 3, "messages can reach the wrong people"],
  ["A-find-match", /without people who were asked for/, 3, "messages can miss people whom they are for"],
  ["A-auth-everywhere", /needs no token/, 3, "whoever has no token gets in"],
  ["A-idempotency-scope", /twice|again/, 3, "people can get a message twice"],
  ["A-idempotency-create", /twice|again/, 3, "people can get a message twice"],
  ["A-always-present", /^every\b/, 2, "whatever reads it breaks"],
];

/** What is about how something is said, and not about what. */
const MILD: readonly AnyAssumptionId[] = [
  "A-extra-fields",
  "A-time-form",
  "A-error-wording",
  "A-auth-envelope",
  "A-contact-empty",
  "A-create-success",
  "A-number-display",
];

/** What is only assumed, and the server contradicts: each thing that it does otherwise once, what does harm first. */
export function contradictionsIn({ outcomes, assumptions }: Reports): ReportedContradiction[] {
  const shown = outcomes.filter(({ verdict, known }) => verdict === "contradicted" && !known);
  const added = addedIn({ outcomes });
  const lacking = shown.filter(({ check, evidence }) => check === "shape" && evidence?.what === "required");
  const lacks = [...grouped(lacking, objectOf)].map(([object, fields]): Lack => {
    const missing = new Set(fields.map(fieldOf));
    const alike = new Set(lacking.filter((outcome) => missing.has(fieldOf(outcome))).map(objectOf));
    const elsewhere = new Set(added.filter((outcome) => !alike.has(objectOf(outcome))).map(fieldOf));
    const instead = added.filter((outcome) => objectOf(outcome) === object && !elsewhere.has(fieldOf(outcome)));
    return lackOf(fields, instead);
  });
  const objects = [...grouped(lacks, renaming).values()].map(ofObjects);
  const seen = shown.filter((outcome) => outcome.evidence !== null && !lacking.includes(outcome));
  const checked = [...grouped(seen, keyOf).values()].map(ofChecks);
  const told = new Set([...objects, ...checked].flatMap(({ ids }) => ids));
  if (added.length > 0) told.add("A-extra-fields"); // each of them is listed
  const probed = assumptions
    .filter(({ id, outcome, follows_from: failure }) => outcome === "contradicted" && failure === null && !told.has(id))
    .map(ofProbe);
  for (const { ids } of probed) for (const id of ids) told.add(id);
  const rest = shown.filter(({ evidence, assumptions: ids }) => evidence === null && !ids.some((id) => told.has(id)));
  const others = [...grouped(rest, ({ assumptions: ids }) => ids.join()).values()].map(ofChecks);
  return [...objects, ...checked, ...probed, ...others].sort((one, other) => other.gravity - one.gravity);
}

/** All assumptions that the server contradicts, those left out that are told with a failure or as fields that are added. */
export function contradictedIds(report: Reports): Set<AnyAssumptionId> {
  return new Set(contradictionsIn(report).flatMap(({ ids }) => ids));
}

/** What the server shows and the contract does not know. */
export function addedIn({ outcomes }: Pick<JsonReport, "outcomes">): JsonOutcome[] {
  return outcomes.filter(({ verdict, known }) => verdict === "added" && !known);
}

/** The schema that a clause of the contract is in: `Chat`. */
export function objectOf({ clause, operation }: JsonOutcome): string {
  return /^#\/components\/schemas\/(\w+)/.exec(clause)?.[1] ?? operation;
}

export function fieldOf({ evidence }: JsonOutcome): string {
  return `\`${evidence?.pointer.split("/").at(-1)}\``;
}

/** What an object lacks, and what it has instead: what other objects that lack nothing have, too, is not that. */
interface Lack {
  readonly missing: readonly [JsonOutcome, ...JsonOutcome[]];
  readonly fields: readonly string[];
  readonly instead: readonly string[];
  readonly isEverywhere: boolean;
}

function lackOf(missing: readonly JsonOutcome[], added: readonly JsonOutcome[]): Lack {
  const isEverywhere = missing.every(({ evidence }) => evidence?.everywhere === true);
  const instead = isEverywhere ? [...new Set(added.map(fieldOf))] : [];
  return { missing: missing as Lack["missing"], fields: [...new Set(missing.map(fieldOf))], instead, isEverywhere };
}

/** A field that is called otherwise in several objects was renamed once. */
function renaming({ missing: [first], fields, instead }: Lack): string {
  return instead.length > 0 ? `${fields.join()} ${instead.join()}` : objectOf(first);
}

function ofObjects(alike: readonly Lack[]): ReportedContradiction {
  const [{ fields, instead, isEverywhere }] = alike as readonly [Lack];
  const missing = alike.flatMap((lack) => lack.missing);
  const nouns = alike.map((lack) => nounOf(objectOf(lack.missing[0])));
  const operations = new Set(missing.map((one) => one.place ?? one.operation)).size;
  const where = `${operations} ${operations === 1 ? "operation" : "operations"}`;
  const has = instead.length > 0 ? ` and has ${instead.join(", ")} instead` : "";
  const renamed = instead.length === 1 && fields.length === 1 ? ", perhaps renamed" : "";
  const title = `${isEverywhere ? "every" : "some"} ${listed(nouns)} lacks ${fields.join(", ")}${has} (${where})${renamed}`;
  const ids: AnyAssumptionId[] = instead.length > 0 ? ["A-always-present", "A-extra-fields"] : ["A-always-present"];
  return { ...judged(ids, title), places: missing.map(placeOf), outcome: missing[0], probed: undefined };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** `ChatHandle` is a chat handle. */
function nounOf(object: string): string {
  return object.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

function ofChecks(alike: readonly JsonOutcome[]): ReportedContradiction {
  const [outcome] = alike as readonly [JsonOutcome];
  return { ...judged(outcome.assumptions, doneBy(outcome)), places: alike.map(placeOf), outcome, probed: undefined };
}

/** One thing that the server does; ways of saying something are one thing for each assumption. */
function keyOf(outcome: JsonOutcome): string {
  const ids = outcome.assumptions;
  if (!ids.every((id) => MILD.includes(id))) return `${ids.join()} ${doneBy(outcome)}`;
  const isOfEvents = ids.includes("A-time-form") && outcome.id.startsWith("shape-event-"); // how they write times is another matter
  return isOfEvents ? `${ids.join()} of events` : ids.join();
}

/** What the server does, by a check that has seen it. */
function doneBy({ law, place, name, meaning }: JsonOutcome): string {
  const does = (meaning ?? name).replace(ONLY_ASSUMED, "");
  return law === null ? `${place ?? name}: ${does}` : does;
}

function ofProbe(probed: Probed): ReportedContradiction {
  return { ...judged([probed.id], probed.detail), text: probed.text, places: [], outcome: undefined, probed };
}

function judged(ids: readonly AnyAssumptionId[], title: string) {
  const [, , gravity, harm] = harms.find(([id, does]) => ids.includes(id) && does.test(title)) ?? [];
  const usual = ids.every((id) => MILD.includes(id)) ? 0 : 1;
  return { ids, title, harm, gravity: gravity ?? usual, text: ids.map((id) => assumptionTexts[id]).join(" ") };
}
