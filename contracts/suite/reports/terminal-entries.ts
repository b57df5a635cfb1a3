import { printableText } from "../../client/errors";
import { formatEventTimestamp, formatTimestamp, parseTimestamp } from "../../timestamps";
import { ON_DUPLICATES, ON_MISDELIVERY } from "./advice";
import { fieldOf, isGrave, isOfBehaviour, objectOf, type ReportedContradiction } from "./contradictions";
import { type Finding, grouped, isServerTrouble, isStillSuccess } from "./findings";
import type { JsonDifference } from "./json";
import type { JsonOutcome } from "./json-outcome";
import { counted } from "./number-format";
import { evidenceLine, type FindingLine, findingLines, findingTitle, oneLine } from "./report-text";
import { INDENT, LABEL, type Screen, type ScreenEntry } from "./terminal-layout";

/* What a report for the terminal tells of one thing, in several lengths. */

const MOST_PLACES = 3;
const MOST_OWNERS = 5;
/** What reaches people is accepted in no baseline. */
const UNACCEPTABLE: readonly (string | null)[] = [ON_MISDELIVERY, ON_DUPLICATES];
const MOST_LAWS = 12;

/** Grave contradictions, and where nothing else is told, the first that is about what the server does. */
export function toldInFull(
  contradictions: readonly ReportedContradiction[],
  failures: readonly Finding[],
): readonly ReportedContradiction[] {
  const grave = contradictions.filter(isGrave);
  return grave.length > 0 || failures.length > 0 ? grave : contradictions.slice(0, 1).filter(isOfBehaviour);
}

/** Failures and grave contradictions, what does most harm first; a success of another status comes last. */
export function gravestFirst(
  failures: readonly Finding[],
  grave: readonly ReportedContradiction[],
  screen: Screen,
): ScreenEntry[] {
  const weight = ({ outcome }: Finding): number =>
    isServerTrouble(outcome) || outcome.harm > 0 ? 4 : isStillSuccess(outcome) ? 1 : 2.5;
  const entries = [
    ...failures.map((finding) => [weight(finding), entryOf(finding, screen)] as const),
    ...grave.map((contradiction) => [contradiction.gravity, contradictionEntry(contradiction, screen)] as const),
  ];
  return entries.sort(([one], [other]) => other - one).map(([, entry]) => entry);
}

/** What is only assumed and does harm, as a failure is told. */
function contradictionEntry(contradiction: ReportedContradiction, screen: Screen): ScreenEntry {
  const { outcome, probed, title: does, harm, ids, text, places } = contradiction;
  const { paint, wrap } = screen;
  const what = `${does}${harm === undefined ? "" : `: ${harm}`} (${ids.join(", ")})`;
  const title = `${paint("contradicted", "ASSUMED")} ${paint("bold", wrap(what, INDENT + 1))}`;
  const facts: FindingLine[] = outcome
    ? [...findingLines(outcome), ...alsoIn(places)]
    : [
        ["assumed", text],
        ...(probed?.request ? [["request", probed.request] as const] : []),
        ...(probed?.curl ? [["see it", probed.curl] as const] : []),
      ];
  const command = outcome?.curl ?? probed?.curl;
  const brief = command ? `${title}\n  ${paint("dim", printableText(command))}` : title;
  return [[title, ...factLines(facts, screen), ""].join("\n"), brief, title];
}

/** The request that shows a contradiction, and the command for it. */
export function requestBehind({ outcome, probed }: ReportedContradiction): string | null {
  const last = outcome?.exchanges.at(-1);
  const call = last ? `${last.method} ${last.path} → ${last.status}` : probed?.request;
  return call ? `request: ${call}` : null;
}

/** A value that shows a contradiction; of a time, how the same instant was expected. */
export function exampleOf({ outcome }: ReportedContradiction): string | null {
  const { what, pointer, received, expected } = outcome?.evidence ?? {};
  if (outcome?.check !== "shape" || pointer === "" || what === "required" || typeof received !== "string") return null;
  const instant = parseTimestamp(received);
  const [, sample] = /^a time such as (\S+)/.exec(String(expected)) ?? [];
  if (sample === undefined || Number.isNaN(instant)) return `shown: ${oneLine(received)}`;
  const wanted = sample.includes(".") ? formatTimestamp(instant) : formatEventTimestamp(instant);
  return `shown: ${received} where ${wanted} was expected: the same instant in another form`;
}

/** Fields that are new, each name on a line with all that have it. */
export function addedFields(added: readonly JsonOutcome[]): (string | null)[][] {
  return [...grouped(added, fieldOf)].map(([field, alike]) => {
    const all = [...new Set(alike.map(objectOf))];
    const owners =
      all.length > MOST_OWNERS
        ? `${all.slice(0, MOST_PLACES).join(", ")} and ${all.length - MOST_PLACES} more`
        : all.join(", ");
    const fingerprints = alike.map(({ fingerprint }) => fingerprint).filter((text) => text !== null);
    return [
      `${field} of ${owners}${alike.length > 1 ? `, in ${counted(alike.length, "place")}` : ""}`,
      fingerprints.join(" "),
      alike[0] === added[0] ? (alike[0]?.advice ?? null) : null, // it is the same for all
    ];
  });
}

