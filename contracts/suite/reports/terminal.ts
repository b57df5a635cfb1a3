import { hasPlaceholders } from "./curl";
import { contradictionsIn, type Finding, failuresIn, grouped } from "./findings";
import type { JsonDifference, JsonOutcome, JsonReport } from "./json";
import {
  counted,
  duration,
  exitMeaning,
  type FindingLine,
  findingLines,
  headline,
  oneLine,
  targetOf,
  titleOf,
  totalRequests,
} from "./prose";

export interface TerminalOptions {
  readonly color: boolean;
  /** How many characters go on a line. Default: 100. */
  readonly width?: number | undefined;
  /** How many lines there may be. Default: 60. */
  readonly lines?: number | undefined;
}

const WIDTH = 100;
const NARROWEST = 40;
const MOST_LINES = 60;
const MOST_PLACES = 3;
const LABEL = 12;
const INDENT = 4;
const CODES = { bold: 1, dim: 2, fail: 31, pass: 32, contradicted: 33, added: 33, inconclusive: 35, skipped: 36 } as const;
const TONES = { 0: "pass", 1: "fail", 2: "inconclusive" } as const;

type Tone = keyof typeof CODES;

/** A report as text: the answer first, then what is wrong and what to do, and a summary. */
export function renderTerminal(report: JsonReport, { color, width = WIDTH, lines = MOST_LINES }: TerminalOptions): string {
  const screen = new Screen(color, width);
  const [first, last] = [top(report, screen), summary(report, screen)];
  const sections = sectionsOf(report, screen).filter(({ entries }) => entries.length > 0);
  let left = lines - countOf(first) - countOf(last) - 1;
  const parts = sections.map((section, i) => {
    const reserved = sections.slice(i + 1).reduce((sum, following) => sum + leastOf(following), 0); // each of those that follow has its say
    const text = fitted(section, left - 1 - reserved, screen);
    left -= countOf(text) + 1;
    return text;
  });
  return `${[first, ...parts, last].join("\n\n")}\n`;
}

/** A title, the first entry in short, how many were left out, and the line to the next section. */
function leastOf({ entries: [first, ...others] }: Section): number {
  return 1 + (first ? countOf(first.short) : 0) + (others.length > 0 ? 1 : 0) + 1;
}

interface Section {
  readonly title?: string;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly full: string;
  readonly short: string;
}

/** As much of a section as goes on so many lines: entries in full, then in short, and how many were left out. */
function fitted({ title, entries }: Section, lines: number, { paint }: Screen): string {
  const shown: string[] = [];
  let left = lines - (title === undefined ? 0 : 1) - 1;
  for (const [i, { full, short }] of entries.entries()) {
    const others = entries.slice(i + 1).reduce((sum, other) => sum + countOf(other.short), 0);
    const isWorst = i === 0 && title === undefined;
    const text = isWorst || countOf(full) + others <= left ? full : short; // but for the first, no cause is left out for the details of another
    if (countOf(text) > left && shown.length > 0) break;
    left -= countOf(text);
    shown.push(text);
  }
  const rest = entries.length - shown.length;
  if (rest > 0) shown.push(paint("dim", `  and ${rest} more; --lines all shows them`));
  return [...(title === undefined ? [] : [`${title} (${entries.length})`]), shown.join("\n").trimEnd()].join("\n");
}

function countOf(text: string): number {
  return text.split("\n").length;
}

function top(report: JsonReport, { paint }: Screen): string {
  const { line, ms, values, exit_code } = report;
  const facts = [
    targetOf(report),
    line === null ? "no line" : `line ${line}`,
    `${totalRequests(report)} in ${duration(ms)}`,
    ...(values === "shown" ? ["private values are shown"] : []),
  ];
  return `${paint("bold", paint(TONES[exit_code], headline(report)))}\n${paint("dim", facts.join(", "))}`;
}

/** What to do about failures, each advice once, and how to fill in their commands. */
function toDo(report: JsonReport): [label: string, text: string][] {
  const failures = failuresIn(report).map(({ outcome }) => outcome);
  const advice = new Set(failures.flatMap((outcome) => outcome.advice ?? []));
  const isToFill = failures.some(({ curl }) => curl !== null && hasPlaceholders(curl));
  const filling = "In commands, PHONE_2 stands for phone 2, and so on; --show-values shows them. LINQ_TOKEN is your token.";
  return [...advice, ...(isToFill ? [filling] : [])].map((text, i) => [i === 0 ? "to do" : "", text]);
}

