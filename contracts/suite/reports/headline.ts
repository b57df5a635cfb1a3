import { operationTitle } from "../../contract-version";
import { fieldIn } from "../../json-pointer";
import {
  addedIn,
  contradictedIds,
  contradictionsIn,
  fieldOf,
  isGrave,
  isOfBehaviour,
  isWorst,
  type ReportedContradiction,
} from "./contradictions";
import { type Finding, failuresIn, isServerTrouble, isStillSuccess, OTHER_ZONE } from "./findings";
import type { JsonReport } from "./json";
import { counted } from "./number-format";
import { failingChanges } from "./outage";
import { findingTitle, outcomeTitle } from "./report-text";

/* What is read first, and the last line. */

/** In so many operations, a cause is worth naming before all. */
const WIDE = 3;
/** So many failures look like an outage. */
const MANY = 5;

/** What came of a run, the gravest first: in one sentence, in two or three where there is more to know. */
export function headline(report: JsonReport): string {
  const [gravest] = contradictionsIn(report);
  const answer = answerOf(report);
  if (gravest === undefined || !isGrave(gravest) || report.strict) return answer;
  const failures = failuresIn(report).filter(({ outcome }) => !isStillSuccess(outcome));
  const sentences = [contradicted(gravest), answer];
  return (isWorst(gravest) || failures.length === 0 ? sentences : sentences.toReversed()).join(" ");
}

