import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import type { RawRequest } from "../server/api-operation";
import type { NotedAnswer, Notes } from "../server/api-version";
import { type Failure, WORDED } from "../server/failure";
import { plusNotEncoded, type RawQuery } from "../server/raw-query";
import { restsOn } from "./assumptions";
import { isUnreadable } from "./errors";
import { ignoredInput } from "./ignored-input";
import type { ReplyDetails } from "./operation";
import { habitsOf } from "./v2-habits";

const PLUS = "A + in a query is read as a space: percent-encode it as %2B.";

/** What an answer rests on, and what there is to tell people about it. */
export function note({ operation, asked, failure }: NotedAnswer): Notes {
  const mistakes = operation === undefined || !asked ? [] : mistakesIn(operation as OperationId, asked.raw, failure);
  if (failure) {
    const found = isUnreadable(failure.reason) ? `${failure.detail}.` : undefined;
    const query = asked && (asked.raw.query as RawQuery);
    const pluses = query && plusNotEncoded(operations[operation as OperationId].query, query);
    const said = [found, failure.hint, pluses?.length ? PLUS : undefined].filter((hint) => hint !== undefined);
    return { hints: [...mistakes, ...said], assumptions: refusalAssumptions(operation, failure) };
  }
  if (operation === undefined || !asked?.reply) return { hints: mistakes, assumptions: [] };
  const { hints = [], assumptions = [], isRepeat }: ReplyDetails = asked.reply.details ?? {};
  const usual: Readonly<Record<string, readonly string[]>> = operations[operation as OperationId].assumptions;
  return {
    hints: [...mistakes, ...hints],
    assumptions: [
      ...(usual[asked.reply.status] ?? []),
      ...(isRepeat ? [] : restsOn(operation, asked.raw.body)),
      ...queryAssumptions(operation, asked.raw.query as RawQuery),
      ...assumptions,
    ],
  };
}

/** What a request has that is of V2, or that is not read. */
function mistakesIn(operation: OperationId, raw: RawRequest, failure: Failure | undefined): string[] {
  const habits = habitsOf(operation, raw);
  const [, ignored] = /(\S+) is not read; did you mean/.exec(failure?.hint ?? "") ?? [];
  return [...habits, ...ignoredInput(operation, raw, ignored === undefined ? habits : [...habits, ignored])];
}

function queryAssumptions(operation: string, query: RawQuery): readonly string[] {
  const types: Readonly<Record<string, string>> = operations[operation as OperationId].query;
  for (const name in types)
    if (query[name] === "" || (types[name] !== "strings" && Array.isArray(query[name]))) return ["A-v3-query-values"];
  return [];
}

/** What only the mock, the proxy or a replay refuses rests on nothing. */
function refusalAssumptions(operation: string | undefined, { reason, assumption }: Failure): readonly string[] {
  if (reason === undefined || (operation === undefined && reason === WORDED)) return [];
  if (operation === undefined) return ["A-v3-unknown-path"];
  const own = reason === "bodyTooLarge" ? "A-v3-body-limit" : assumption;
  return ["A-v3-code-choice", ...(own === undefined ? [] : [own])];
}