function summary(report: JsonReport, { paint, wrap }: Screen): string {
  const { known, ...verdicts } = report.counts;
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const requests = Object.entries(report.requests).map(([kind, count]) => `${count} ${kind}`);
  const rows = [
    ["checks", `${counts.join(", ")}${known > 0 ? `; ${known} known, which do not count` : ""}`],
    ["requests", `${requests.join(", ")}, in ${duration(report.ms)}`],
    ["exit code", exitMeaning(report)],
  ] as const;
  return [...toDo(report), ...rows]
    .map(([label, text]) => `${paint("dim", label.padEnd(10))} ${wrap(text, LABEL - 1)}`)
    .join("\n");
}

/** In the order of what matters; those with nothing to say are empty. */
function sectionsOf(report: JsonReport, screen: Screen): Section[] {
  const of = (wanted: JsonOutcome["verdict"]): JsonOutcome[] =>
    report.outcomes.filter(({ verdict, known }) => verdict === wanted && !known);
  const known = report.outcomes.filter((outcome) => outcome.known);
  return [
    { entries: failuresIn(report).map((finding) => ({ full: detail(finding, screen), short: inShort(finding, screen) })) },
    screen.list("fail", "Could not be removed; the same command with --sweep tries again", [
      ...report.left.map(({ operation, undo }) => [`${operation}: ${undo.method} ${undo.path}`]),
    ]),
    screen.list("contradicted", "What is only assumed, and this server does otherwise", [
      ...contradictionsIn(report).map(({ id, text, detail: found, places }) => [
        `${id}: ${found}${places.length > 1 ? `, in ${counted(places.length, "place")}` : ""}`,
        `assumed: ${text}`,
      ]),
    ]),
    screen.list("added", "The server shows what the contract does not know", [
      ...of("added").map(({ name, meaning, fingerprint, advice }) => [
        `${name}: ${meaning}`,
        [fingerprint, advice].filter((text) => text !== null).join("  "),
      ]),
    ]),
    screen.list("inconclusive", "Could not be judged", reasonsOf(of("inconclusive"))),
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

function detail({ outcome, places }: Finding, { paint, wrap }: Screen): string {
  const accepting: FindingLine[] = outcome.fingerprint === null ? [] : [["baseline", outcome.fingerprint]];
  const lines = [...findingLines(outcome), ...alsoIn(places), ...accepting].flatMap(([label, ...texts]) =>
    texts.map((text, i) => {
      const shown = label === "see it" ? text : wrap(text, LABEL);
      return `  ${paint("dim", (i === 0 ? label : "").padEnd(LABEL - 2))}${shown}`;
    }),
  );
  return [`${paint("fail", "FAIL")} ${paint("bold", wrap(titleOf(outcome), INDENT + 1))}`, ...lines, ""].join("\n");
}

function inShort({ outcome, places }: Finding, { paint, wrap }: Screen): string {
  const more = places.length > 1 ? `, in ${places.length} places` : "";
  return `${paint("fail", "FAIL")} ${wrap(`${titleOf(outcome)}${more}`, INDENT + 1)}`;
}

function alsoIn(places: readonly string[]): FindingLine[] {
  const others = places.slice(1);
  if (others.length === 0) return [];
  const shown = others.slice(0, MOST_PLACES);
  const rest = others.length - shown.length;
  return [["also in", ...shown, ...(rest > 0 ? [`and ${counted(rest, "more place")}`] : [])]];
}

function differenceLines({ meaning, request, pointer, target, mock }: JsonDifference): string[] {
  return [
    meaning,
    `${request.method} ${request.path}, ${pointer === "" ? "the whole" : pointer}`,
    `target ${oneLine(target)}, mock ${oneLine(mock)}`,
  ];
}

/** How many checks were not judged for each reason, the most frequent first; which they are, and what to do. */
function reasonsOf(outcomes: readonly JsonOutcome[]): [reason: string, checks: string, advice: string | null][] {
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

class Screen {
  readonly #color: boolean;
  readonly #width: number;

  constructor(color: boolean, width: number) {
    this.#color = color;
    this.#width = Math.max(NARROWEST, width);
  }

  readonly paint = (tone: Tone, text: string): string => (this.#color ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text);

  /** A text in lines that fit, where it has spaces; the lines after the first are indented. */
  readonly wrap = (text: string, indent: number): string => {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > this.#width - indent) {
        lines.push(line);
        line = word;
      } else {
        line = line === "" ? word : `${line} ${word}`;
      }
    }
    return [...lines, line].join(`\n${" ".repeat(indent)}`);
  };

  /** Entries below a title, each with one thing a line. */
  list(tone: Tone, title: string, entries: readonly (readonly (string | null)[])[]): Section {
    return {
      title: this.paint(tone, title),
      entries: entries.map(([first, ...others]) => {
        const short = `  ${this.wrap(first ?? "", INDENT)}`;
        const more = others.filter((text) => text).map((text) => this.paint("dim", `    ${this.wrap(text ?? "", INDENT)}`));
        return { full: [short, ...more].join("\n"), short };
      }),
    };
  }
}
