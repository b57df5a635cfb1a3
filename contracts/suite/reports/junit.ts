import { failuresIn } from "./findings";
import { exitMeaning } from "./headline";
import type { JsonReport } from "./json";
import type { JsonOutcome } from "./json-outcome";
import { findingTitle, plainLines, targetOf } from "./report-text";

/** A report as JUnit XML, for Jenkins, GitLab and what else reads it. Known deviations are skipped, as is what could not be judged. */
export function renderJunit(report: JsonReport): string {
  const suites = suitesOf(report).filter(({ cases }) => cases.length > 0);
  const { tests, failures } = totalsOf(suites.flatMap(({ cases }) => cases));
  const attributes = { name: "linq-mock contract", tests, failures, errors: 0, time: seconds(report.ms) };
  const children = suites.map((suite) => suiteXml(suite, report));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", attributes, children)}\n`;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** A test; it passes unless something else is said. */
interface Case {
  readonly name: string;
  readonly classname: string;
  /** In seconds. */
  readonly time: string;
  readonly failure?: { readonly message: string; readonly type: string; readonly details: string };
  /** Why. */
  readonly skipped?: string;
  readonly output?: string;
}

function suitesOf(report: JsonReport): Suite[] {
  const { outcomes, strict, assumptions, differences, left } = report;
  const findings = failuresIn(report).flatMap((finding) =>
    finding.others.map((other) => [other, findingTitle(finding)] as const),
  );
  const toldBy = new Map(findings); // one cause is one failure
  const ofCheck = (name: string, wanted: JsonOutcome["check"]): Suite => ({
    name,
    cases: outcomes.filter(({ check }) => check === wanted).map((outcome) => caseOf(outcome, strict, toldBy.get(outcome))),
  });
  return [
    ofCheck("laws", "law"),
    ofCheck("shapes", "shape"),
    ofCheck("baseline", "baseline"),
    { name: "assumptions", cases: assumptions.map(assumptionCase) },
    { name: "differences", cases: differences.map(differenceCase) },
    { name: "clean-up", cases: left.map(leftCase) },
  ];
}

/** `toldBy` is the failure that tells of the same cause. */
function caseOf(outcome: JsonOutcome, strict: boolean, toldBy: string | undefined): Case {
  const { id, check, name, operation, verdict, known, ms } = outcome;
  const common = { name: check === "law" ? name : id, classname: `linq-v2.${operation}`, time: seconds(ms) };
  const meaning = outcome.meaning ?? "";
  const details = plainLines(outcome).join("\n");
  if (known) return { ...common, skipped: `known until ${known.expires} (${known.owner}): ${known.reason}`, output: details };
  if (toldBy !== undefined) return { ...common, skipped: `the same as: ${toldBy}`, output: details };
  switch (verdict) {
    case "pass":
      return common;
    case "skipped":
      return { ...common, skipped: meaning };
    case "inconclusive":
      return { ...common, skipped: `could not be judged: ${meaning}`, output: details };
    case "contradicted":
      if (!strict)
        return { ...common, skipped: `only assumed (${outcome.assumptions.join(", ")}): ${meaning}`, output: details };
      break;
    case "added":
      if (!strict) return { ...common, output: `${meaning}\n${details}` };
  }
  return { ...common, failure: { message: meaning, type: verdict, details } };
}

/** What is only assumed cannot be broken. */
function assumptionCase({ id, text, outcome, detail }: JsonReport["assumptions"][number]): Case {
  const common = { name: `${id}: ${text}`, classname: "linq-v2.assumptions", time: seconds(0) };
  return outcome === "confirmed" ? common : { ...common, skipped: `${outcome}: ${detail}` };
}

function differenceCase({ operation, meaning, pointer, request }: JsonReport["differences"][number]): Case {
  const skipped = `${request.method} ${request.path}, ${pointer === "" ? "the whole" : pointer}`;
  return { name: meaning, classname: `linq-v2.${operation}`, time: seconds(0), skipped };
}

function leftCase({ operation, path, undo }: JsonReport["left"][number]): Case {
  const details = `undone by: ${undo.method} ${undo.path}\nThe same command with --sweep tries again.`;
  const failure = { message: "what the run has made could not be removed", type: "left", details };
  return { name: `left behind: ${path}`, classname: `linq-v2.${operation}`, time: seconds(0), failure };
}

function totalsOf(cases: readonly Case[]): { tests: number; failures: number; skipped: number } {
  return {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  };
}

/** Readers of JUnit take a time without milliseconds and zone. */
function suiteXml({ name, cases }: Suite, report: JsonReport): string {
  const time = cases.reduce((sum, { time: taken }) => sum + Number(taken), 0).toFixed(3);
  const timestamp = report.started_at.replace(/(?:\.\d+)?Z$/, "");
  const properties = Object.entries(propertiesOf(report)).map(([key, value]) => element("property", { name: key, value }));
  return element("testsuite", { name, ...totalsOf(cases), errors: 0, time, timestamp }, [
    element("properties", {}, properties),
    ...cases.map(caseXml),
  ]);
}

function propertiesOf(report: JsonReport): Readonly<Record<string, string>> {
  const { seed, allowed, requests, strict, values } = report;
  return {
    target: targetOf(report),
    seed: String(seed),
    allowed: allowed.join(", "),
    requests: Object.entries(requests)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(", "),
    strict: String(strict),
    values,
    exit_code: exitMeaning(report),
  };
}

function caseXml({ name, classname, time, failure, skipped, output }: Case): string {
  const children = [
    skipped === undefined ? undefined : element("skipped", { message: skipped }),
    failure && element("failure", { message: failure.message, type: failure.type }, failure.details),
    output === undefined ? undefined : element("system-out", {}, output),
  ];
  return element(
    "testcase",
    { name, classname, time },
    children.filter((child) => child !== undefined),
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};
/** Characters that no XML 1.0 may hold, not even escaped. */
const FORBIDDEN = /(?![\t\n\r])[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/** An element with a text in it, or with other elements. */
function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content: string | readonly string[] = [],
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value), /[&<>"\n\r\t]/g)}"`);
  const start = `<${name}${written.join("")}`;
  if (typeof content === "string") return `${start}>${escaped(content, /[&<>\r]/g)}</${name}>`;
  return content.length === 0 ? `${start}/>` : [`${start}>`, ...content, `</${name}>`].join("\n");
}

function escaped(text: string, special: RegExp): string {
  return text
    .replace(FORBIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(special, (character) => ENTITIES[character] ?? character);
}
