import { formatTimestamp } from "../../contracts/timestamp";
import { API_PREFIX } from "../server/paths";
import type { JournalEntry } from "../world/journal";
import type { World } from "../world/world";
import type { ControlCall } from "./control-call";
import { type CriteriaTable, criteriaOf, isSince, matching } from "./criteria";
import { pathOf, reasonOf, requestView } from "./request-view";
import { waitForMatches } from "./wait";

const DEFAULT_LIMIT = 100;
const HELD = "An answer is held back by a fault until the sandbox's clock is so far, and is in the journal then.";

const CRITERIA: CriteriaTable<JournalEntry> = {
  operation: { read: (entry) => entry.operation ?? "none" },
  method: { read: (entry) => entry.method, fits: (method, wanted) => method === wanted.toUpperCase() },
  path: { read: pathOf, fits: (path, wanted) => path === wanted || path === `${API_PREFIX}${wanted}` },
  status: { read: (entry) => String(entry.status), fits: (status, wanted) => status.startsWith(wanted.replace("xx", "")) },
  since: { read: (entry) => formatTimestamp(entry.at), fits: isSince },
};

export const listRequests: ControlCall<"listRequests"> = ({ sandbox: { world } }, { query }) => {
  const found = matching(world.journal.entries(), criteriaOf(CRITERIA, query));
  return { status: 200, body: requestList(world, found.slice(-(query.limit ?? DEFAULT_LIMIT))) };
};

export const clearRequests: ControlCall<"clearRequests"> = ({ sandbox: { world } }) => {
  world.journal.clear();
  return { status: 204, body: undefined };
};

export const waitForRequests: ControlCall<"waitForRequests"> = async ({ sandbox, gone }, { query }) => {
  const awaited = {
    one: "request",
    many: "requests",
    table: CRITERIA,
    entries: () => sandbox.world.journal.entries(),
    describe,
    whyNone: () => (sandbox.world.clock.held > 0 ? HELD : "No request to the API has come."),
  };
  const found = await waitForMatches({ sandbox, gone }, awaited, query);
  return "error" in found ? found : { status: 200, body: requestList(sandbox.world, found) };
};

function describe(entry: JournalEntry): string {
  const reason = reasonOf(entry);
  return `${entry.method} ${entry.url} ${entry.status}${reason === undefined ? "" : ` (${reason})`}`;
}

function requestList({ journal }: World, oldestFirst: readonly JournalEntry[]) {
  return { requests: oldestFirst.map(requestView).reverse(), evicted: journal.evicted };
}
