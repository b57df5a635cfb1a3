import { API_PREFIX, TOKEN_HEADER } from "../../client/address";
import type { ContractReport, RecordedExchange } from "../report";
import type { Redaction } from "./redaction";

const TOKENS = { own: "$LINQ_TOKEN", none: undefined, wrong: "a-wrong-token" } as const;

/** A command that makes a request again. What is redacted in it has to be filled in. */
export function curl(
  { request, token }: RecordedExchange,
  report: Pick<ContractReport, "target" | "isOwnMock">,
  shown: Redaction,
): string {
  const { method, path, body } = request;
  const words = ["curl -g"];
  if (method !== "GET" || body !== undefined) words.push(`-X ${method}`);
  words.push(quoted(`${baseOf(report)}${API_PREFIX}${labelled(shown.url(path))}`));
  if (TOKENS[token] !== undefined) words.push(`-H "${TOKEN_HEADER.toUpperCase()}: ${TOKENS[token]}"`);
  if (body !== undefined)
    words.push("-H 'Content-Type: application/json'", `-d ${quoted(toFillIn(JSON.stringify(shown.value(body))))}`);
  return words.join(" ");
}

/** What is redacted is easier to find when it is not encoded, and looks like what it is: a place to fill in. */
function labelled(url: string): string {
  return url.replace(/(?<==)(phone|email|name|text|url|secret)%20(\d+)(?=&|$)/g, "<$1 $2>");
}

function toFillIn(json: string): string {
  return json.replace(/(?<=")(phone|email|name|text|url|secret) (\d+)(?="[,\]}])/g, "<$1 $2>");
}

/** A mock of a run's own is gone by now; one that is started anew is on the default port. */
function baseOf({ target, isOwnMock }: Pick<ContractReport, "target" | "isOwnMock">): string {
  if (isOwnMock) return "http://localhost:4010";
  return target === "" ? "https://HOST" : target;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
