import { contradictionsIn, type Finding, failuresIn } from "./findings";
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
const LABEL = 14;
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
    const reserved = (sections.length - i - 1) * SMALLEST; // each of those that follow has its say
    const text = fitted(section, left - reserved, screen);
    left -= countOf(text) + 1;
    return text;
  });
  return `${[first, ...parts, last].join("\n\n")}\n`;
}

/** A title, what was left out, and lines between the sections. */
const SMALLEST = 4;

interface Section {
  readonly title?: string;
  readonly entries: readonly { readonly full: string; readonly short: string }[];
  /** What stands between two entries. */
  readonly gap: string;
}

/** As much of a section as goes on so many lines: entries in full, then in short, and how many were left out. */
function fitted({ title, entries, gap }: Section, lines: number, { paint }: Screen): string {
  const shown: string[] = [];
  let left = lines - (title === undefined ? 0 : 1) - 1;
  for (const [i, { full, short }] of entries.entries()) {
    const others = (entries.length - i - 1) * countOf(short); // in short, so that a cause is not left out for the details of another
    const text = shown.length === 0 || countOf(full) + others <= left ? full : short;
    if (countOf(text) > left && shown.length > 0) break;
    left -= countOf(text) + gap.length - 1;
    shown.push(text);
  }
  const rest = entries.length - shown.length;
  if (rest > 0) shown.push(paint("dim", `  and ${rest} more; --report html=<file> shows all`));
  return [...(title === undefined ? [] : [`${title} (${entries.length})`]), shown.join(gap)].join("\n");
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

function summary(report: JsonReport, { paint }: Screen): string {
  const { known, ...verdicts } = report.counts;
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  const requests = Object.entries(report.requests).map(([kind, count]) => `${count} ${kind}`);
  const rows = [
    ["checks", `${counts.join(", ")}${known > 0 ? `; ${known} known, which do not count` : ""}`],
    ["requests", `${requests.join(", ")}, in ${duration(report.ms)}`],
    ["exit code", exitMeaning(report)],
  ] as const;
  return rows.map(([label, text]) => `${paint("dim", label.padEnd(10))} ${text}`).join("\n");
}

/** In the order of what matters; those with nothing to say are empty. */
function sectionsOf(report: JsonReport, screen: Screen): Section[] {
  const of = (wanted: JsonOutcome["verdict"]): JsonOutcome[] =>
    report.outcomes.filter(({ verdict, known }) => verdict === wanted && !known);
  const known = report.outcomes.filter((outcome) => outcome.known);
  return [
    {
      entries: failuresIn(report).map((finding) => ({ full: detail(finding, screen), short: inShort(finding, screen) })),
      gap: "\n\n",
    },
    screen.list("fail", "Could not be removed; the same command with --sweep tries again", [
      ...report.left.map(({ operation, undo }) => [`${operation}: ${undo.method} ${undo.path}`]),
    ]),
    screen.list("contradicted", "What is only assumed, and this server does otherwise", [
      ...contradictionsIn(report).map(({ id, text, detail: found, places }) => [
        `${id}: ${text}`,
        `${found}${places.length > 1 ? ` (${counted(places.length, "place")})` : ""}`,
      ]),
    ]),
    screen.list("added", "The server shows what the contract does not know", [
      ...of("added").map(({ name, meaning, fingerprint, advice }) => [
        `${name}: ${meaning}`,
        [fingerprint, advice].filter((text) => text !== null).join("  "),
      ]),
    ]),
    screen.list("inconclusive", "Could not be judged", [
      ...of("inconclusive").map(({ name, meaning, advice }) => [name, meaning, advice]),
    ]),
    screen.list("added", "Where it differs from a mock that holds the same", report.differences.map(differenceLines)),
    screen.list("skipped", "Not judged", reasonsOf(of("skipped"))),
    screen.list("skipped", "Known, and not counted", [
      ...known.map(({ name, meaning, known: by }) => [
        `${name}: ${meaning}`,
        `${by?.reason} (${by?.owner}, until ${by?.expires})`,
      ]),
    ]),
  ];
}

function detail({ outcome, places }: Finding, { paint, wrap }: Screen): string {
  const lines = [["means", outcome.meaning ?? ""] as const, ...alsoIn(places), ...findingLines(outcome)].flatMap(
    ([label, ...texts]) =>
      texts.map((text, i) => {
        const shown = label === "ask again" ? text : wrap(text, LABEL);
        return `  ${paint("dim", (i === 0 ? label : "").padEnd(LABEL - 2))}${shown}`;
      }),
  );
  return [`${paint("fail", "FAIL")} ${paint("bold", outcome.name)}`, ...lines].join("\n");
}

function inShort({ outcome, places }: Finding, { paint }: Screen): string {
  const more = places.length > 1 ? ` (${places.length} places)` : "";
  return `${paint("fail", "FAIL")} ${outcome.name}: ${outcome.meaning}${more}`;
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

/** How many checks were skipped for each reason, the most frequent first. */
function reasonsOf(skipped: readonly JsonOutcome[]): string[][] {
  const counts = new Map<string, number>();
  for (const { meaning } of skipped) counts.set(meaning ?? "", (counts.get(meaning ?? "") ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [`${String(count).padStart(3)} ${count === 1 ? "check" : "checks"}: ${reason}`]);
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
      gap: "\n",
    };
  }
}
