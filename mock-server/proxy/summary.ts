import { amount } from "../server/printable-text";
import type { ApiRequest } from "./call";
import { type ExchangeFinding, FINDING_KINDS, type FindingKind } from "./check";

/** A finding, and how often there was the same. */
interface Group extends Omit<ExchangeFinding, "operation"> {
  readonly operation: string | undefined;
  times: number;
  /** The number of the first request in the log. */
  readonly firstSeen: string;
}

/** What came of the calls of an operation. */
interface Counts {
  /** How often each status came. */
  readonly statuses: Map<number, number>;
  /** How many exchanges had a violation. */
  violating: number;
}

type Asked = Pick<ApiRequest, "contract" | "operation">;

/** Findings of more kinds are counted, and not kept apart. */
const MOST_GROUPS = 500;

/** What a proxy has seen. It holds no bodies, however long it runs. */
export class Tally {
  /** By what people call the operations. */
  readonly byOperation = new Map<string, Counts>();
  readonly #groups = new Map<string, Group>();
  /** Violations, each as often as it was seen. */
  violations = 0;
  /** Findings of a kind for which there was no room. */
  ungrouped = 0;
  /** Calls that the proxy has refused itself, those that the mock has answered, and those without an answer. */
  refused = 0;
  byMock = 0;
  unanswered = 0;

  /** Notes a call that the target has answered. */
  note({ contract, operation: id }: Asked, status: number, findings: readonly ExchangeFinding[], requestId: string): void {
    const operation = id && contract.name === "v3" ? `V3's ${id}` : id; // V2 has operations of the same names
    const key = operation ?? "-";
    const counts = this.byOperation.get(key) ?? { statuses: new Map<number, number>(), violating: 0 };
    this.byOperation.set(key, counts);
    counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
    const violations = findings.filter(({ counts: isViolation }) => isViolation).length;
    if (violations > 0) counts.violating += 1;
    this.violations += violations;
    for (const finding of findings) this.#group({ ...finding, operation }, requestId);
  }

  /** How many calls the target has answered. */
  get answered(): number {
    return [...this.byOperation.values()].flatMap(({ statuses }) => [...statuses.values()]).reduce((sum, n) => sum + n, 0);
  }

  /** The findings of a kind, the most frequent first. */
  groups(kind: FindingKind): Group[] {
    return [...this.#groups.values()].filter((group) => group.kind === kind).sort((a, b) => b.times - a.times);
  }

  #group(finding: Omit<Group, "times" | "firstSeen">, requestId: string): void {
    const { kind, operation, status, text } = finding;
    const key = `${kind} ${operation} ${status} ${text}`;
    const group = this.#groups.get(key);
    if (group) group.times += 1;
    else if (this.#groups.size < MOST_GROUPS) this.#groups.set(key, { ...finding, times: 1, firstSeen: requestId });
    else this.ungrouped += 1;
  }
}

const TITLES: Readonly<Record<FindingKind, string>> = {
  answer: "Answers that break the contract",
  request: "Requests that break the contract, and were answered as if they did not",
  assumed: "Answers that are otherwise than is only assumed",
  added: "What answers hold, and the contract does not know",
  refused: "Requests that break the contract, and were refused (no violations)",
  unknown: "Not in the contract (no violations)",
};

/** What a proxy has seen, for people. */
export function describeTally(tally: Tally, { target, strict }: { readonly target: string; readonly strict: boolean }): string {
  const { answered, refused, byMock, unanswered, violations, ungrouped } = tally;
  const parts = [
    `${answered} answered by ${target}`,
    ...(byMock > 0 ? [`${byMock} by the mock`] : []),
    ...(refused > 0 ? [`${refused} refused by the proxy`] : []),
    ...(unanswered > 0 ? [`${unanswered} without an answer`] : []),
  ];
  const groups = FINDING_KINDS.flatMap((kind) => {
    const isLenient = !strict && (kind === "added" || kind === "assumed");
    const title = isLenient ? `${TITLES[kind]} (no violations; with --strict they are)` : TITLES[kind];
    const found = tally.groups(kind);
    return found.length === 0 ? [] : ["", title, ...found.flatMap(describeGroup)];
  });
  return [
    `${amount(violations, "violation")} in ${amount(answered + refused + byMock + unanswered, "request")}: ${parts.join(", ")}.`,
    ...(tally.byOperation.size > 0 ? ["", ...operationLines(tally)] : []),
    ...groups,
    ...(ungrouped > 0 ? ["", `${amount(ungrouped, "more finding")} of other kinds`] : []),
    "",
  ].join("\n");
}

function operationLines({ byOperation }: Tally): string[] {
  const width = Math.max(...[...byOperation.keys()].map((name) => name.length));
  const entries = [...byOperation].sort(([a], [b]) => a.localeCompare(b));
  return entries.map(([name, { statuses, violating }]) => {
    const seen = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status} x ${times}`);
    return `  ${name.padEnd(width)}  ${seen.join(", ")}${violating > 0 ? `; ${violating} with violations` : ""}`;
  });
}

function describeGroup({ operation, status, text, clause, times, firstSeen }: Group): string[] {
  const often = times === 1 ? firstSeen : `${times} times, first ${firstSeen}`;
  const line = `  ${operation === undefined ? "" : `${operation} `}${status}: ${text} (${often})`;
  return clause === undefined ? [line] : [line, `    ${clause}`];
}
