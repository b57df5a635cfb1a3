import { ON_MISDELIVERY } from "./advice";
import type { ServerError } from "./answers";
import { addedIn, contradictedIds, contradictionsIn, isGrave } from "./contradictions";
import { placeholderIn } from "./curl";
import { failuresIn, isServerTrouble } from "./findings";
import { exitMeaning, headline } from "./headline";
import type { JsonReport } from "./json";
import type { JsonOutcome } from "./json-outcome";
import { counted, duration } from "./number-format";
import { targetOf, totalRequests } from "./report-text";
import {
  addedFields,
  differenceLines,
  exampleOf,
  gravestFirst,
  reasonsOf,
  requestBehind,
  toldInFull,
} from "./terminal-entries";
import { countOf, crowded, isCrowded, LABEL, Screen, type Section, shared, WIDTH } from "./terminal-layout";

export interface TerminalOptions {
  readonly color: boolean;
  /** How many characters go on a line. Default: 100. */
  readonly width?: number | undefined;
  /** How many lines there may be. Default: 60. */
  readonly lines?: number | undefined;
  /** A file that holds all of the report, for what is cut off here. */
  readonly file?: string | undefined;
}

const MOST_LINES = 60;
/** So few failures leave room to explain words. */
const FEW = 8;
const MOST_SERVER_ERRORS = 3;
const TONES = { 0: "pass", 1: "fail", 2: "inconclusive" } as const;

const ADVICE_ON_GRAVE =
  "No document promises it, and programs may rely on it all the same: ask again with the command, then whoever runs the server.";

/** What a run asks. */
export const ASKED = "V2 alone is asked; V3 is checked by --har, linq-mock proxy and the matcher.";

/** What words mean that are used below. */
export const TERMS = "A law is a rule beyond the shape of one answer; a baseline, a file of deviations that are accepted.";

/** A report as text: what was asked, the answer, then what is wrong and what to do, and a summary. */
export function renderTerminal(
  report: JsonReport,
  { color, width = WIDTH, lines = MOST_LINES, file }: TerminalOptions,
): string {
  const screen = new Screen(color, width, file);
  const commands = report.outcomes.map(({ curl }) => curl).join("\n");
  const longest = summary(report, screen, commands);
  const sections = sectionsOf(report, screen).filter(({ entries }) => entries.length > 0);
  const first = top(report, screen);
  const room = lines - countOf(first) - countOf(longest) - 1;
  const parts = isCrowded(sections, room) ? crowded(sections, room, screen) : shared(sections, room, screen);
  return `${[first, ...parts, summary(report, screen, parts.join("\n"))].join("\n\n")}\n`;
}

function top(report: JsonReport, { paint, wrap, cut }: Screen): string {
  const { line, ms, values, exit_code, kit_version: kit, started_at: start } = report;
  const facts = [
    targetOf(report),
    line === null ? "no line" : `line ${line}`,
    `${totalRequests(report)} in ${duration(ms)}`,
    ...(values === "shown" ? ["private values are shown"] : []),
    `${start.slice(0, "2026-12-31T10:00".length).replace("T", " ")} UTC`,
    `linq-mock ${kit}`,
  ];
  const failures = failuresIn(report).filter(({ outcome }) => !isServerTrouble(outcome)).length;
  const explained = failures > 0 && failures <= FEW; // of many, each line is needed
  const errors = serverErrors(report).map((text) => paint("fail", cut(text)));
  return [
    ...(report.target === null ? [] : [paint("dim", wrap(ASKED, 0))]), // a recording may be of both versions
    paint("bold", paint(TONES[exit_code], wrap(headline(report), 0))),
    paint("dim", wrap(facts.join(", "), 0)),
    ...(explained ? [paint("dim", wrap(TERMS, 0))] : []),
    ...errors,
  ].join("\n");
}

/** Each request that the server has failed at, and whether it does so still: those first with which nothing is wrong themselves. */
function serverErrors({ server_errors: errors }: JsonReport): string[] {
  const doubt = ({ asked_again: again, path }: ServerError): number =>
    (again !== null && again < 300 ? 0 : 2) + (path.includes("?") ? 1 : 0);
  const told = errors
    .toSorted((one, other) => doubt(one) - doubt(other))
    .slice(0, MOST_SERVER_ERRORS)
    .map(({ method, path, status, times, asked_again: again }) => {
      const often = times > 1 ? `, ${times} times` : "";
      const since = again === null ? "it was not asked again" : `asked again: ${again}`;
      return `5xx: ${status}${often}; ${since}: ${method} ${path}`;
    });
  const rest = errors.length - told.length;
  return rest > 0 ? [...told, `5xx: and ${counted(rest, "more request")}`] : told;
}

