import { type ContractReport, exitCodeOf } from "../report";
import { type Finding, findingOf } from "./finding";
import type { JsonDifference, JsonOutcome, JsonReport } from "./json-report";
import { limited } from "./limited";
import type { Renderer, ReportContext } from "./report-context";
import { shownExchange } from "./shown-exchange";
import { verdictCounts } from "./verdict-counts";

/** A report as JSON, to be read by programs: see {@link JsonReport}. */
export const renderJson: Renderer = (report, context) => `${JSON.stringify(documentOf(report, context), null, 2)}\n`;

function documentOf(report: ContractReport, { mask, strict }: ReportContext): JsonReport {
  const { target, isOwnMock, startedAt, ms, seed, line, allowed, requests, outcomes, assumptions, left } = report;
  const findings = outcomes.map((outcome) => ({ finding: findingOf(outcome, report, mask), law: outcome.law }));
  const body = {
    linq_mock_contract: 1,
    target: target === "" ? null : target,
    is_own_mock: isOwnMock,
    started_at: startedAt,
    ms: Math.round(ms),
    seed,
    line: line === undefined ? null : String(mask.value(line, "/phone_number")),
    allowed,
    requests,
    strict,
    exit_code: exitCodeOf(report, { strict }),
    counts: verdictCounts(outcomes),
    outcomes: findings.map(({ finding, law }) => outcomeOf(finding, law)),
    assumptions: assumptions.map(({ id, text, outcome, detail }) => ({ id, text, outcome, detail: mask.text(detail) })),
    differences: report.differences.map((difference) => differenceOf(difference, mask)),
    left: left.map(({ operation, path, undo }) => ({
      operation,
      path: mask.path(path),
      undo: { method: undo.method, path: mask.path(undo.path) },
    })),
  } as const;
  return { ...body, legend: Object.fromEntries(mask.legend(JSON.stringify(body))) };
}

/** What passes needs no commands. */
function outcomeOf(finding: Finding, law: number | undefined): JsonOutcome {
  const { id, check, name, operation, kind, verdict, meaning, clause, assumptions, evidence, requests, ms } = finding;
  const isPass = verdict === "pass";
  return {
    ...{ id, check, law: law ?? null, name, operation, kind, verdict, meaning: isPass ? null : meaning, clause, assumptions },
    evidence: evidence
      ? {
          what: evidence.what,
          pointer: evidence.pointer,
          expected: evidence.expected ?? null,
          received: evidence.received ?? null,
          note: evidence.note ?? null,
        }
      : null,
    requests,
    ms: Math.round(ms),
    exchanges: isPass ? [] : finding.exchanges.map((exchange) => ({ ...exchange, ms: Math.round(exchange.ms) })),
    curl: isPass ? null : (finding.curl ?? null),
    mock_curl: isPass ? null : (finding.mockCurl ?? null),
    advice: finding.advice ?? null,
    fingerprint: finding.fingerprint ?? null,
    known: finding.known ?? null,
  };
}

function differenceOf(
  { operation, law, meaning, pointer, target, mock, exchange }: ContractReport["differences"][number],
  mask: ReportContext["mask"],
): JsonDifference {
  const show = (value: unknown): unknown => limited(value, (kept) => mask.value(kept, pointer)) ?? null;
  const { method, path } = shownExchange(exchange, mask);
  return {
    operation,
    law: law ?? null,
    meaning: mask.text(meaning),
    pointer: mask.pointer(pointer),
    target: show(target),
    mock: show(mock),
    request: { method, path },
  };
}
