import { printableText } from "../../client/errors";
import { operationTitle } from "../../contract-version";
import { operations } from "../../generated/v2/operations";
import { fieldIn, pointerParts } from "../../json-pointer";
import { type Finding, isServerTrouble, isStillSuccess } from "./findings";
import type { JsonReport } from "./json";
import type { JsonExchange, JsonOutcome } from "./json-outcome";
import { counted, duration } from "./number-format";

/* What the reports for people have in common. */

const MOST_CHARACTERS = 400;
const FEW_CHARACTERS = 40;

/** What was asked, for people. */
export function targetOf({ target, is_own_mock }: JsonReport): string {
  return target === null ? "a recording" : is_own_mock ? "a mock of its own" : target;
}

export function totalRequests({ requests }: JsonReport): string {
  return counted(
    Object.values(requests).reduce((sum, count) => sum + count, 0),
    "request",
  );
}

/** A fact about a finding: its label, and what there is to say, one thing a line. */
export type FindingLine = readonly [label: string, ...texts: string[]];

/** What a finding is, where several comparisons tell more than one: `Find Contact shows created_at otherwise than Get Contact and List Contacts (law 28, 29)`. */
export function findingTitle({ outcome, others, suspect, title }: Omit<Finding, "places" | "hidden" | "follows">): string {
  if (title !== undefined) return title;
  if (suspect === undefined) return outcomeTitle(outcome, lawsOf([outcome, ...others]));
  const laws = lawsOf([outcome, ...others]);
  return `${suspect} shows ${fieldIn(outcome.evidence?.pointer ?? "") || "it"} otherwise than ${restOf([outcome, ...others], suspect)} (law ${laws})`;
}

/** The laws that one cause breaks: `43, 44`. */
function lawsOf(alike: readonly JsonOutcome[]): string {
  return [...new Set(alike.flatMap(({ law }) => law ?? []))].join(", ");
}

/** What a suspect was compared with. */
function restOf(alike: readonly JsonOutcome[], suspect: string): string {
  const operations = new Set(alike.flatMap(({ evidence }) => evidence?.between ?? []));
  return [...operations].filter((operation) => operation !== suspect).join(" and ");
}

/** What a finding is, in one line: `find and get show the same chat differently (Find Chat, law 7)`. */
export function outcomeTitle(outcome: JsonOutcome, laws = String(outcome.law)): string {
  const { law, meaning, place, name, operation, evidence } = outcome;
  const [documented] = String(evidence?.expected).match(/\d{3}/) ?? [];
  if (isServerTrouble(outcome) && law !== null) return `${meaning}: the server is failing (law ${laws})`;
  if (isServerTrouble(outcome)) return `${operationTitle(operation)} answers ${exchangeStatus(outcome)}: the server is failing`;
  if (isStillSuccess(outcome))
    return `${operationTitle(operation)} answers ${evidence?.received}, not ${documented}: still a success`;
  if (law === null) return meaning === null ? name : `${place ?? name}: ${meaning}${insteadOf(outcome)}`;
  const where = evidence?.awaited ? "Webhooks" : operationTitle(operation);
  return `${meaning ?? name} (${where}, law ${laws})`;
}

function exchangeStatus({ exchanges }: JsonOutcome): string {
  return String(exchanges.at(-1)?.status ?? "5xx");
}

/** What a shape has in the place of what it must have: `, not "47", a string`. */
function insteadOf({ evidence }: JsonOutcome): string {
  if (!evidence || evidence.what === "required" || evidence.what === "added") return "";
  const { received } = evidence;
  if (evidence.in_words.includes("received") || evidence.what === "status") return `, not ${received}`;
  if (Array.isArray(received)) return ", not a list";
  if (typeof received === "object" && received !== null) return ", not an object";
  if (typeof received === "string") return `, not ${oneLine(shortened(received))}, a string`;
  if (typeof received === "number") return `, not ${received}, a number`;
  return `, not ${oneLine(received)}`;
}

/** What a law has found, on one line that may be cut: what came, what was expected, and where. */
export function evidenceLine(outcome: JsonOutcome): string | undefined {
  const { evidence, check } = outcome;
  if (!evidence || check !== "law") return undefined;
  if (evidence.awaited) return sentenceOf(outcome);
  const { what, pointer, in_words: words } = evidence;
  const [received, expected] = (["received", "expected"] as const).map((side) =>
    shortened(words.includes(side) ? String(evidence[side]) : oneLine(evidence[side])),
  );
  const joint = evidence.between ? `(${evidence.between[0]}) and` : "instead of";
  const source = evidence.between ? ` (${evidence.between[1]})` : "";
  return `${received} ${joint} ${expected}${source}: ${what}${placeIn(pointer)}`;
}

function placeIn(pointer: string): string {
  return pointer === "" || pointer === "status" ? "" : `, at ${pointer}`;
}

function wanted(outcome: JsonOutcome): string {
  return isSentence(outcome) ? String(outcome.evidence?.expected) : oneLine(outcome.evidence?.expected);
}

/** What there is to say of a finding below that: what the server does, what the document says and where, and one request that shows it. */
export function findingLines(finding: JsonOutcome, suspect?: string): FindingLine[] {
  const { evidence, clause, assumptions, explained_by, exchanges, requests, curl } = finding;
  const last = exchanges.at(-1);
  const isAssumed = finding.verdict === "contradicted";
  const document = `${sectionOf(clause)}, ${clause}`;
  const lines: (FindingLine | undefined)[] = [
    ...(evidence?.between
      ? comparisonOf(finding, evidence.between, suspect)
      : [evidence ? (["server", sentenceOf(finding), ...notesOf(evidence)] as const) : undefined]),
    [isAssumed ? "assumed" : "document", evidence?.between ? nameOf(finding) : demandOf(finding), document],
    assumptions.length === 0 ? undefined : ["rests on", assumptions.join(", ")],
    explained_by.length === 0
      ? undefined
      : ["probably", `the same as ${explained_by.join(", ")}, which this server contradicts`],
    last ? ["request", `${callOf(last)}${requests > 1 ? `, the last of ${counted(requests, "request")}` : ""}`] : undefined,
    curl === null ? undefined : ["see it", ...commandsOf(finding, curl)],
  ];
  return lines.filter((line) => line !== undefined);
}

