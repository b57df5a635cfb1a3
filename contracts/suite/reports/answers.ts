import { kindOf } from "../../client/request-kinds";
import { type AnyOperationId, addressOf, contractV2, operationOf } from "../../contract-version";
import type { ContractReport } from "../report";
import type { Redaction } from "./redaction";

/** What was answered: how often, by how many operations, and how many of the answers are a 5xx. */
export interface AnswerCounts {
  readonly total: number;
  readonly operations: number;
  readonly server_errors: number;
  /** Their statuses, each once. */
  readonly failing_statuses: readonly number[];
  /** The operations that have answered so. */
  readonly failing_operations: readonly AnyOperationId[];
  /** What the path of all those operations begins with, when there are several: where nothing else fails. */
  readonly failing_resource: FailingResource | null;
  /** Where whatever changes something has failed, and nothing that reads, the methods of it: `POST`. */
  readonly failing_changes: readonly string[] | null;
  /** How long to wait, in seconds, where one of them says so. */
  readonly retry_after: number | null;
  /** Whether some of them are web pages. */
  readonly has_error_pages: boolean;
  /** Whether something good was answered after the first of them. */
  readonly good_since: boolean;
}

/** What some operations are about, and how much of it fails. */
interface FailingResource {
  /** `contacts`. */
  readonly name: string;
  /** How many of its operations were asked. */
  readonly operations: number;
  /** How many requests those that fail have answered. */
  readonly requests: number;
}

/** A request that a 5xx came to. */
export interface ServerError {
  readonly method: string;
  readonly path: string;
  /** The first one. */
  readonly status: number;
  /** How many of its answers were a 5xx. */
  readonly times: number;
  /** The status when the same was asked again, the last time; null when it was not. */
  readonly asked_again: number | null;
}

type Exchange = ContractReport["exchanges"][number];

export function countAnswers({ exchanges }: Pick<ContractReport, "exchanges">): AnswerCounts {
  const operations = new Set(exchanges.map(({ operation }) => operation)).size;
  const failed = exchanges.filter(isServerError);
  const first = exchanges.findIndex(isServerError);
  return {
    total: exchanges.length,
    operations,
    server_errors: failed.length,
    failing_statuses: [...new Set(failed.map(({ response }) => response.status))].sort((one, other) => one - other),
    failing_operations: [...new Set(failed.map(({ operation }) => operation))],
    failing_resource: resourceOf(failed, exchanges),
    failing_changes: failingChangesIn(exchanges),
    retry_after: retryAfterOf(failed),
    has_error_pages: failed.some(({ response }) => typeof response.body === "string"),
    good_since: failed.length > 0 && exchanges.slice(first).some(({ response }) => response.status < 400),
  };
}

/** In so many operations that change something. */
const SEVERAL = 3;
const METHODS = ["POST", "PUT", "PATCH", "DELETE"];

/** What has no token of the account is refused before. */
function failingChangesIn(exchanges: readonly Exchange[]): string[] | null {
  const own = exchanges.filter(({ token }) => token === "own");
  const changes = own.filter(({ operation }) => operation in kindOf && kindOf[operation] !== "read");
  const isSplit = own.every((exchange) => isServerError(exchange) === changes.includes(exchange));
  const several = new Set(changes.map(({ operation }) => operation)).size >= SEVERAL && own.length > changes.length;
  return isSplit && several ? METHODS.filter((method) => changes.some(({ request }) => request.method === method)) : null;
}

function retryAfterOf(failed: readonly Exchange[]): number | null {
  const told = failed.map(({ response }) => response.headers["retry-after"] ?? "").find((text) => /^\d{1,6}$/.test(text));
  return told === undefined ? null : Number(told);
}

function resourceOf(failed: readonly Exchange[], exchanges: readonly Exchange[]): FailingResource | null {
  const failing = new Set(failed.map(({ operation }) => operation));
  const [name, ...others] = new Set(failed.map(nameOf));
  if (name === undefined || others.length > 0 || failing.size < 2) return null;
  const own = exchanges.filter((exchange) => exchange.token === "own" && nameOf(exchange) === name); // others are turned away before
  return {
    name,
    operations: new Set(own.map(({ operation }) => operation)).size,
    requests: own.filter(({ operation }) => failing.has(operation)).length,
  };
}

/** What an operation is about: the last of the things in its path that are many, `chat_messages`. */
function nameOf({ operation, request }: Exchange): string {
  const { contract } = addressOf(request.path) ?? { contract: contractV2 };
  const words = operationOf(contract, operation)
    .path.split("/")
    .filter((word) => /^\w+$/.test(word));
  return words.findLast((word) => word.endsWith("s")) ?? words[0] ?? "";
}

export function serverErrorsIn(
  { exchanges }: Pick<ContractReport, "exchanges">,
  shown: Pick<Redaction, "path">,
): ServerError[] {
  const byRequest = new Map<string, [Exchange, ...Exchange[]]>();
  for (const exchange of exchanges) {
    const { method, path } = exchange.request;
    const since = byRequest.get(`${method} ${path}`);
    if (since) since.push(exchange);
    else if (isServerError(exchange)) byRequest.set(`${method} ${path}`, [exchange]);
  }
  return [...byRequest.values()].map(([first, ...later]) => ({
    method: first.request.method,
    path: shown.path(first.request.path),
    status: first.response.status,
    times: 1 + later.filter(isServerError).length,
    asked_again: later.at(-1)?.response.status ?? null,
  }));
}

function isServerError({ response }: Exchange): boolean {
  return response.status >= 500;
}
