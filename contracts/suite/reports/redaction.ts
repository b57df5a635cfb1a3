import { printableText } from "../../client/errors";
import type { AnyOperationId } from "../../contract-version";
import { pointerParts } from "../../json-pointer";
import { labels } from "../../redact/private-value";
import { decodePart, Redactor, type RedactorOptions } from "../../redact/redactor";
import { SecretRedactor } from "../../redact/secrets";
import { isOfRun } from "../cleanup/created";
import { Description } from "../law-errors";
import type { CheckOutcome, ContractReport, RecordedExchange } from "../report";

/** How a report shows what came from a server, or went there. All but values can be printed. */
export interface Redaction {
  readonly values: "redacted" | "shown";
  /** Parsed JSON; `pointer` says where in a body it stood. */
  value(json: unknown, pointer?: string): unknown;
  /** A sentence of ours, which may quote what is private. */
  text(sentence: string): string;
  /** A path below the API's prefix, to be read. */
  path(path: string): string;
  /** The same, encoded. */
  url(path: string): string;
  pointer(pointer: string): string;
}

export interface RedactionOptions {
  readonly token?: string;
  readonly showValues: boolean;
}

/** Values that are private are their kind and a number, the same in all of a report, unless they are to be shown. Tokens and secrets never are. */
export function redactionFor(report: ContractReport, { token = "", showValues }: RedactionOptions): Redaction {
  const tokens = [token, ...(report.tokens ?? [])].filter((text) => text !== "");
  const labelled = labels();
  const replace: RedactorOptions["replace"] = (value) => {
    if (tokens.includes(value.canonical)) return "token";
    return value.kind !== "secret" && isOfRun(value.written) ? value.written : labelled(value);
  };
  const redactor = showValues ? new SecretRedactor({ replace }) : new Redactor({ kept: [report.target], replace });
  if (report.line !== undefined) redactor.add(report.line, "phone");
  for (const text of tokens) redactor.add(text, "secret");
  for (const { request, response } of allExchanges(report)) {
    redactor.learnPath(request.path);
    redactor.learn(request.body);
    if (response.body !== response.text) redactor.learn(response.body); // a page is no value
  }
  for (const [value, pointer] of compared(report)) redactor.learn(value, trailOf(pointer));
  for (const { path, undo } of report.left) {
    redactor.learnPath(path);
    redactor.learn(undo.body);
  }
  return {
    values: showValues ? "shown" : "redacted",
    value: (json, pointer = "") => redactor.json(json, trailOf(pointer)),
    text: (sentence) => redactor.text(sentence),
    path: (path) => printableText(decodePart(redactor.path(path))),
    url: (path) => redactor.path(path),
    pointer: (pointer) => printableText(redactor.pointer(pointer)),
  };
}

function allExchanges({
  outcomes,
  differences,
  assumptions,
  exchanges,
}: ContractReport): Set<RecordedExchange<AnyOperationId>> {
  return new Set([
    ...[...outcomes, ...assumptions].flatMap((one) => one.exchanges),
    ...differences.map(({ exchange }) => exchange),
    ...exchanges,
  ]);
}

/** What was compared, and where it stood. What is said in words is no value, and neither are a status and a type. */
function compared({ outcomes, differences }: ContractReport): (readonly [unknown, string])[] {
  return [
    ...outcomes.flatMap((outcome) => {
      const { evidence } = outcome;
      if (!evidence) return [];
      const values = (["expected", "received"] as const).filter((side) => wordsOf(outcome, side) === undefined);
      return values.map((side) => [evidence[side], evidence.pointer] as const);
    }),
    ...differences.flatMap(({ target, mock, pointer }) => [[target, pointer] as const, [mock, pointer] as const]),
  ];
}

/** What is said of one side of a comparison in words, in the place of a value; undefined where it is a value. */
export function wordsOf({ check, evidence }: Pick<CheckOutcome, "check" | "evidence">, side: "expected" | "received") {
  const said = evidence?.[side];
  if (said instanceof Description) return said.text;
  const isWord =
    evidence?.pointer === "status" || evidence?.what === "content-type" || (check === "shape" && side === "expected");
  return isWord && typeof said === "string" ? said : undefined;
}

/** The fields that a JSON pointer leads through, positions in lists left out. */
function trailOf(pointer: string): string[] {
  const parts = pointer.startsWith("/") ? pointerParts(pointer) : [];
  return parts.filter((part) => !/^(?:\d+|\*)$/.test(part));
}
