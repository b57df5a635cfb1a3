import { API_PREFIX, TOKEN_HEADER } from "../../client/address";
import type { ContractReport, RecordedExchange } from "../report";
import type { Mask } from "./mask";

const TOKENS = { own: "$LINQ_TOKEN", none: undefined, wrong: "a-wrong-token" } as const;

/** A command that makes a request again. What is redacted in it has to be filled in. */
export function curl(
  { request, token }: RecordedExchange,
  report: Pick<ContractReport, "target" | "isOwnMock">,
  mask: Mask,
): string {
  const { method, path, body } = request;
  const words = ["curl -g"];
  if (method !== "GET" || body !== undefined) words.push(`-X ${method}`);
  words.push(quoted(`${baseOf(report)}${API_PREFIX}${mask.path(path)}`));
  if (TOKENS[token] !== undefined) words.push(`-H "${TOKEN_HEADER.toUpperCase()}: ${TOKENS[token]}"`);
  if (body !== undefined) words.push("-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(mask.value(body)))}`);
  return words.join(" ");
}

/** A mock of a run's own is gone by now; one that is started anew is on the default port. */
function baseOf({ target, isOwnMock }: Pick<ContractReport, "target" | "isOwnMock">): string {
  if (isOwnMock) return "http://localhost:4010";
  return target === "" ? "https://HOST" : target;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
