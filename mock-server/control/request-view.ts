import type { IncomingHttpHeaders } from "node:http";
import { formatTimestamp } from "../../contracts/timestamp";
import type { JournalEntry } from "../state/journal";

const SECRET_HEADERS = ["authorization", "cookie", "x-linq-integration-token"];

/** A request of the journal as the control API shows it; tokens are left out. */
export function requestView(entry: JournalEntry) {
  const [path = "", query] = entry.url.split(/\?(.*)/s);
  return {
    id: entry.requestId,
    at: formatTimestamp(entry.at),
    ms: Math.round(entry.ms * 1000) / 1000,
    operation: entry.operation ?? null,
    method: entry.method,
    path,
    query: query ?? "",
    status: entry.status,
    request: { headers: withoutSecrets(entry.headers), body: hiddenSecrets(entry.body) ?? null },
    response: { body: entry.answer === "" ? null : (JSON.parse(entry.answer) as unknown) },
    hint: entry.hint ?? null,
    assumptions: [...entry.assumptions],
  };
}

function withoutSecrets(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const shown: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = SECRET_HEADERS.includes(name) ? "(hidden)" : value;
  }
  return shown;
}

/** The body of a webhook subscription holds its secret. */
function hiddenSecrets(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  return JSON.parse(JSON.stringify(body, (name, value) => (name === "secret" ? "(hidden)" : (value as unknown))));
}
