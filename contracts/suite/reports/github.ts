import type { ContractVersion } from "../../contract-version";
import { pointerParts } from "../../json-pointer";
import { isBroken } from "../report";
import { contradictionsIn, isGrave } from "./contradictions";
import { headline } from "./headline";
import type { JsonReport } from "./json";
import { plainLines, totalRequests } from "./report-text";

/** The lines of each version's contract, as far as they are known. */
export type ContractLines = Readonly<Partial<Record<ContractVersion["name"], readonly string[]>>>;

const CONTRACTS = { v2: "contracts/linq-v2.openapi.yaml", v3: "contracts/linq-v3.openapi.yaml" } as const;
/** GitHub shows no more of each level for a step. */
const MOST = 10;
const LEVELS = ["error", "warning", "notice"] as const;

interface Annotation {
  readonly level: (typeof LEVELS)[number];
  readonly title: string;
  readonly message: string;
  /** The version whose contract it is about. Default: V2. */
  readonly version?: ContractVersion["name"];
  readonly line: number;
}

/**
 * A report as workflow commands of GitHub Actions, to be printed: annotations of the contract.
 *
 * @param contractLines to tell where clauses are; without them all are on line 1
 */
export function renderGithub(report: JsonReport, contractLines: ContractLines = {}): string {
  const annotations = [...findings(report, contractLines), ...leftBehind(report), ...assumptions(report)];
  const shown = LEVELS.flatMap((level) => {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    const rest = ofLevel.length - MOST;
    const more = { level, title: "more", message: `${rest} more of this kind; another report shows them all`, line: 1 };
    return [...ofLevel.slice(0, MOST), ...(rest > 0 ? [more] : [])];
  });
  const answer: Annotation = {
    level: "notice",
    title: "linq-mock contract",
    message: `${headline(report)} ${totalRequests(report)}.${report.values === "shown" ? " Private values are shown; do not pass this on." : ""}`,
    line: 1,
  };
  return [...shown, answer].map((annotation) => `${commandOf(annotation)}\n`).join("");
}

const OF_V3 = /^(?:baseline-)?shape-v3-/;

function findings(report: JsonReport, contractLines: ContractLines): Annotation[] {
  const { outcomes, strict } = report;
  const grave = new Set(
    contradictionsIn(report)
      .filter(isGrave)
      .map(({ outcome }) => outcome),
  );
  return outcomes.flatMap((outcome): Annotation[] => {
    const { id, verdict, known, name, meaning, clause } = outcome;
    if (verdict === "pass" || verdict === "skipped") return [];
    const isMild = known !== null || (verdict === "contradicted" && !strict && !grave.has(outcome));
    const version = OF_V3.test(id) ? "v3" : "v2";
    return [
      {
        level: isMild ? "notice" : isBroken(verdict, { strict }) ? "error" : "warning",
        title: known ? `known: ${name}` : name,
        message: [meaning, ...plainLines(outcome)].join("\n"),
        version,
        line: clauseLine(contractLines[version] ?? [], clause),
      },
    ];
  });
}

function leftBehind({ left }: JsonReport): Annotation[] {
  return left.map(({ undo }) => ({
    level: "error",
    title: "left behind",
    message: `could not be undone: ${undo.method} ${undo.path}; the same command with --sweep tries again`,
    line: 1,
  }));
}

function assumptions(report: JsonReport): Annotation[] {
  return report.assumptions
    .filter(({ outcome }) => outcome === "contradicted")
    .map(({ id, text, detail }) => ({ level: "notice", title: id, message: `${text}\n${detail}`, line: 1 }));
}

function commandOf({ level, title, message, version = "v2", line }: Annotation): string {
  const property = escaped(title).replaceAll(":", "%3A").replaceAll(",", "%2C");
  return `::${level} file=${CONTRACTS[version]},line=${line},title=${property}::${escaped(message)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** The line, from 1, on which a clause begins in the lines of the contract; of a clause that has none of its own, what it is in. */
export function clauseLine(lines: readonly string[], clause: string): number {
  let found: Place | undefined = { line: -1, indent: -1 };
  let line = 0;
  for (const part of pointerParts(clause)) {
    found = childOf(lines, found, part);
    if (!found) break;
    line = found.line;
  }
  return line + 1;
}

interface Place {
  readonly line: number;
  /** How far to the right it begins; what is in it begins further. */
  readonly indent: number;
}

/** Where a key, or an entry of a list by its position, stands among the lines below another. */
function childOf(lines: readonly string[], parent: Place, key: string): Place | undefined {
  let indent: number | undefined;
  let entry = -1;
  for (let line = parent.line + 1; line < lines.length; line += 1) {
    const [, spaces = "", content = ""] = /^( *)(.*)$/.exec(lines[line] ?? "") ?? [];
    if (content === "" || content.startsWith("#")) continue;
    if (spaces.length <= parent.indent) return undefined;
    indent ??= spaces.length;
    if (spaces.length !== indent) continue;
    if (content.startsWith("- ")) entry += 1;
    if (content.startsWith("- ") ? String(entry) === key : keyOf(content) === key) return { line, indent };
  }
  return undefined;
}

function keyOf(content: string): string | undefined {
  const [, quoted, plain] = /^(?:["'](.+?)["']|([^\s"'{[][^:]*)):(?:\s|$)/.exec(content) ?? [];
  return quoted ?? plain;
}
