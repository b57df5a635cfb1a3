import { assumptionsIn } from "../basis";
import { checkEvent, violationsOf } from "../check";
import { isJsonType } from "../client/errors";
import { kindOf } from "../client/request-kinds";
import { type AnyOperationId, addressOf, contractV2, operationOf } from "../contract-version";
import { isRecord, isTooDeep } from "../exchange";
import { pointerParts } from "../json-pointer";
import { operationClause } from "../operations";
import type { ContractViolation } from "../violation-text";
import { violationReason } from "../violation-text";
import type { ShapeProblem } from "./judge-law";
import { judgedAs } from "./known-fields";
import type { Demands } from "./options";
import { type CheckOutcome, type CheckVerdict, MOST_SHOWN, type RecordedExchange, SERVER_TROUBLE } from "./report";

type AnyExchange = RecordedExchange<AnyOperationId>;

/** Something that has a shape, and what was seen of it. */
interface Seen {
  /** What its outcomes are known by: `shape-findChat-200`. */
  readonly id: string;
  readonly title: string;
  /** For people: `Find Chat 200`. */
  readonly place: string;
  readonly operation: AnyOperationId;
  readonly clause: string;
  requests: number;
  ms: number;
  readonly answers: AnyExchange[];
  /** Answers that cannot be judged. */
  readonly unread: AnyExchange[];
  readonly violations: Map<string, { readonly violation: ContractViolation; readonly exchanges: AnyExchange[] }>;
}

/** Checks the shape of every answer and every event, and keeps what is wrong once, however often it is seen. */
export class ShapeChecker {
  readonly #demands: Demands;
  readonly #seen = new Map<string, Seen>();
  /** Requests that were answered well at some time: whatever else came to them is no fault of theirs. */
  readonly #good = new Set<string>();

  constructor({ demands }: { demands: Demands }) {
    this.#demands = demands;
  }

  /** Returns what is wrong with the answer. Where `tentative`, an undeclared status is not. */
  check(exchange: AnyExchange, { tentative }: { tentative: boolean }): ShapeProblem | undefined {
    const { operation, request, response } = exchange;
    if (response.status < 300) this.#good.add(callOf(exchange));
    const { contract } = addressOf(request.path) ?? { contract: contractV2 };
    const { statuses } = operationOf(contract, operation);
    if (tentative && !statuses.includes(response.status)) return undefined;
    if (isUndocumentedRoute(exchange) && response.status >= 400) return undefined; // it may be a route that there is not
    const own = this.#checkAs(exchange, response);
    const status = judgedAs(response.status, statuses);
    const more = status === response.status ? undefined : this.#checkAs(exchange, { ...response, status });
    if (!own || !more) return own ?? more;
    return {
      broken: [...own.broken, ...more.broken],
      cause: own.cause ?? more.cause,
      assumptions: [...own.assumptions, ...more.assumptions],
    };
  }

