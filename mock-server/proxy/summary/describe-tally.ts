import { amount } from "../../server/logger";
import { FINDING_KINDS, type FindingKind } from "../checking/finding";
import type { Group, Tally } from "./tally";

const TITLES: Readonly<Record<FindingKind, string>> = {
  answer: "Answers that break the contract",
  request: "Requests that break the contract, and were answered as if they did not",
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
    const title = kind === "added" && !strict ? `${TITLES.added} (no violations; with --strict they are)` : TITLES[kind];
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
