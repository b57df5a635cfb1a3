import { signal } from "@preact/signals";
import { type Answer, call, type Schemas } from "./api";
import { WINDOW, withNewest } from "./webhook-log";

export const requests = signal<ReadonlyMap<string, Schemas["Request"]>>(new Map());
/** As many requests as the mock keeps. */
const MOST_REQUESTS = 500;
let requestsKept = WINDOW;
/** Whether the mock has requests from before those that are shown. */
export const hasOlderRequests = signal(false);

export function askRequests(): Promise<Answer<"/requests", "get">> {
  return call("get", "/requests", { query: { limit: requestsKept } });
}

export function noteRequests({ requests: found }: Answer<"/requests", "get">): void {
  requests.value = new Map(found.map((one) => [keyOf(one), one]));
  hasOlderRequests.value = found.length === requestsKept && requestsKept < MOST_REQUESTS;
}

export function noteRequest(request: Schemas["Request"]): void {
  requests.value = withNewest(requests.value, keyOf(request), request, requestsKept);
}

/** Reads every request that the mock has; their ids are their callers', so that nothing says where a page of them begins. */
export async function readOlderRequests(): Promise<void> {
  requestsKept = MOST_REQUESTS;
  hasOlderRequests.value = false;
  noteRequests(await askRequests());
}

/** Empties the journal. */
export async function emptyJournal(): Promise<void> {
  await call("delete", "/requests");
  requests.value = new Map();
  hasOlderRequests.value = false;
}

/** Callers choose the ids of their requests, and choose the same again. */
function keyOf({ id, at, ms }: Schemas["Request"]): string {
  return `${id} ${at} ${ms}`;
}

/** The newest request with an id. */
export function requestOf(id: string): Schemas["Request"] | undefined {
  for (const request of requests.value.values()) if (request.id === id) return request;
  return undefined;
}
