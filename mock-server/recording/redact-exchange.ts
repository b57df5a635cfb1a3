import type { ProxiedExchange } from "../proxy/call";
import { redactBody } from "./redact-body";
import { type Header, redactHeaders } from "./redact-headers";
import type { How } from "./redact-json";
import { redactPath } from "./redact-path";
import type { Redaction } from "./redaction";
import type { WrittenContent, WrittenExchange } from "./write-entry";

/** Stands for the server that was asked, whose name is nobody's business. */
const ORIGIN = "https://target.example";
const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i;
/** Of a machine, with its port. */
const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[?[\da-f]*(?::[\da-f]*){2,}\]?(?::\d+)?/gi;
const UNKNOWN_TYPE = "x-unknown";

/** An exchange with whatever is somebody's replaced. */
export function redactExchange({ startedAt, ms, request, response }: ProxiedExchange, redaction: Redaction): WrittenExchange {
  const headers = redactHeaders(request.headers, redaction); // the token first: it is looked for elsewhere
  const sent = request.body.length === 0 ? undefined : contentOf(request.body, headers, { redaction, author: "caller" });
  const asked = {
    method: request.method,
    url: `${ORIGIN}${redactPath(request.url.replace(/^(?!\/)/, "/"), redaction)}`,
    headers,
    sent,
  };
  if ("error" in response)
    return {
      startedAt,
      ms,
      request: asked,
      response: { error: redaction.reason(response.error.replaceAll(ADDRESS, "address")) },
    };
  const answered = redactHeaders(response.headers, redaction);
  const content = contentOf(response.body, answered, { redaction, author: "server" });
  return { startedAt, ms, request: asked, response: { status: response.status, headers: answered, content } };
}

function contentOf(body: Buffer, headers: readonly Header[], how: How): WrittenContent {
  const mimeType = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? UNKNOWN_TYPE;
  if (FORM.test(mimeType)) return { mimeType, text: "", comment: "The content of forms is not recorded." };
  const text = redactBody(body, how);
  return text === undefined ? { mimeType, text: "", comment: "What is no text is not recorded." } : { mimeType, text };
}
