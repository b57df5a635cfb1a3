import { printableText } from "../../client/errors";
import {
  addedIn,
  type Contradiction,
  contradictedIds,
  contradictionsIn,
  fieldOf,
  isGrave,
  isOfBehaviour,
  objectOf,
} from "./contradictions";
import { placeholderIn } from "./curl";
import { type Finding, failuresIn, grouped, isServerTrouble, isStillSuccess } from "./findings";
import type { JsonDifference, JsonOutcome, JsonReport } from "./json";
import {
  counted,
  duration,
  evidenceOf,
  exitMeaning,
  type FindingLine,
  findingLines,
  findingTitle,
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
  /** A file that holds all of the report, for what is cut off here. */
  readonly file?: string | undefined;
}

const WIDTH = 100;
const NARROWEST = 40;
const MOST_LINES = 60;
const MOST_PLACES = 3;
const MOST_SERVER_ERRORS = 3;
/** Where among the lengths of a failure that is with a line of evidence, from the end. */
const EVIDENCE = -2;
/** For the worst failure to be told in full. */
const MARGIN = 8;
const LABEL = 12;
const INDENT = 4;
const CODES = { bold: 1, dim: 2, fail: 31, pass: 32, contradicted: 33, added: 33, inconclusive: 35, skipped: 36 } as const;
const TONES = { 0: "pass", 1: "fail", 2: "inconclusive" } as const;

const ADVICE_ON_GRAVE =
  "No document promises it, and programs may rely on it all the same: ask again with the command, then whoever runs the server.";

type Tone = keyof typeof CODES;

/** A report as text: the answer first, then what is wrong and what to do, and a summary. */
export function renderTerminal(
  report: JsonReport,
  { color, width = WIDTH, lines = MOST_LINES, file }: TerminalOptions,
): string {
  const screen = new Screen(color, width, file);
  const commands = report.outcomes.map(({ curl }) => curl).join("\n");
  const [first, longest] = [top(report, screen), summary(report, screen, commands)];
  const sections = sectionsOf(report, screen).filter(({ entries }) => entries.length > 0);
  const room = lines - countOf(first) - countOf(longest) - 1;
  const parts = isCrowded(sections, room) ? crowded(sections, room, screen) : shared(sections, room, screen);
  return `${[first, ...parts, summary(report, screen, parts.join("\n"))].join("\n\n")}\n`;
}

/** Sections on so many lines: each of those that follow has its say. */
function shared(sections: readonly Section[], lines: number, screen: Screen): string[] {
  let left = lines;
  return sections.map((section, i) => {
    const reserved = sections.slice(i + 1).reduce((sum, following) => sum + leastOf(following), 0);
    const text = fitted(section, left - 1 - reserved, screen);
    left -= countOf(text) + 1;
    return text;
  });
}

/** Whether failures could not have a line of evidence each, if all sections had their say. */
function isCrowded([failures, ...others]: readonly Section[], lines: number): boolean {
  if (!failures || failures.title !== undefined || others.length === 0) return false;
  const wanted = failures.entries.reduce((sum, entry) => sum + countOf(entry.at(EVIDENCE) ?? entry[0]), 0);
  return wanted + others.reduce((sum, section) => sum + leastOf(section), 0) > lines - MARGIN;
}

/** The failures, and the titles of what else there is. */
function crowded([failures, ...others]: readonly Section[], lines: number, screen: Screen): string[] {
  const titles = others.map(({ title, entries }) => `${title} (${entries.length})`);
  const rest = [...titles, screen.paint("dim", `  not shown, for the failures; ${screen.whereAllIs}`)].join("\n");
  return failures ? [fitted(failures, lines - 1 - countOf(rest) - 1, screen), rest] : [rest];
}

/** A title, the first entry in short, how many were left out, and the line to the next section. */
function leastOf({ entries: [first, ...others] }: Section): number {
  return 1 + (first ? countOf(shortest(first)) : 0) + (others.length > 0 ? 1 : 0) + 1;
}

interface Section {
  readonly title?: string;
  readonly entries: readonly Entry[];
}

