import type { ContractReport } from "../report";
import type { Redaction } from "./redaction";

/** What was answered: how often, by how many operations, and how many of the answers are a 5xx. */
export interface AnswerCounts {
  readonly total: number;
  readonly operations: number;
  readonly server_errors: number;
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
  return { total: exchanges.length, operations, server_errors: exchanges.filter(isServerError).length };
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
