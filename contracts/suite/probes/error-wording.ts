import { operations } from "../../generated/v2/operations";
import { Skip } from "../judging/signals";
import type { RecordedExchange } from "../recorded-exchange";
import { Otherwise } from "./otherwise";

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  413: "Payload Too Large",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
};

type Fields = Readonly<Record<string, unknown>>;

/** Whether the refusals that were seen are worded by the names of their statuses, apart from those whose words are documented. */
export function errorWording(seen: readonly RecordedExchange[]): string {
  const refusals = seen.filter((exchange) => isRefusal(exchange) && !isDocumented(exchange));
  const statuses = new Set<number>();
  for (const exchange of refusals) {
    const { operation } = exchange;
    const { status, body } = exchange.response;
    const { code, title } = operations[operation].envelope === "Error" ? error(body) : standardError(body);
    const reason = REASONS[status];
    if (reason === undefined || typeof code !== "string" || typeof title !== "string") continue; // its shape is checked apart
    requireWord("code", { received: code, assumed: codeOf(reason, operations[operation].envelope), exchange });
    requireWord("title", { received: title, assumed: reason, exchange });
    statuses.add(status);
  }
  if (statuses.size === 0) throw new Skip("no refusal was seen whose words are not documented");
  return `the code and the title of each ${[...statuses].sort((a, b) => a - b).join(", ")} are the name of the status`;
}

function isRefusal({ response: { status, body } }: RecordedExchange): boolean {
  return status >= 400 && status < 500 && typeof body === "object" && body !== null;
}

function isDocumented({ operation, response: { status } }: RecordedExchange): boolean {
  return status === 404 && /^\/(chats|contacts)\/\{\w+\}(?!.*message)/.test(operations[operation].path);
}

function error(body: unknown): { code: unknown; title: unknown } {
  const [first] = (body as { errors?: readonly Fields[] }).errors ?? [];
  return { code: first?.["code"], title: first?.["title"] };
}

function standardError(body: unknown): { code: unknown; title: unknown } {
  const { error_code: code, message: title } = body as Fields;
  return { code, title };
}

function codeOf(reason: string, envelope: "Error" | "StandardError"): string {
  const code = reason.replaceAll(" ", "_");
  return envelope === "Error" ? code.toLowerCase() : code.toUpperCase();
}

interface Word {
  readonly received: string;
  readonly assumed: string;
  readonly exchange: RecordedExchange;
}

/** Only a plain word is repeated: whatever else stands there may be about somebody. */
function requireWord(what: string, { received, assumed, exchange }: Word): void {
  if (received === assumed) return;
  const shown = what === "code" && /^[a-z_]{1,40}$/i.test(received) ? received : "another";
  throw new Otherwise(`the ${what} of a ${exchange.response.status} is ${shown} instead of ${assumed}`, exchange);
}