/** `Find Chat gives a chat with people who were not asked for: messages can reach the wrong people (contradicts A-find-match, which is assumed).` */
function contradicted({ title, harm, ids }: ReportedContradiction): string {
  const what = capital(`${title}${harm === undefined ? "" : `: ${harm}`}`);
  return `${what} (contradicts ${ids.join(" and ")}, which ${ids.length === 1 ? "is" : "are"} assumed).`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function answerOf(report: JsonReport): string {
  const { left, strict } = report;
  const { pass, added, inconclusive, contradicted } = report.counts;
  const findings = failuresIn(report);
  const all = findings.filter(({ outcome }) => !isServerTrouble(outcome));
  const beside = all.filter(isHarmless);
  const grave = all.filter((finding) => !isHarmless(finding));
  const failures = grave.length > 0 ? grave : beside;
  const fail = failures.length;
  const [worst] = contradictionsIn(report);
  const isMild = grave.length === 0 && !(worst && isGrave(worst));
  const failing = findings.length > 0 || inconclusive > 0 ? failingOf(report) : "";
  const leftBehind = left.length > 0 ? `${counted(left.length, "thing")} could not be removed` : undefined;
  const broken = [
    fail > 0 ? `${counted(fail, "failure")} on ${spreadOf(failures, report)}` : undefined,
    strict && contradicted > 0 ? `${counted(contradicted, "thing")} otherwise than is assumed` : undefined,
    strict && added > 0 ? `${counted(added, "thing")} that the contract does not know` : undefined,
    leftBehind,
  ].filter((part) => part !== undefined);
  if (fail > 0 || (strict && added + contradicted > 0))
    return `${failing}The contract is broken${fail > 0 && isMild ? ", but mildly" : ""}: ${broken.join(", ")}${fail > 0 ? healthOf(report) : ""}.${gravestOf(failures, report)}${grave.length > 0 ? besideIt(beside) : ""}`;
  if (failing !== "") {
    const doubt = inconclusive > 0 ? `${counted(inconclusive, "check")} could not be judged` : "all was judged that could be";
    return `${failing}${capital(doubt)}${leftBehind === undefined ? "" : `, and ${leftBehind}`}.`;
  }
  if (leftBehind !== undefined) return `Nothing is broken, but ${leftBehind}.`;
  if (inconclusive > 0)
    return `Nothing ${worst && isGrave(worst) ? "documented broke" : "is broken"}, but ${counted(inconclusive, "check")} could not be judged.`;
  const assumed = contradictedIds(report).size;
  const [gravest] = contradictionsIn(report);
  const unknown = new Set(addedIn(report).map(fieldOf)).size;
  const fields = `${counted(unknown, "field")} that the contract does not know`;
  if (assumed > 0) {
    const first =
      gravest && isOfBehaviour(gravest) && !isGrave(gravest)
        ? `, first of all ${gravest.ids.join(", ")}: ${gravest.title}`
        : "";
    return `Nothing documented broke; ${counted(assumed, "assumption")} of ours did${first}.${unknown > 0 ? ` The server shows ${fields}.` : ""}`;
  }
  if (unknown > 0) return `Nothing documented broke; the server shows ${fields}.`;
  return pass === 0 ? "Nothing was judged." : "Everything that was asked holds.";
}

const operationsOf = ({ outcome, others }: Finding): string[] => [outcome, ...others].map(({ operation }) => operation);

/** Whether it is another success than the documented one, and all that rests on the answer was judged. */
function isHarmless({ outcome, hidden }: Finding): boolean {
  return isStillSuccess(outcome) && hidden.length === 0;
}

/** The title of the gravest failure, once, and where to look. */
function gravestOf(failures: readonly Finding[], report: JsonReport): string {
  const [first] = failures;
  if (first === undefined) return "";
  const [title, causes] = [findingTitle(first), causesOf(failures, report)];
  if (causes.includes(title)) return causes;
  return `${failures.length > 1 ? ` The gravest: ${title}` : ` ${capital(title)}`}.${causes}`;
}

/** ` Beside it: Get Contact answers 201, not 200: still a success, harmless.` */
function besideIt([first, ...others]: readonly Finding[]): string {
  if (first === undefined) return "";
  const more = others.length > 0 ? `, and ${others.length} more like it` : "";
  return ` Beside it: ${outcomeTitle(first.outcome)}, harmless${more}.`;
}

/** Whether one thing has gone wrong that shows everywhere, or many things, each for itself; nothing where failures are few. */
function causesOf(failures: readonly Finding[], { answers }: JsonReport): string {
  if (failures.length < 2) return "";
  if (answers.server_errors * 2 > answers.total) return " Look at the 5xx first: most of the rest follows from them.";
  if (failures[0]?.outcome.evidence?.note?.includes(OTHER_ZONE) && failures.slice(1).some(isOfTime))
    return " Look at the time zone first: what is asked by time and ordered by it may follow from it.";
  const spread = failures.map((finding) => new Set(operationsOf(finding)).size);
  const widest = Math.max(...spread);
  const [first] = failures.filter((_, i) => spread[i] === widest);
  const broken = new Set(failures.flatMap(operationsOf)).size;
  if (first && widest >= WIDE && widest * 2 > broken) {
    const [told, shows] = [findingTitle(first), `shows in ${widest} of them`];
    return first === failures[0]
      ? ` Look at one cause first, which ${shows}: ${told}.`
      : ` What spreads furthest ${shows}: ${told}.`;
  }
  if (failures.length < MANY) return "";
  return ` These are many causes, and no outage: the widest shows in ${counted(widest, "operation")}.`;
}

/** The laws that ask by time, or compare the order of times. */
const OF_TIME: ReadonlySet<number> = new Set([18, 19, 20, 59]);

function isOfTime({ outcome: { law, evidence } }: Finding): boolean {
  return (law !== null && OF_TIME.has(law)) || /_at$/.test(fieldIn(evidence?.pointer ?? ""));
}

/** On how many of the operations that have answered: `3 of 24 operations`. */
function spreadOf(failures: readonly Finding[], { answers }: JsonReport): string {
  const broken = new Set(failures.flatMap(operationsOf)).size;
  return `${broken} of ${counted(Math.max(broken, answers.operations), "operation")}`;
}

/** Whether a server is up that others run: the first question at night. */
function healthOf({ target, is_own_mock, answers: { total, server_errors: errors } }: JsonReport): string {
  if (target === null || is_own_mock || total === 0 || errors > 0) return "";
  return `; the server is up (no 5xx in ${counted(total, "answer")})`;
}

/** So many operations have their names told. */
const FEW = 2;

/** `The server is failing: 19 of 96 answers were 503, on 8 of 11 operations, some 200 when asked again. `; empty where it is not. */
function failingOf({ answers, server_errors: errors, is_own_mock }: JsonReport): string {
  const { total, operations, server_errors: count, failing_statuses: statuses, failing_operations: failing } = answers;
  if (count === 0 || is_own_mock) return "";
  const better = errors.find(({ asked_again: again }) => again !== null && again < 300)?.asked_again;
  const what = `${statuses.join(", ")}${answers.has_error_pages ? " (web pages)" : ""}`;
  const changes = failingChanges(answers);
  if (changes) {
    const wait = answers.retry_after === null ? "" : `, with Retry-After: ${answers.retry_after}`;
    const all = count === 1 ? "1 request" : `all ${count} requests`;
    return `The server is failing: ${changes}, in ${all} to ${counted(failing.length, "operation")}${wait}; reads work. `;
  }
  if (answers.failing_resource)
    return `The server is failing: ${resourceFails(answers, answers.failing_resource, what)}${better ? `, some ${better} when asked again` : ""}; nothing else does. `;
  const names = failing.map(operationTitle).join(" and ");
  const where = failing.length <= FEW ? names : `${failing.length} of ${counted(operations, "operation")}`;
  const since = answers.good_since ? "while others were answered well" : "and nothing good since";
  return `The server is failing: ${count} of ${counted(total, "answer")} ${count === 1 ? "was" : "were"} ${what}, on ${where}, ${better ? `some ${better} when asked again` : since}. `;
}

/** `all 6 operations of Contacts answer 500 in 11 of 24 requests`. */
function resourceFails(
  { server_errors: count, failing_operations: failing }: JsonReport["answers"],
  { name, operations, requests }: NonNullable<JsonReport["answers"]["failing_resource"]>,
  what: string,
): string {
  const of = failing.length === operations ? `all ${operations}` : `${failing.length} of ${operations}`;
  const rate = count === requests ? `all ${requests}` : `${count} of ${requests}`;
  return `${of} operations of ${capital(name.replaceAll("_", " "))} answer ${what} in ${rate} requests`;
}

/** `0: everything that was asked holds`. */
export function exitMeaning(report: JsonReport): string {
  const { exit_code, left, counts } = report;
  const assumed = contradictedIds(report).size;
  const findings = failuresIn(report);
  const isTrouble = findings.length > 0 && findings.every(({ outcome }) => isServerTrouble(outcome));
  const meanings = {
    0: assumed === 0 ? "everything that was asked holds" : `nothing documented broke; ${counted(assumed, "assumption")} did`,
    1:
      isTrouble && counts.fail > 0
        ? `the server was failing; nothing else that it answered breaks the contract${left.length > 0 ? ", and something was left behind" : ""}`
        : "the contract is broken, or something was left behind",
    2: "something could not be judged",
  };
  return `${exit_code}: ${meanings[exit_code]}`;
}