/** A failure in full, then with one line of evidence and a command, with the evidence alone, and by its title. */
function entryOf(finding: Finding, screen: Screen): ScreenEntry {
  const { outcome } = finding;
  const { paint, wrap, cut } = screen;
  const title = `${paint("fail", "FAIL")} ${wrap(`${findingTitle(finding)}${inPlaces(finding)}${probably(outcome)}`, INDENT + 1)}`;
  const evidence = evidenceLine(outcome);
  const brief = evidence === undefined ? title : `${title}\n${paint("dim", cut(`  ${evidence}`))}`;
  const command = outcome.curl === null ? brief : `${brief}\n  ${paint("dim", seeIt(outcome, outcome.curl))}`;
  return [detail(finding, screen), command, brief, title];
}

function seeIt({ curl_effect: effect, curl_before: before }: JsonOutcome, curl: string): string {
  const told = [before === null ? null : "after another request, which the whole report tells", effect].filter(
    (text) => text !== null,
  );
  return `${told.length === 0 ? "" : `(${told.join("; ")}) `}${printableText(curl)}`;
}

function inPlaces({ places, hidden }: Finding): string {
  const inMore = places.length > 1 ? `, in ${places.length} places` : "";
  return hidden.length > 0 ? `${inMore} (hides ${counted(hidden.length, "check")})` : inMore;
}

function probably({ explained_by: ids }: JsonOutcome): string {
  return ids.length > 0 ? `, probably the same as ${ids.join(", ")}` : "";
}

function detail(finding: Finding, { paint, wrap }: Screen): string {
  const { outcome, places, hidden, suspect, follows } = finding;
  const isAcceptable = outcome.fingerprint !== null && !isServerTrouble(outcome) && !UNACCEPTABLE.includes(outcome.advice);
  const accepting: FindingLine[] = isAcceptable ? [["baseline", String(outcome.fingerprint)]] : [];
  const facts = [
    ...findingLines(outcome, suspect),
    ...alsoIn(places),
    ...hiddenBy(hidden),
    ...following(follows),
    ...accepting,
  ];
  const lines = factLines(facts, { paint, wrap });
  return [`${paint("fail", "FAIL")} ${paint("bold", wrap(findingTitle(finding), INDENT + 1))}`, ...lines, ""].join("\n");
}

function factLines(facts: readonly FindingLine[], { paint, wrap }: Pick<Screen, "paint" | "wrap">): string[] {
  return facts.flatMap(([label, ...texts]) =>
    texts.map((text, i) => {
      const shown = text.startsWith("curl ") ? text : wrap(text, LABEL);
      return `  ${paint("dim", (i === 0 ? label : "").padEnd(LABEL - 2))}${shown}`;
    }),
  );
}

function following(follows: Finding["follows"]): FindingLine[] {
  return follows.length === 0 ? [] : [["with it", ...follows.map(({ id, detail }) => `${id}: ${detail}`)]];
}

/** What follows from a failure, and is told nowhere else. */
function hiddenBy(hidden: readonly JsonOutcome[]): FindingLine[] {
  if (hidden.length === 0) return [];
  if (new Set(hidden.map(({ meaning }) => meaning)).size > 1) {
    const laws = hidden.flatMap(({ law }) => law ?? []).sort((one, other) => one - other);
    const named = laws.length > 0 && laws.length <= MOST_LAWS ? ` (law ${laws.join(", ")})` : "";
    return [["hides", `${counted(hidden.length, "check")} that could not be judged${named}`]];
  }
  const reasons = reasonsOf(hidden).map(([reason, checks]) => `${reason.trim()}${checks === "" ? "" : ` (${checks})`}`);
  return [["hides", ...reasons]];
}

function alsoIn(places: readonly string[]): FindingLine[] {
  const others = places.slice(1);
  if (others.length === 0) return [];
  const shown = others.slice(0, MOST_PLACES);
  const rest = others.length - shown.length;
  return [["also in", ...shown, ...(rest > 0 ? [`and ${counted(rest, "more place")}`] : [])]];
}

export function differenceLines({ meaning, request, pointer, target, mock }: JsonDifference): string[] {
  return [
    meaning,
    `${request.method} ${request.path}, ${pointer === "" ? "the whole" : pointer}`,
    `target ${oneLine(target)}, mock ${oneLine(mock)}`,
  ];
}

/** How many checks were not judged for each reason, the most frequent first; which they are, and what to do. */
export function reasonsOf(outcomes: readonly JsonOutcome[]): [reason: string, checks: string, advice: string | null][] {
  const alike = [...grouped(outcomes, ({ meaning }) => meaning ?? "")].sort(([, one], [, other]) => other.length - one.length);
  return alike.map(([reason, all]) => {
    const laws = all.flatMap(({ law }) => law ?? []).join(", ");
    const names = [laws === "" ? [] : `law ${laws}`, all.filter(({ law }) => law === null).map(({ name }) => name)].flat();
    return [
      `${String(all.length).padStart(3)} ${all.length === 1 ? "check" : "checks"}: ${reason}`,
      names.join("; "),
      all[0]?.advice ?? null,
    ];
  });
}
