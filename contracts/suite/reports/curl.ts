import { API_PREFIX, TOKEN_HEADER } from "../../client/address";
import { FILES_FIELD, formFields } from "../form";
import type { ContractReport, RecordedExchange } from "../report";
import type { Redaction } from "./redaction";

const TOKENS = { own: "$LINQ_TOKEN", none: undefined, wrong: "a-wrong-token" } as const;

/** A command that makes a request again. What is redacted in it has to be filled in: `PHONE_2` is what is shown as `phone 2`. */
export function curl(
  { request, token }: RecordedExchange,
  report: Pick<ContractReport, "target" | "isOwnMock">,
  shown: Redaction,
): string {
  const { method, path, body, files } = request;
  const words = ["curl -g"];
  if (method !== "GET" || body !== undefined) words.push(`-X ${method}`);
  words.push(quoted(`${baseOf(report)}${API_PREFIX}${withPlaceholders(shown.url(path))}`));
  if (TOKENS[token] !== undefined) words.push(`-H "${TOKEN_HEADER.toUpperCase()}: ${TOKENS[token]}"`);
  if (files) words.push(...formOf(shown.value(body), files).map(([name, value]) => `-F ${quoted(`${name}=${value}`)}`));
  else if (body !== undefined)
    words.push("-H 'Content-Type: application/json'", `-d ${quoted(withPlaceholders(JSON.stringify(shown.value(body))))}`);
  return words.join(" ");
}

/** What curl sends as a form: files by their names, which have to be there. */
function formOf(body: unknown, files: readonly string[]): [string, string][] {
  const fields = formFields(body).map(([name, value]): [string, string] => [name, withPlaceholders(value)]);
  return [...fields, ...files.map((file): [string, string] => [FILES_FIELD, `@${file}`])];
}

/** A whole value of a query or of JSON. */
const LABEL = /(?<==|"|^)(phone|email|name|text|url|secret)(?: |%20)(\d+)(?=&|"|$)/g;

function withPlaceholders(shown: string): string {
  return shown.replace(LABEL, (_, kind: string, number: string) => `${kind.toUpperCase()}_${number}`);
}

/** Whether something has to be filled in before a command can be run. */
export function hasPlaceholders(command: string): boolean {
  return /(?<==|")(?:PHONE|EMAIL|NAME|TEXT|URL|SECRET)_\d+(?=&|"|')/.test(command);
}

/** A mock of a run's own is gone by now; one that is started anew is on the default port. */
function baseOf({ target, isOwnMock }: Pick<ContractReport, "target" | "isOwnMock">): string {
  if (isOwnMock) return "http://localhost:4010";
  return target === "" ? "https://HOST" : target;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