/** What to do about failures, each advice once, and how to fill in the commands that are shown, if there are any. */
function toDo(report: JsonReport, shown: string): [label: string, text: string][] {
  const grave = contradictionsIn(report).filter(isGrave);
  const ofFailures = failuresIn(report).flatMap(({ outcome }) => outcome.advice ?? []);
  const ofGrave = grave.map(({ outcome }) => (outcome?.advice === ON_MISDELIVERY ? ON_MISDELIVERY : ADVICE_ON_GRAVE));
  const advice = new Set([...ofGrave, ...ofFailures]);
  const [placeholder, label] = placeholderIn(shown) ?? [];
  const filling = `In commands, ${placeholder} stands for ${label}, and so on; --show-values shows them. LINQ_TOKEN is your token.`;
  return [...advice, ...(placeholder === undefined ? [] : [filling])].map((text, i) => [i === 0 ? "to do" : "", text]);
}

/** `shown` is what stands above it. */
function summary(report: JsonReport, { paint, wrap }: Screen, shown: string): string {
  const { known, ...verdicts } = report.counts;
  const failures = failuresIn(report).length;
  const one = failures === verdicts.fail ? "" : ` (${counted(failures, "failure")} in ${counted(verdicts.fail, "check")})`;
  const assumed = contradictedIds(report).size;
  const more = { fail: one, contradicted: assumed === verdicts.contradicted ? "" : ` (${counted(assumed, "assumption")})` };
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}${Reflect.get(more, verdict) ?? ""}`);
  const requests = Object.entries(report.requests).map(([kind, count]) => `${count} ${kind}`);
  const rows = [
    ["checks", `${counts.join(", ")}${known > 0 ? `; ${known} known, which do not count` : ""}`],
    ["requests", `${requests.join(", ")}, in ${duration(report.ms)}`],
    ...lostOnes(report),
    ["exit code", exitMeaning(report)],
  ] as const;
  return [...toDo(report, shown), ...rows]
    .map(([label, text]) => `${paint("dim", label.padEnd(10))} ${wrap(text, LABEL - 1)}`)
    .join("\n");
}

function lostOnes({ lost_answers: lost }: JsonReport): [label: string, text: string][] {
  if (lost.length === 0) return [];
  return [
    ["lost", `${counted(lost.length, "answer")} did not come, and had to be asked for again: ${[...new Set(lost)].join("; ")}`],
  ];
}

/** In the order of what matters; those with nothing to say are empty. */
function sectionsOf(report: JsonReport, screen: Screen): Section[] {
  const of = (wanted: JsonOutcome["verdict"]): JsonOutcome[] =>
    report.outcomes.filter(({ verdict, known }) => verdict === wanted && !known);
  const known = report.outcomes.filter((outcome) => outcome.known);
  const failures = failuresIn(report);
  const contradictions = contradictionsIn(report);
  const told = toldInFull(contradictions, failures);
  const hidden = new Set(failures.flatMap((finding) => finding.hidden));
  const doubtful = of("inconclusive").filter((outcome) => !hidden.has(outcome));
  return [
    { entries: gravestFirst(failures, told, screen) },
    screen.list("fail", "Could not be removed; the same command with --sweep tries again", [
      ...report.left.map(({ operation, undo }) => [`${operation}: ${undo.method} ${undo.path}`]),
    ]),
    screen.list("contradicted", "What is only assumed, and this server does otherwise", [
      ...contradictions
        .filter((one) => !told.includes(one))
        .map((one) => [
          `${one.ids.join(", ")}: ${one.title}${one.places.length > 1 ? `, in ${counted(one.places.length, "place")}` : ""}`,
          exampleOf(one),
          requestBehind(one),
          `assumed: ${one.text}`,
        ]),
    ]),
    screen.list("added", "The server shows what the contract does not know", addedFields(addedIn(report))),
    screen.list("inconclusive", "Could not be judged", reasonsOf(doubtful)),
    screen.list("added", "Where it differs from a mock that holds the same", report.differences.map(differenceLines)),
    screen.list(
      "skipped",
      "Not judged",
      reasonsOf(of("skipped")).map(([reason]) => [reason]),
    ),
    screen.list("skipped", "Known, and not counted", [
      ...known.map(({ name, meaning, known: by }) => [
        `${name}: ${meaning}`,
        `${by?.reason} (${by?.owner}, until ${by?.expires})`,
      ]),
    ]),
  ];
}
