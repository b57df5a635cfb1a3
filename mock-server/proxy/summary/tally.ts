import type { OperationId } from "../../../contracts/generated/v2/operations";
import type { Finding, FindingKind } from "../checking/finding";

/** A finding, and how often there was the same. */
export interface Group extends Finding {
  times: number;
  /** The number of the first request in the log. */
  readonly firstSeen: string;
}

/** What came of the calls of an operation. */
export interface Counts {
  /** How often each status came. */
  readonly statuses: Map<number, number>;
  /** How many exchanges had a violation. */
  violating: number;
}

/** Findings of more kinds are counted, and not kept apart. */
const MOST_GROUPS = 500;

/** What a proxy has seen. It holds no bodies, however long it runs. */
export class Tally {
  readonly byOperation = new Map<OperationId | "-", Counts>();
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
  note(operation: OperationId | undefined, status: number, findings: readonly Finding[], requestId: string): void {
    const key = operation ?? "-";
    const counts = this.byOperation.get(key) ?? { statuses: new Map<number, number>(), violating: 0 };
    this.byOperation.set(key, counts);
    counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
    const violations = findings.filter(({ counts: isViolation }) => isViolation).length;
    if (violations > 0) counts.violating += 1;
    this.violations += violations;
    for (const finding of findings) this.#group(finding, requestId);
  }

  /** How many calls the target has answered. */
  get answered(): number {
    return [...this.byOperation.values()].flatMap(({ statuses }) => [...statuses.values()]).reduce((sum, n) => sum + n, 0);
  }

  /** The findings of a kind, the most frequent first. */
  groups(kind: FindingKind): Group[] {
    return [...this.#groups.values()].filter((group) => group.kind === kind).sort((a, b) => b.times - a.times);
  }

  #group(finding: Finding, requestId: string): void {
    const { kind, operation, status, text } = finding;
    const key = `${kind} ${operation} ${status} ${text}`;
    const group = this.#groups.get(key);
    if (group) group.times += 1;
    else if (this.#groups.size < MOST_GROUPS) this.#groups.set(key, { ...finding, times: 1, firstSeen: requestId });
    else this.ungrouped += 1;
  }
}
