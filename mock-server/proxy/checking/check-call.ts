import { checkExchange, type ExchangeViolation } from "../../../contracts/check-exchange";
import { reasonOf } from "../../../contracts/checking/reason-of";
import { printable } from "../../../contracts/client/errors";
import { type HttpAnswer, singleHeaders } from "../../../contracts/client/http-client";
import type { Asked } from "../asked";
import type { Call } from "../call";
import { jsonOf } from "../json-of";
import { isForm } from "../read-change";
import { answeredWithoutToken } from "./answered-without-token";
import type { Finding, FindingKind } from "./finding";
import { jsonProblem } from "./json-problem";

const LONGEST_PATH = 100;
/** The name of a field that a programmer has chosen. Some servers have numbers, addresses and names of people there. */
const FIELD = /^[a-z_][\w[\].-]{0,60}$/i;
const MANY_DIGITS = /\d{4}/;

/** What there is to say about a call and its answer. `strict`: what the contract does not know breaks it. */
export function checkCall(
  asked: Asked,
  call: Call,
  answer: HttpAnswer & { /** What its body holds. */ readonly json: unknown },
  { strict }: { readonly strict: boolean },
): Finding[] {
  const { method, path, query, operation } = asked;
  const { status } = answer;
  if (operation === undefined) {
    const text = printable(`${method} ${path.slice(0, LONGEST_PATH)} is not in the contract`);
    return [{ kind: "unknown", counts: false, operation, status, text, clause: undefined }];
  }
  const body = isForm(operation, call.headers) ? undefined : jsonOf(call.body);
  const request = { method, path: `${path}${query}`, ...(body !== undefined && { body }) };
  const response = { status, headers: singleHeaders(answer.headers), body: answer.json };
  const violations = checkExchange(operation, request, response);
  const unreadable = typeof answer.json === "string" ? jsonProblem(answer.body) : undefined;
  const found = violations.map((violation): Finding => {
    const kind = kindOf(violation);
    const counts = kind === "answer" || kind === "request" || (kind === "added" && strict);
    const text = unreadable !== undefined && isOfTheWhole(violation) ? unreadable : textOf(violation);
    return { kind, counts, operation, status, text, clause: violation.clause };
  });
  return [...answeredWithoutToken(operation, call, status), ...found];
}

/** Whether it is about what the body of the answer is as a whole. */
function isOfTheWhole({ side, rule, pointer }: ExchangeViolation): boolean {
  return side === "response" && pointer === "" && rule !== "status" && rule !== "content-type" && rule !== "body";
}

function kindOf({ side, status, rule }: ExchangeViolation): FindingKind {
  if (side === "request") return status < 300 ? "request" : "refused";
  return rule === "added" ? "added" : "answer";
}

function textOf(violation: ExchangeViolation): string {
  const place = violation.rule === "body" ? "" : violation.pointer.split("/").map(shownName).join("/");
  return printable(`${place} ${reasonOf(violation)}`.trimStart());
}

/** Places in a list are one place. */
function shownName(name: string): string {
  if (/^\d+$/.test(name)) return "*";
  return name === "" || (FIELD.test(name) && !MANY_DIGITS.test(name)) ? name : "{name}";
}
