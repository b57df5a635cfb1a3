import type { ServerProcess } from "./server-process";

const HEADERS = { "X-LINQ-INTEGRATION-TOKEN": "bench", "Content-Type": "application/json" };

/**
 * One call to a server under measurement. Resolves with the answer's JSON, undefined when there is none.
 *
 * @throws when the answer is no 2xx
 */
export async function call(
  { url }: Pick<ServerProcess, "url">,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...HEADERS, ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
