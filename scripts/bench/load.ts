import autocannon, { type Request } from "autocannon";
import type { ServerProcess } from "./server-process";

const CONNECTIONS = 16;

/** Keeps a server busy with requests, over and over; resolves with how many it answered a second. Every answer must be a 2xx. */
export async function load(
  { url }: ServerProcess,
  requests: Request[],
  until: { readonly duration: number } | { readonly amount: number },
): Promise<number> {
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "bench", "Content-Type": "application/json" };
  const result = await autocannon({ url, connections: CONNECTIONS, ...until, headers, requests });
  const { non2xx, errors } = result;
  if (non2xx + errors > 0) throw new Error(`${non2xx} answers were no 2xx, and ${errors} requests failed`);
  return result.requests.average;
}