/** The same in several lengths, from the longest to the shortest. */
type Entry = readonly [string, ...string[]];

function shortest(entry: Entry): string {
  return entry.at(-1) ?? entry[0];
}

/** As much of a section as goes on so many lines: all entries in short before any is told at more length, and how many were left out. */
function fitted({ title, entries }: Section, lines: number, { paint, whereAllIs }: Screen): string {
  const shown: string[] = [];
  let left = lines - (title === undefined ? 0 : 1) - 1;
  for (const [i, entry] of entries.entries()) {
    const text = shortest(entry);
    if (countOf(text) > left && i > 0) break;
    left -= countOf(text);
    shown.push(text);
  }
  const longest = Math.max(...entries.map(({ length }) => length));
  const lengthen = (i: number, length: number): void => {
    const longer = entries[i]?.[length] ?? shown[i] ?? "";
    const more = countOf(longer) - countOf(shown[i] ?? "");
    if (more <= 0 || more > left) return;
    left -= more;
    shown[i] = longer;
  };
  for (let length = longest - 2; length >= 0; length -= 1) {
    for (const i of shown.keys()) lengthen(i, length);
    lengthen(0, 0); // the worst is told in full before others get a command
  }
  const rest = entries.length - shown.length;
  if (rest > 0) shown.push(paint("dim", `  and ${rest} more; ${whereAllIs}`));
  return [...(title === undefined ? [] : [`${title} (${entries.length})`]), shown.join("\n").trimEnd()].join("\n");
}

function countOf(text: string): number {
  return text.split("\n").length;
}

function top(report: JsonReport, { paint, wrap, cut }: Screen): string {
  const { line, ms, values, exit_code } = report;
  const facts = [
    targetOf(report),
    line === null ? "no line" : `line ${line}`,
    `${totalRequests(report)} in ${duration(ms)}`,
    ...(values === "shown" ? ["private values are shown"] : []),
  ];
  const errors = serverErrors(report).map((text) => paint("fail", cut(text)));
  return [paint("bold", paint(TONES[exit_code], wrap(headline(report), 0))), paint("dim", facts.join(", ")), ...errors].join(
    "\n",
  );
}

