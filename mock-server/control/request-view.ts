import type { IncomingHttpHeaders } from "node:http";
import type * as CheckResponse from "../../contracts/check-response";
import type { OperationId } from "../../contracts/generated/v2/operations";
import { parseBody } from "../../contracts/parse-body";
import { formatTimestamp } from "../../contracts/timestamp";
import type { JournalEntry } from "../world/journal";
import type { components } from "./generated/types";

type Schemas = components["schemas"];

/** A token may also come under a wrong name. */
const SECRET_HEADER = /auth|cookie|key|secret|token/;
const HIDDEN = "(hidden)";

/** A request of the journal as the control API shows it; tokens and secrets are left out. */
export function requestView(entry: JournalEntry): Schemas["Request"] {
  const [path = "", query = ""] = splitUrl(entry);
  const answer = parseBody(entry.answer);
  return {
    id: entry.requestId,
    at: formatTimestamp(entry.at),
    ms: Math.round(entry.ms * 1000) / 1000,
    operation: entry.operation ?? null,
    method: entry.method,
    path,
    query,
    status: entry.status,
    request: { headers: withoutSecrets(entry.headers), body: withoutSecret(entry.body) ?? null },
    response: { body: answer ?? null },
    hint: entry.hint ?? null,
    assumptions: [...entry.assumptions],
    fault: entry.fault ?? null,
    lost: entry.isLost ?? false,
    contract: verdictOf(entry, answer),
  };
}

/** What a refusal says is wrong; undefined when the answer is none. */
export function reasonOf({ status, answer }: JournalEntry): string | undefined {
  const body = status < 400 ? undefined : parseBody(answer);
  if (typeof body !== "object") return undefined;
  const { errors } = body as { errors?: readonly (string | { readonly detail: string })[] };
  const [first] = errors ?? [];
  return typeof first === "object" ? first.detail : first;
}

export function pathOf(entry: JournalEntry): string {
  return splitUrl(entry)[0] ?? "";
}

function splitUrl({ url }: JournalEntry): string[] {
  return url.split(/\?(.*)/s);
}

/** An answer to HEAD has no body to check, a path that is none of the API has no contract, and a fault is meant to break it. */
function verdictOf({ operation, method, status, fault }: JournalEntry, answer: unknown): Schemas["ContractVerdict"] {
  if (fault !== undefined || operation === undefined || method === "HEAD" || method === "OPTIONS")
    return { valid: true, violations: [] };
  const { checkResponse } = require("../../contracts/check-response") as typeof CheckResponse; // 40 ms, and only tests look at it
  const violations = checkResponse(operation as OperationId, status, answer);
  return { valid: violations.length === 0, violations: violations.map(({ pointer, reason }) => ({ pointer, reason })) };
}

function withoutSecrets(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const shown: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = SECRET_HEADER.test(name) ? HIDDEN : value;
  }
  return shown;
}

/** The body of a webhook subscription holds its secret. */
function withoutSecret(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  try {
    return JSON.parse(JSON.stringify(body, (name, value: unknown) => (name === "secret" ? HIDDEN : value)));
  } catch {
    return "(nested too deep)"; // JSON.parse reads any depth, and JSON.stringify does not write it
  }
}
