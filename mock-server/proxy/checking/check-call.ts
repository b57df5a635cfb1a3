import { checkExchange, type ExchangeViolation } from "../../../contracts/check-exchange";
import { reasonOf } from "../../../contracts/checking/reason-of";
import { printable } from "../../../contracts/client/target-error";
import type { Asked } from "../asked";
import type { Answer } from "../asking/server-client";
import type { Call } from "../call";
import { isForm } from "../is-form";
import { jsonOf } from "../json-of";
import type { Finding, FindingKind } from "./finding";

const TOO_MANY_REQUESTS = 429;
const LONGEST_PATH = 100;

/** What there is to say about a call and its answer. `strict`: what the contract does not know breaks it. */
export function checkCall(
  asked: Asked,
  call: Call,
  answer: Omit<Answer, "body"> & { /** As JSON. */ readonly body: unknown },
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
  const response = { status, headers: singleHeaders(answer), body: answer.body };
  const violations = checkExchange(operation, request, response);
  return violations.filter(isSaid).map((violation) => {
    const kind = kindOf(violation);
    const counts = kind === "answer" || kind === "request" || (kind === "added" && strict);
    return { kind, counts, operation, status, text: textOf(violation), clause: violation.clause };
  });
}

/** A general limit exists, though no operation but one declares it. */
function isSaid({ status, rule }: ExchangeViolation): boolean {
  return status !== TOO_MANY_REQUESTS || rule !== "status";
}

function kindOf({ side, status, rule }: ExchangeViolation): FindingKind {
  if (side === "request") return status < 300 ? "request" : "refused";
  return rule === "added" ? "added" : "answer";
}

/** Places in a list are one place. */
function textOf(violation: ExchangeViolation): string {
  const pointer = violation.rule === "body" ? "" : violation.pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*");
  return printable(`${pointer} ${reasonOf(violation)}`.trimStart());
}

function singleHeaders({ headers }: Pick<Answer, "headers">): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]));
}