/** Each request that the server has failed at, and whether it does so still. */
function serverErrors({ server_errors: errors }: JsonReport): string[] {
  const told = errors.slice(0, MOST_SERVER_ERRORS).map(({ method, path, status, times, asked_again: again }) => {
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
  const advice = new Set([...(grave.length > 0 ? [ADVICE_ON_GRAVE] : []), ...ofFailures]);
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
    ["exit code", exitMeaning(report)],
  ] as const;
  return [...toDo(report, shown), ...rows]
    .map(([label, text]) => `${paint("dim", label.padEnd(10))} ${wrap(text, LABEL - 1)}`)
    .join("\n");
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
          requestOf(one),
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

/** Grave contradictions, and where nothing else is told, the first that is about what the server does. */
function toldInFull(contradictions: readonly Contradiction[], failures: readonly Finding[]): readonly Contradiction[] {
  const grave = contradictions.filter(isGrave);
  return grave.length > 0 || failures.length > 0 ? grave : contradictions.slice(0, 1).filter(isOfBehaviour);
}

/** Failures and grave contradictions, what does most harm first; a success of another status comes last. */
function gravestFirst(failures: readonly Finding[], grave: readonly Contradiction[], screen: Screen): Entry[] {
  const weight = ({ outcome }: Finding): number =>
    isServerTrouble(outcome) || outcome.harm > 0 ? 4 : isStillSuccess(outcome) ? 1 : 2.5;
  const entries = [
    ...failures.map((finding) => [weight(finding), entryOf(finding, screen)] as const),
    ...grave.map((contradiction) => [contradiction.gravity, contradictionEntry(contradiction, screen)] as const),
  ];
  return entries.sort(([one], [other]) => other - one).map(([, entry]) => entry);
}

/** What is only assumed and does harm, as a failure is told. */
function contradictionEntry(contradiction: Contradiction, screen: Screen): Entry {
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
function requestOf({ outcome, probed }: Contradiction): string | null {
  const last = outcome?.exchanges.at(-1);
  const call = last ? `${last.method} ${last.path} → ${last.status}` : probed?.request;
  return call ? `request: ${call}` : null;
}

/** Fields that are new, each name on a line with all that have it. */
function addedFields(added: readonly JsonOutcome[]): (string | null)[][] {
  return [...grouped(added, fieldOf)].map(([field, alike]) => {
    const owners = [...new Set(alike.map(objectOf))].join(", ");
    const fingerprints = alike.map(({ fingerprint }) => fingerprint).filter((text) => text !== null);
    return [
      `${field} of ${owners}${alike.length > 1 ? `, in ${counted(alike.length, "place")}` : ""}`,
      [...fingerprints, alike[0]?.advice].filter((text) => text).join("  "),
    ];
  });
}

/** A failure in full, then with one line of evidence and a command, with the evidence alone, and by its title. */
function entryOf(finding: Finding, screen: Screen): Entry {
  const { outcome } = finding;
  const { paint, wrap, cut } = screen;
  const title = `${paint("fail", "FAIL")} ${wrap(`${findingTitle(finding)}${inPlaces(finding)}${probably(outcome)}`, INDENT + 1)}`;
  const evidence = evidenceOf(outcome);
  const brief = evidence === undefined ? title : `${title}\n${paint("dim", cut(`  ${evidence}`))}`;
  const command = outcome.curl === null ? brief : `${brief}\n  ${paint("dim", seeIt(outcome, outcome.curl))}`;
  return [detail(finding, screen), command, brief, title];
}

function seeIt({ curl_effect: effect }: JsonOutcome, curl: string): string {
  return `${effect === null ? "" : `(${effect}) `}${printableText(curl)}`;
}

function inPlaces({ places, hidden }: Finding): string {
  const inMore = places.length > 1 ? `, in ${places.length} places` : "";
  return hidden.length > 0 ? `${inMore} (hides ${counted(hidden.length, "check")})` : inMore;
}

function probably({ explained_by: ids }: JsonOutcome): string {
  return ids.length > 0 ? `, probably the same as ${ids.join(", ")}` : "";
}

function detail(finding: Finding, { paint, wrap }: Screen): string {
  const { outcome, places, hidden, suspect } = finding;
  const isAcceptable = outcome.fingerprint !== null && !isServerTrouble(outcome);
  const accepting: FindingLine[] = isAcceptable ? [["baseline", String(outcome.fingerprint)]] : [];
  const facts = [...findingLines(outcome, suspect), ...alsoIn(places), ...hiddenBy(hidden), ...accepting];
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

/** What follows from a failure, and is told nowhere else. */
function hiddenBy(hidden: readonly JsonOutcome[]): FindingLine[] {
  if (hidden.length === 0) return [];
  if (new Set(hidden.map(({ meaning }) => meaning)).size > 1) {
    const laws = hidden
      .flatMap(({ law }) => law ?? [])
      .sort((one, other) => one - other)
      .join(", ");
    return [["hides", `${counted(hidden.length, "check")} that could not be judged${laws === "" ? "" : ` (law ${laws})`}`]];
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

  /** Where that is which is left out. */
  readonly whereAllIs: string;

  constructor(color: boolean, width: number, file: string | undefined) {
    this.whereAllIs =
      file === undefined ? "--report json=<file> keeps them next time, --lines all shows them" : `${file} has them`;
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

  /** A text on one line. */
  readonly cut = (text: string): string => (text.length > this.#width ? `${text.slice(0, this.#width - 1)}…` : text);

  /** Entries below a title, each with one thing a line. */
  list(tone: Tone, title: string, entries: readonly (readonly (string | null)[])[]): Section {
    return {
      title: this.paint(tone, title),
      entries: entries.map(([first, ...others]) => {
        const short = `  ${this.wrap(first ?? "", INDENT)}`;
        const more = others.filter((text) => text).map((text) => this.paint("dim", `    ${this.wrap(text ?? "", INDENT)}`));
        return [[short, ...more].join("\n"), short];
      }),
    };
  }
}
