import { kindOf } from "../../client/request-kinds";
import { API_PREFIX, API_PREFIX_V3, TOKEN_HEADER } from "../../client/url-and-token";
import type { AnyOperationId } from "../../contract-version";
import { asObject } from "../../exchange";
import type { ContractReport, RecordedExchange } from "../report";
import { FILES_FIELD, formFields } from "../sent-body";
import type { Redaction } from "./redaction";

const TOKENS = { own: "$LINQ_TOKEN", none: undefined, wrong: "a-wrong-token" } as const;

/** A command that makes a request again; where `isHead`, it shows the status and the headers, too. What is redacted in it has to be filled in: `PHONE_2` is what is shown as `phone 2`. */
export function curl(
  { request, token }: RecordedExchange<AnyOperationId>,
  report: Pick<ContractReport, "target" | "isOwnMock">,
  shown: Redaction,
  { isHead }: { readonly isHead: boolean } = { isHead: false },
): string {
  const { method, path, body, files } = request;
  const words = [isHead ? "curl -g -i" : "curl -g"];
  if (method !== "GET" || body !== undefined) words.push(`-X ${method}`);
  const isOfV3 = path.startsWith(`${API_PREFIX_V3}/`);
  words.push(quoted(`${baseOf(report)}${isOfV3 ? "" : API_PREFIX}${withPlaceholders(shown.url(path))}`));
  const header = isOfV3 ? "Authorization: Bearer" : `${TOKEN_HEADER.toUpperCase()}:`;
  if (TOKENS[token] !== undefined) words.push(`-H "${header} ${TOKENS[token]}"`);
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

/** What such a command changes, or what has changed since, for people; undefined when it reads what is still there. */
export function effectOf(
  { operation, request }: RecordedExchange<AnyOperationId>,
  { exchanges }: Pick<ContractReport, "exchanges">,
) {
  const { method, path, body } = request;
  const isGone = exchanges.some(
    (other) =>
      other.request.method === "DELETE" &&
      other.response.status < 300 &&
      (path === other.request.path || path.startsWith(`${other.request.path}/`)),
  );
  const gone = isGone ? "what the run made there is removed: put another id" : undefined;
  const effect = {
    read: undefined,
    write: `CHANGES the account by ${method}`,
    visible: "people SEE it",
    send:
      operation === "createChat" ? `SENDS a real message to ${peopleIn(body)}` : "SENDS something real to those in the chat",
  }[kindOf[operation]];
  const parts = [effect, gone].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join("; ");
}

function peopleIn(body: unknown): string {
  const numbers = asObject(asObject(body)["chat"])["phone_numbers"];
  const count = Array.isArray(numbers) ? numbers.length : 1;
  return count === 1 ? "1 person" : `${count} people`;
}

/** A whole value of a query or of JSON. */
const LABEL = /(?<==|"|^)(phone|email|name|text|url|secret)(?: |%20)(\d+)(?=&|"|$)/g;

function withPlaceholders(shown: string): string {
  return shown.replace(LABEL, (_, kind: string, number: string) => `${kind.toUpperCase()}_${number}`);
}

/** What has to be filled in first before a text's commands can be run, and as what it is shown: `PHONE_2`, `phone 2`. */
export function placeholderIn(text: string): readonly [placeholder: string, label: string] | undefined {
  const found = /(?<==|")(?:PHONE|EMAIL|NAME|TEXT|URL|SECRET)_\d+(?=&|"|')/.exec(text)?.[0];
  return found === undefined ? undefined : [found, found.toLowerCase().replace("_", " ")];
}

/** A mock of a run's own is gone by now; one that is started anew is on the default port. */
function baseOf({ target, isOwnMock }: Pick<ContractReport, "target" | "isOwnMock">): string {
  if (isOwnMock) return "http://localhost:4010";
  return target === "" ? "https://HOST" : target;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
