import type { Finding, ShownEvidence } from "./finding";
import { counted } from "./html/counted";
import { duration } from "./html/duration";
import { oneLine } from "./one-line";
import type { ShownExchange } from "./shown-exchange";

/** A fact about a finding: its label, and what there is to say, one thing a line. */
export type FindingLine = readonly [label: string, ...texts: string[]];

/** What there is to say of a finding below its name and its meaning, for people. */
export function findingLines(finding: Finding): FindingLine[] {
  const { check, operationTitle, evidence, clause, assumptions, exchanges, requests, advice, fingerprint } = finding;
  const lines: (FindingLine | undefined)[] = [
    ["operation", operationTitle],
    ...(evidence ? evidenceLines(evidence, check) : []),
    ["clause", clause],
    assumptions.length === 0 ? undefined : ["rests on", assumptions.join(", ")],
    ["asked", counted(requests, "request"), ...exchanges.map(exchangeLine)],
    advice === undefined ? undefined : ["to do", advice],
    fingerprint === undefined ? undefined : ["fingerprint", fingerprint],
    finding.curl === undefined ? undefined : ["ask again", finding.curl],
    finding.mockCurl === undefined ? undefined : ["ask a mock", finding.mockCurl],
  ];
  return lines.filter((line) => line !== undefined);
}

function evidenceLines({ what, pointer, expected, received, note }: ShownEvidence, check: Finding["check"]): FindingLine[] {
  return [
    [check === "law" ? "compared" : "rule", what],
    ["where", pointer === "" ? "the whole" : pointer],
    ["expected", check === "shape" && typeof expected === "string" ? expected : oneLine(expected)],
    ["received", ...[oneLine(received), note].filter((text) => text !== undefined)],
  ];
}

const TOKENS = { own: "", none: ", without a token", wrong: ", with a token of nobody" } as const;

function exchangeLine({ method, path, status, token, ms }: ShownExchange): string {
  return `${method} ${path} → ${status} in ${duration(ms)}${TOKENS[token]}`;
}
