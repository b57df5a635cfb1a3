import type { AnswerReader } from "./answer";
import { readBody } from "./read-body";
import { readHeaders } from "./read-headers";

/** Answers of superagent, and so of supertest. */
export const superagentAnswer: AnswerReader = ({ request, status, headers, body, text }) => {
  const asked = request as { method?: unknown; url?: unknown } | undefined;
  if (typeof asked?.method !== "string" || typeof asked.url !== "string" || typeof status !== "number") return undefined;
  const isEmpty = text === undefined && isEmptyObject(body); // superagent's word for no body
  const given = readHeaders(headers);
  return {
    method: asked.method,
    url: asked.url,
    response: { status, ...(given && { headers: given }), body: isEmpty ? undefined : readBody(text ?? body) },
  };
};

function isEmptyObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && Object.keys(value).length === 0;
}
