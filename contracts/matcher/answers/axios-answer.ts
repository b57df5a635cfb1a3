import type { AnswerReader } from "./answer";
import { readBody } from "./read-body";
import { readHeaders } from "./read-headers";

/** Answers of axios. */
export const axiosAnswer: AnswerReader = ({ config, status, headers, data, ...others }) => {
  const asked = config as { method?: unknown; url?: unknown; baseURL?: unknown } | undefined;
  if (typeof asked !== "object" || asked === null || typeof status !== "number" || !("statusText" in others)) return undefined;
  const given = readHeaders(headers);
  return {
    method: typeof asked.method === "string" ? asked.method : "GET", // the default of axios
    url: combined(asked.baseURL, asked.url),
    response: { status, ...(given && { headers: given }), body: readBody(data) },
  };
};

function combined(base: unknown, url: unknown): string {
  const path = typeof url === "string" ? url : "";
  if (typeof base !== "string" || /^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(path)) return path;
  return `${base.replace(/\/+$/, "")}/${path.replace(/^\/+/, "")}`;
}