  /** Checks an answer as if it were this one. */
  #checkAs(exchange: AnyExchange, response: AnyExchange["response"]): ShapeProblem | undefined {
    const { operation, request, ms } = exchange;
    const { status } = response;
    const { contract } = addressOf(request.path) ?? { contract: contractV2 };
    const described = operationOf(contract, operation);
    const isOfV3 = contract.name === "v3"; // some names are those of operations of V2, too
    const seen = this.#see({
      id: `shape-${isOfV3 ? "v3-" : ""}${operation}-${status}`,
      title: `the shape of ${isOfV3 ? "V3's " : ""}${operation} ${status}`,
      place: `${described.title} ${status}`,
      operation,
      clause: `${operationClause(described)}/responses/${status}`,
    });
    seen.requests += 1;
    seen.answers.push(exchange);
    seen.ms += ms;
    if (isTooDeep(response.text)) {
      seen.unread.push(exchange);
      return undefined;
    }
    const isOther = status !== exchange.response.status; // whether there is a body at all follows from the status that came
    const violations = violationsOf(operation, request, response).filter(
      ({ side, rule }) => side === "response" && !(isOther && rule === "body"),
    );
    return this.#note(seen, status < 500 ? violations : this.#troubleIn(violations, exchange, described), [exchange]);
  }

  /** A server that fails says nothing of the contract by how it puts that. A page tells how it begins. */
  #troubleIn(
    violations: readonly ContractViolation[],
    { response: { status } }: AnyExchange,
    described: ReturnType<typeof operationOf>,
  ): readonly ContractViolation[] {
    const told = violations[0]?.rule === "status" ? violations.slice(0, 1) : violations; // where it is not declared, a gateway's may be JSON
    const [broken] = told.filter((violation) => this.#verdictOn(violation) === "fail");
    if (!broken || broken.rule === "status" || broken.rule === "content-type") return broken ? [broken] : [];
    const expected = `one of ${described.statuses.filter((one) => one < 500).join(", ")}`;
    const clause = `${operationClause(described)}/responses`;
    return [{ ...broken, rule: "status", pointer: "", expected, received: status, clause }];
  }

  /** Returns what is wrong with an event that was delivered. */
  checkEvent(event: { readonly event_type: string }): ShapeProblem | undefined {
    const type = event.event_type;
    const seen = this.#see({
      id: `shape-event-${type}`,
      title: `the shape of the event ${type}`,
      place: `the event ${type}`,
      operation: "createWebhookSubscription",
      clause: `#/webhooks/${type}`,
    });
    return this.#note(seen, checkEvent(type, event), []);
  }

  /** One for each shape that was seen and is right, and one for each thing that is wrong. */
  outcomes(): CheckOutcome[] {
    return [...this.#seen.values()].flatMap((seen): CheckOutcome[] => {
      const { id, title, place: seenIn, operation, clause, requests, ms, answers, unread, violations } = seen;
      const about = { check: "shape", title, place: seenIn, operation, kind: kindOf[operation] } as const;
      const common = { ...about, assumptions: [], requests, ms };
      if (unread.length > 0 && violations.size === 0) {
        const exchanges = unread.slice(0, MOST_SHOWN);
        return [
          { ...common, id, verdict: "inconclusive", reason: "a body is nested too deeply to be read", clause, exchanges },
        ];
      }
      if (violations.size === 0) return [{ ...common, id, verdict: "pass", clause, exchanges: [] }];
      return [...violations].map(([place, { violation, exchanges }]) => ({
        ...common,
        id: `${id}-${place}`,
        verdict: this.#verdictOn(violation),
        assumptions: assumptionsIn(violation.basis),
        reason: `${violation.pointer} ${violationReason(violation)}`.trimStart(),
        cause: causeOf(violation, exchanges),
        clause: violation.clause,
        evidence: {
          what: violation.rule,
          pointer: violation.pointer,
          expected: violation.expected,
          received: violation.received,
          ...(isEverywhere(violation, answers) && { everywhere: true as const }),
        },
        exchanges: exchanges.toSorted((one, other) => this.#plainness(one) - this.#plainness(other)),
      }));
    });
  }

  /** How well a request shows what is wrong with its answer: it is one of the account, and nothing is wrong with itself. */
  #plainness(exchange: AnyExchange): number {
    const { token, request } = exchange;
    const isFailing = exchange.response.status >= 500;
    const marks = [token === "own", isFailing && this.#good.has(callOf(exchange)), isFailing && !request.path.includes("?")];
    return marks.reduce((sum, mark, i) => sum + (mark ? 4 >> i : 0), 0);
  }

  #see(shape: Pick<Seen, "id" | "title" | "place" | "operation" | "clause">): Seen {
    const seen = this.#seen.get(shape.id) ?? { ...shape, requests: 0, ms: 0, answers: [], unread: [], violations: new Map() };
    this.#seen.set(shape.id, seen);
    return seen;
  }

  #note(
    { violations: known }: Seen,
    violations: readonly ContractViolation[],
    exchanges: readonly AnyExchange[],
  ): ShapeProblem | undefined {
    for (const violation of violations) {
      const place = `${violation.pointer.replaceAll(/\/\d+(?=\/|$)/g, "/*")}:${violation.rule}`;
      const found = known.get(place) ?? { violation, exchanges: [] };
      known.set(place, found);
      if (found.exchanges.length < MOST_SHOWN) found.exchanges.push(...exchanges);
    }
    if (violations.length === 0) return undefined;
    const broken = violations.filter((violation) => this.#verdictOn(violation) === "fail");
    return {
      broken: broken.map(({ rule, pointer }) => (rule === "status" ? "status" : pointer)),
      cause: broken[0] && causeOf(broken[0], exchanges),
      assumptions: [...new Set(violations.flatMap(({ basis }) => assumptionsIn(basis)))],
    };
  }

  #verdictOn({ rule, basis }: ContractViolation): CheckVerdict {
    if (this.#demands === "all" || assumptionsIn(basis).length === 0) return "fail";
    return rule === "added" ? "added" : "contradicted";
  }
}

/** Whether it was asked by another method than is documented, which only assumptions allow. */
export function isUndocumentedRoute({ operation, request }: AnyExchange): boolean {
  const { contract } = addressOf(request.path) ?? { contract: contractV2 };
  return operationOf(contract, operation).method !== request.method;
}

function callOf({ request }: AnyExchange): string {
  return `${request.method} ${request.path}`;
}

/** What is behind a violation: a page where JSON should be, the same odd status, or a demand that is broken wherever it stands. */
function causeOf({ rule, clause, received }: ContractViolation, exchanges: readonly AnyExchange[]): string {
  if (exchanges.some(({ response }) => response.status >= 500)) return SERVER_TROUBLE;
  const page = exchanges.map(({ response }) => response).find(isPage);
  if (page) return `answers of type ${page.headers["content-type"] ?? "unknown"}`;
  return rule === "status" || rule === "content-type" ? `${rule} ${String(received)}` : `${rule} ${clause}`;
}

/** Whether it is no JSON at all. */
function isPage({ body, headers }: AnyExchange["response"]): boolean {
  return typeof body === "string" && !isJsonType(headers["content-type"]);
}

/** Whether every object at its place lacks the field that one lacks, in all answers. */
function isEverywhere({ rule, pointer }: ContractViolation, answers: readonly AnyExchange[]): boolean {
  const parts = pointerParts(pointer);
  const field = parts.pop();
  if (rule !== "required" || field === undefined) return false;
  const parents = answers.flatMap(({ response }) => parts.reduce(inside, [response.body])).filter(isRecord);
  return parents.length > 0 && parents.every((parent) => !Object.hasOwn(parent, field));
}

/** What some values hold at a part of a pointer; of a list, all that it holds. */
function inside(values: readonly unknown[], part: string): readonly unknown[] {
  return values.flatMap((value) => (Array.isArray(value) ? value : isRecord(value) ? [value[part]] : []));
}