/** What to type: the command that shows it, after the one that it needs, each with what it changes. */
function commandsOf(
  { curl_effect: effect, curl_before: before, curl_before_effect: effectBefore }: JsonOutcome,
  curl: string,
): string[] {
  const told = (when: string, what: string | null): string[] => {
    const text = [when, what].filter((part) => part !== "" && part !== null).join(", ");
    return text === "" ? [] : [`${text}:`];
  };
  if (before === null) return [...told("", effect), printableText(curl)];
  return [...told("first", effectBefore), printableText(before), ...told("then", effect), printableText(curl)];
}

/** Two answers of which either may be wrong. */
function comparisonOf(
  { evidence }: JsonOutcome,
  [here, there]: readonly [string, string],
  suspect: string | undefined,
): FindingLine[] {
  if (!evidence) return [];
  const { what, pointer, received, expected } = evidence;
  return [
    ["compared", `${what}${placeIn(pointer)}`],
    ["here", `${here}: ${oneLine(received)}`],
    ["there", `${there}: ${oneLine(expected)}`],
    [
      "differ",
      ...notesOf(evidence),
      suspect === undefined
        ? "one is wrong; this run cannot say which"
        : `${suspect} differs from all others: it is probably wrong`,
    ],
  ];
}

/** `a listed chat equals the same chat read alone (law 9)`. */
function nameOf({ name, law }: JsonOutcome): string {
  return `${name.replace(/^law \d+: /, "")} (law ${law})`;
}

function notesOf({ note, begins }: NonNullable<JsonOutcome["evidence"]>): string[] {
  return [note, begins === null ? null : `the body begins: ${printableText(begins)}`].filter((text) => text !== null);
}

/** What the server does: `the name of the chat, at /display_name: "Ann"`. */
function sentenceOf({ check, place, evidence }: JsonOutcome): string {
  const { what = "", pointer = "", received } = evidence ?? {};
  const value = evidence?.in_words.includes("received") ? String(received) : oneLine(received);
  if (evidence?.awaited) return value;
  if (check === "law") return `${what}${placeIn(pointer)}: ${value}`;
  if (what === "required") return `${place} has no ${pointer}`;
  if (what === "status") return `the status is ${value}`;
  if (what === "content-type") return `the content type is ${value}`;
  return `${pointer === "" ? "the body" : pointer} is ${value}`;
}

function demandOf(outcome: JsonOutcome): string {
  const { law, name, evidence } = outcome;
  if (!evidence) return name;
  if (law === null || evidence.awaited) return wanted(outcome);
  return `${wanted(outcome)}, since ${nameOf(outcome)}`;
}

/** Where a clause is, in the words of the vendor's reference: `Find Chat, answer 200`. */
function sectionOf(clause: string): string {
  const [place = "", first = "", second = "", ...rest] = pointerParts(clause);
  if (place === "webhooks") return first === "" ? "Webhooks" : `Webhooks, ${first}`;
  if (place === "components") return [second, ...rest.filter((part) => !CONTAINERS.includes(part))].join(", ");
  const operation = Object.values(operations).find(({ path, method }) => path === first && method === second.toUpperCase());
  const [part = "", name = ""] = rest;
  const title = operation?.title ?? (first || `${place.charAt(0).toUpperCase()}${place.slice(1)}`);
  if (part === "responses") return name === "" ? `${title}, answers` : `${title}, answer ${name}`;
  return part === "" ? title : `${title}, ${PARTS[part] ?? part}`;
}

const CONTAINERS = ["properties", "items", "content", "application/json", "schema"];
const PARTS: Readonly<Record<string, string>> = { requestBody: "body", parameters: "parameters" };

function callOf({ method, path, status, token, ms }: JsonExchange): string {
  return `${method} ${path} → ${status}${TOKENS[token]} in ${duration(ms)}`;
}

/** A finding as plain text, a line for each fact, with what to do. */
export function plainLines(finding: JsonOutcome): string[] {
  const { advice, fingerprint } = finding;
  const more: FindingLine[] = [
    ...(advice === null ? [] : [["to do", advice] as const]),
    ...(fingerprint === null ? [] : [["fingerprint", fingerprint] as const]),
  ];
  return [...findingLines(finding), ...more].map(([label, ...texts]) => `${label}: ${texts.join("; ")}`);
}

export const TOKENS = { own: "", none: ", without a token", wrong: ", with a wrong token" } as const;

/** Whether what is expected is said in words. */
export function isSentence({ evidence }: JsonOutcome): boolean {
  return evidence?.in_words.includes("expected") ?? false;
}

function shortened(text: string): string {
  return text.length > FEW_CHARACTERS ? `${text.slice(0, FEW_CHARACTERS)}…` : text;
}

/** A value as JSON on one line, cut when it is long. */
export function oneLine(value: unknown): string {
  const text = printableText(JSON.stringify(value));
  const rest = text.length - MOST_CHARACTERS;
  return rest > 0 ? `${text.slice(0, MOST_CHARACTERS)}… (${rest.toLocaleString("en-US")} more characters)` : text;
}
