import { printableText } from "../../client/errors";
import { operations } from "../../generated/v2/operations";
import { contradictionsIn, failuresIn, grouped } from "./findings";
import type { JsonExchange, JsonOutcome, JsonReport } from "./json";

/* What the reports for people have in common. */

const MOST_CHARACTERS = 400;

/** What came of a run, in one sentence. */
export function headline(report: JsonReport): string {
  const { left, strict } = report;
  const { pass, added, inconclusive, contradicted } = report.counts;
  const fail = failuresIn(report).length;
  const leftBehind = left.length > 0 ? `${counted(left.length, "thing")} could not be removed` : undefined;
  const broken = [
    fail > 0 ? counted(fail, "failure") : undefined,
    strict && contradicted > 0 ? `${counted(contradicted, "thing")} otherwise than is assumed` : undefined,
    strict && added > 0 ? `${counted(added, "thing")} that the contract does not know` : undefined,
    leftBehind,
  ].filter((part) => part !== undefined);
  if (fail > 0 || (strict && added + contradicted > 0)) return `The contract is broken: ${broken.join(", ")}.`;
  if (leftBehind !== undefined) return `Nothing is broken, but ${leftBehind}.`;
  if (inconclusive > 0) return `Nothing is broken, but ${counted(inconclusive, "check")} could not be judged.`;
  const assumed = contradictionsIn(report).length;
  if (assumed > 0)
    return `Everything that is documented holds; ${counted(assumed, "assumption")} of ours ${assumed === 1 ? "does" : "do"} not.`;
  return pass === 0 ? "Nothing was judged." : "Everything that was asked holds.";
}

/** What was asked, for people. */
export function targetOf({ target, is_own_mock }: JsonReport): string {
  return target === null ? "a recording" : is_own_mock ? "a mock of its own" : target;
}

/** `0: everything that was asked holds`. */
export function exitMeaning({ exit_code }: JsonReport): string {
  const meanings = {
    0: "everything that was asked holds",
    1: "the contract is broken, or something was left behind",
    2: "something could not be judged",
  };
  return `${exit_code}: ${meanings[exit_code]}`;
}

export function totalRequests({ requests }: JsonReport): string {
  return counted(
    Object.values(requests).reduce((sum, count) => sum + count, 0),
    "request",
  );
}

/** A fact about a finding: its label, and what there is to say, one thing a line. */
export type FindingLine = readonly [label: string, ...texts: string[]];

/** What there is to say of a finding below its name and its meaning. */
export function findingLines(finding: JsonOutcome): FindingLine[] {
  const { check, operation, evidence, clause, assumptions, exchanges, requests, advice, fingerprint, curl } = finding;
  const compared: FindingLine[] = evidence
    ? [
        [check === "law" ? "compared" : "rule", evidence.what],
        ["where", evidence.pointer === "" ? "the whole" : evidence.pointer],
        ["expected", isSentence(finding) ? String(evidence.expected) : oneLine(evidence.expected)],
        ["received", oneLine(evidence.received), ...(evidence.note === null ? [] : [evidence.note])],
      ]
    : [];
  const calls = callLines(exchanges);
  const lines: (FindingLine | undefined)[] = [
    ["operation", operations[operation].title],
    ...compared,
    ["clause", clause],
    assumptions.length === 0 ? undefined : ["rests on", assumptions.join(", ")],
    ["asked", counted(requests, "request"), ...calls],
    advice === null ? undefined : ["to do", advice],
    fingerprint === null ? undefined : ["fingerprint", fingerprint],
    curl === null ? undefined : ["ask again", printableText(curl)],
  ];
  return lines.filter((line) => line !== undefined);
}

/** The calls in their order; what was asked and answered several times is one line. */
function callLines(exchanges: readonly JsonExchange[]): string[] {
  const alike = grouped(exchanges, ({ method, path, status, token }) => `${method} ${path} → ${status}${TOKENS[token]}`);
  return [...alike].map(([call, all]) => {
    const slowest = duration(Math.max(...all.map(({ ms }) => ms)));
    return all.length === 1 ? `${call} in ${slowest}` : `${call}, ${all.length} times, in ${slowest} at most`;
  });
}

/** The same as text, a line for each fact. */
export function plainLines(finding: JsonOutcome): string[] {
  return findingLines(finding).map(([label, ...texts]) => `${label}: ${texts.join("; ")}`);
}

export const TOKENS = { own: "", none: ", without a token", wrong: ", with a wrong token" } as const;

/** What a shape expects is a sentence; what a law expects is a value. */
export function isSentence({ check, evidence }: JsonOutcome): boolean {
  return check !== "law" && typeof evidence?.expected === "string";
}

/** A value as JSON on one line, cut when it is long. */
export function oneLine(value: unknown): string {
  const text = printableText(JSON.stringify(value));
  const rest = text.length - MOST_CHARACTERS;
  return rest > 0 ? `${text.slice(0, MOST_CHARACTERS)}… (${rest.toLocaleString("en-US")} more characters)` : text;
}

/** A number with its noun: `1 request`, `1,200 requests`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? noun : `${noun}s`}`;
}

/** A time that something took: `12 ms`, `1.5 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
