import type { JsonDifference, JsonOutcome, JsonReport } from "./json";
import { counted, duration, exitMeaning, findingLines, headline, oneLine, targetOf, totalRequests } from "./prose";

export interface TerminalOptions {
  readonly color: boolean;
  /** How many characters go on a line. Default: 100. */
  readonly width?: number | undefined;
}

const WIDTH = 100;
const NARROWEST = 40;
const MOST_DETAILED = 20;
const MOST_LISTED = 12;
const LABEL = 14;
const INDENT = 4;
const CODES = { bold: 1, dim: 2, fail: 31, pass: 32, added: 33, inconclusive: 35, skipped: 36 } as const;
const TONES = { 0: "pass", 1: "fail", 2: "inconclusive" } as const;

type Tone = keyof typeof CODES;

/** A report as text: the answer first, then what is wrong and what to do, and a summary. */
export function renderTerminal(report: JsonReport, { color, width = WIDTH }: TerminalOptions): string {
  const screen = new Screen(color, width);
  const parts = [top(report, screen), ...sectionsOf(report, screen), summary(report, screen)];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
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
function sectionsOf(report: JsonReport, screen: Screen): string[] {
  const of = (wanted: JsonOutcome["verdict"]): JsonOutcome[] =>
    report.outcomes.filter(({ verdict, known }) => verdict === wanted && !known);
  const known = report.outcomes.filter((outcome) => outcome.known);
  const contradicted = report.assumptions.filter(({ outcome }) => outcome === "contradicted");
  const told = new Set<string>(contradicted.map(({ id }) => id));
  const [assumed, skipped] = [
    of("skipped").filter(({ evidence }) => evidence),
    of("skipped").filter(({ evidence }) => !evidence),
  ];
  return [
    failures(of("fail"), screen),
    screen.list("fail", "Could not be removed; the same command with --sweep tries again", [
      ...report.left.map(({ operation, undo }) => [`${operation}: ${undo.method} ${undo.path}`]),
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
    screen.list("added", "What is only assumed, and this server does otherwise", [
      ...contradicted.map(({ id, text, detail }) => [`${id}: ${text}`, detail]),
      // a law that rests on an assumption that is told already is not told again
      ...assumed
        .filter(({ assumptions }) => !assumptions.some((id) => told.has(id)))
        .map(({ name, meaning }) => [name, meaning]),
    ]),
    screen.list("added", "Where it differs from a mock that holds the same", report.differences.map(differenceLines)),
    screen.list("skipped", "Not asked", reasonsOf(skipped)),
    screen.list("skipped", "Known, and not counted", [
      ...known.map(({ name, meaning, known: by }) => [
        `${name}: ${meaning}`,
        `${by?.reason} (${by?.owner}, until ${by?.expires})`,
      ]),
    ]),
  ];
}

function failures(failed: readonly JsonOutcome[], screen: Screen): string {
  const detailed = failed.slice(0, MOST_DETAILED).map((outcome) => detail(outcome, screen));
  const left = failed.length - detailed.length;
  if (left > 0) detailed.push(`and ${counted(left, "more failure")}; --report html=<file> shows all`);
  return detailed.join("\n\n");
}

function detail(finding: JsonOutcome, { paint, wrap }: Screen): string {
  const lines = [["means", finding.meaning ?? ""] as const, ...findingLines(finding)].flatMap(([label, ...texts]) =>
    texts.map((text, i) => {
      const shown = label === "ask again" ? text : wrap(text, LABEL);
      return `  ${paint("dim", (i === 0 ? label : "").padEnd(LABEL - 2))}${shown}`;
    }),
  );
  return [`${paint("fail", "FAIL")} ${paint("bold", finding.name)}`, ...lines].join("\n");
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

  /** A title and entries below it, each with one thing a line; empty when there are none. */
  list(tone: Tone, title: string, entries: readonly (readonly (string | null)[])[]): string {
    if (entries.length === 0) return "";
    const lines = entries
      .slice(0, MOST_LISTED)
      .map(([first, ...others]) =>
        [
          `  ${this.wrap(first ?? "", INDENT)}`,
          ...others.filter((text) => text).map((text) => this.paint("dim", `    ${this.wrap(text ?? "", INDENT)}`)),
        ].join("\n"),
      );
    const rest = entries.length - MOST_LISTED;
    return [
      `${this.paint(tone, title)} (${entries.length})`,
      ...lines,
      ...(rest > 0 ? [this.paint("dim", `  and ${rest} more`)] : []),
    ].join("\n");
  }
}
