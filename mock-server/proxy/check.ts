import { checkExchange, type ExchangeViolation, isOnlyAssumed } from "../../contracts/check";
import { printableText as withoutControls } from "../../contracts/client/errors";
import { type HttpAnswer, singleHeaders } from "../../contracts/client/http-client";
import { tokenOf } from "../../contracts/client/url-and-token";
import type { AnyOperationId, ContractVersion } from "../../contracts/contract-version";
import { isTooDeep, parseBody } from "../../contracts/exchange";
import { violationReason } from "../../contracts/violation-text";
import { amount, printable } from "../server/text";
import type { ApiRequest, ProxyCall } from "./call";
import { isForm } from "./read-change";

/**
 * What a finding is about: an answer that breaks the contract; a request that does, and was answered as if it did not; an answer that is
 * otherwise than is only assumed; what the answer holds and the contract does not know; a request that breaks the contract and was refused; a path that the contract does not have.
 */
export const FINDING_KINDS = ["answer", "request", "assumed", "added", "refused", "unknown"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that there is to say about an exchange. It holds no values, which may be private. */
export interface ExchangeFinding {
  readonly kind: FindingKind;
  /** Whether it is a violation. */
  readonly counts: boolean;
  readonly operation: AnyOperationId | undefined;
  readonly status: number;
  /** A sentence without a full stop: `/data/id is missing; it must be an integer of at least 1`. */
  readonly text: string;
  /** JSON pointer into the contract. */
  readonly clause: string | undefined;
}

const LONGEST_PATH = 100;
/** The name of a field that a programmer has chosen. Some servers have numbers, addresses and names of people there. */
const FIELD = /^[a-z_][\w[\].-]{0,60}$/i;
const MANY_DIGITS = /\d{4}/;
const MOST_SHOWN = 3;

/** What there is to say about a call and its answer. `strict`: what is only assumed breaks the contract, and what it does not know. */
export function checkCall(
  { contract, method, path, query, operation }: ApiRequest,
  call: ProxyCall,
  answer: HttpAnswer & { /** What its body holds. */ readonly json: unknown },
  { strict }: { readonly strict: boolean },
): ExchangeFinding[] {
  const { status } = answer;
  if (operation === undefined) {
    const text = withoutControls(`${method} ${path.slice(0, LONGEST_PATH)} is not in the contract`);
    return [{ kind: "unknown", counts: false, operation, status, text, clause: undefined }];
  }
  const body = isForm(contract, operation, call.headers) ? undefined : jsonOf(call.body);
  const request = { method, path: `${contract.prefix}${path}${query}`, ...(body !== undefined && { body }) };
  const response = { status, headers: singleHeaders(answer.headers), body: answer.json };
  const violations = checkExchange(operation, request, response, { strict: true });
  const unreadable = typeof answer.json === "string" ? jsonProblem(answer.body) : undefined;
  const found = violations.map((violation): ExchangeFinding => {
    const kind = kindOf(violation);
    const counts = kind === "answer" || kind === "request" || (strict && (kind === "added" || kind === "assumed"));
    const text = unreadable !== undefined && isOfTheWhole(violation) ? unreadable : textOf(violation);
    return { kind, counts, operation, status, text, clause: violation.clause };
  });
  return [...answeredWithoutToken(contract, operation, call, status), ...found];
}

/** What a body holds: JSON; undefined when it is empty, and a text when it is no JSON, or is too deep to be looked at. */
export function jsonOf(body: Buffer): unknown {
  const text = body.toString("utf8");
  return parseBody(text);
}

/** The violations of an exchange in one line, for a header and the log: `2 violations: /data/id is missing; ...`. Undefined when there are none. */
export function violationText(findings: readonly ExchangeFinding[]): string | undefined {
  const violations = findings.filter(({ counts }) => counts);
  if (violations.length === 0) return undefined;
  const shown = violations
    .slice(0, MOST_SHOWN)
    .map(({ kind, text }) => (kind === "request" ? `in the request, ${text}` : text));
  const more = violations.length > MOST_SHOWN ? ["..."] : [];
  return printable(`${amount(violations.length, "violation")}: ${[...shown, ...more].join("; ")}`);
}

const NOTES: Readonly<Record<FindingKind, (text: string) => string>> = {
  answer: (text) => text,
  request: (text) => text,
  assumed: (text) => `In the answer, ${text}; that is only assumed.`,
  added: (text) => `In the answer, ${text}.`,
  refused: (text) => `In the request, ${text}.`,
  unknown: (text) => `${text}.`,
};

/** What there is to say beside violations, as a hint. */
export function noteText(findings: readonly ExchangeFinding[]): string | undefined {
  const notes = findings.filter(({ counts }) => !counts).slice(0, MOST_SHOWN);
  return notes.length === 0 ? undefined : printable(notes.map(({ kind, text }) => NOTES[kind](text)).join(" "));
}

/** A server that does what is asked without a token has forgotten to ask for it. */
function answeredWithoutToken(
  { token }: ContractVersion,
  operation: AnyOperationId,
  { headers }: ProxyCall,
  status: number,
): readonly ExchangeFinding[] {
  if (tokenOf(token, headers) !== undefined || status < 200 || status >= 300) return [];
  const text = `the status must be 401, because the request has no token in ${token.shown}`;
  return [{ kind: "answer", counts: true, operation, status, text, clause: token.clause }];
}

const BYTE_ORDER_MARK = "\uFEFF";

/** Why a body cannot be read as JSON, as a sentence without a full stop; undefined when it can. */
function jsonProblem(body: Buffer): string | undefined {
  const text = body.toString("utf8");
  if (isTooDeep(text)) return "the body is nested too deeply to be looked at";
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return text.startsWith(BYTE_ORDER_MARK) ? "the body is no JSON: it begins with a byte order mark" : "the body is no JSON";
  }
}

/** Whether it is about what the body of the answer is as a whole. */
function isOfTheWhole({ side, rule, pointer }: ExchangeViolation<AnyOperationId>): boolean {
  return side === "response" && pointer === "" && rule !== "status" && rule !== "content-type" && rule !== "body";
}

function kindOf({ side, status, rule, basis }: ExchangeViolation<AnyOperationId>): FindingKind {
  if (side === "request") return status < 300 ? "request" : "refused";
  if (rule === "added") return "added";
  return isOnlyAssumed({ basis }) ? "assumed" : "answer";
}

function textOf(violation: ExchangeViolation<AnyOperationId>): string {
  const place = violation.rule === "body" ? "" : violation.pointer.split("/").map(shownName).join("/");
  return withoutControls(`${place} ${violationReason(violation)}`.trimStart());
}

/** Places in a list are one place. */
function shownName(name: string): string {
  if (/^\d+$/.test(name)) return "*";
  return name === "" || (FIELD.test(name) && !MANY_DIGITS.test(name)) ? name : "{name}";
}
