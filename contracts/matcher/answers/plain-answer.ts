import type { AnswerReader } from "./answer";
import { readBody } from "./read-body";
import { readHeaders } from "./read-headers";

/** Answers that are put down by hand: `{ method, url, status, body, headers? }`. */
export const plainAnswer: AnswerReader = ({ method, url, status, body, headers, ...others }) => {
  if (typeof status !== "number" || Object.keys(others).length > 0) return undefined;
  const given = readHeaders(headers);
  return {
    method: typeof method === "string" ? method : undefined,
    url: typeof url === "string" ? url : undefined,
    response: { status, ...(given && { headers: given }), body: readBody(body) },
  };
};
