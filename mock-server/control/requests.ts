import type { IncomingHttpHeaders } from "node:http";
import { parseBody } from "../../contracts/exchange";
import { formatTimestamp } from "../../contracts/timestamps";
import { type ApiVersion, type ApiVersions, versionFor } from "../server/api-version";
import { bodyJson, type JournalEntry, pathOf } from "../world/journal";
import type { World } from "../world/world";
import { loadContractVerdicts, type RequestView } from "./contract-verdicts";
import { type ControlCall, type ControlContext, ControlRefusal, type ControlReply } from "./control-call";
import { type CriteriaTable, criteriaOf, inOtherSandboxes, isSince, matching, refuseUnknown, waitForMatches } from "./wait";

const DEFAULT_LIMIT = 100;
const HELD = "An answer is held back by a fault until the sandbox's clock is so far, and is in the journal then.";

function criteria(versions: ApiVersions): CriteriaTable<JournalEntry> {
  const fitsPath = (path: string, wanted: string): boolean =>
    path === wanted || versions.some(({ prefix }) => path === `${prefix}${wanted}`);
  return {
    operation: { read: (entry) => entry.operation ?? "none" },
    version: { read: (entry) => versionFor(versions, pathOf(entry)).name },
    method: { read: (entry) => entry.method, fits: (method, wanted) => method === wanted.toUpperCase() },
    path: { read: pathOf, fits: fitsPath },
    status: { read: (entry) => String(entry.status), fits: (status, wanted) => status.startsWith(wanted.replace("xx", "")) },
    since: { read: (entry) => formatTimestamp(entry.at), fits: isSince },
  };
}

export const listRequests: ControlCall<"listRequests"> = ({ sandbox: { world }, versions }, { query }) => {
  const refused = refuseUnknown("operation", query.operation, operationsOf(versions));
  if (refused) return refused;
  const found = matching(world.journal.entries(), criteriaOf(criteria(versions), query));
  return requestList(world, found.slice(-(query.limit ?? DEFAULT_LIMIT)), versions);
};

export const clearRequests: ControlCall<"clearRequests"> = ({ sandbox: { world } }) => {
  world.journal.clear();
  return { status: 204, body: undefined };
};

export const waitForRequests: ControlCall<"waitForRequests"> = async (context, { query }) => {
  const { sandbox, sandboxes, versions, gone } = context;
  const refused = refuseUnknown("operation", query.operation, operationsOf(versions));
  if (refused) return refused;
  const awaited = {
    one: "request",
    many: "requests",
    table: criteria(versions),
    entries: () => sandbox.world.journal.entries(),
    describe: (entry: JournalEntry) => describe(versions, entry),
    whyNone: () => (sandbox.world.clock.held > 0 ? HELD : noneOf(context)),
  };
  const found = await waitForMatches({ sandbox, sandboxes, gone }, awaited, query);
  return found instanceof ControlRefusal ? found : requestList(sandbox.world, found, versions);
};

function operationsOf(versions: ApiVersions): string[] {
  return versions.flatMap(({ operations }) => operations.map(({ id }) => id));
}

function noneOf(context: ControlContext): string {
  const { sandbox, versions } = context;
  const { lastOther } = sandbox.world.journal;
  const other =
    lastOther === undefined
      ? ""
      : ` ${lastOther} has; paths of the API start with ${versions.map(({ prefix }) => prefix).join(" or ")}.`;
  const elsewhere = inOtherSandboxes(context, ({ journal }) => journal.size);
  if (elsewhere === undefined) return `No request to the API has come.${other}`;
  return `No request to the API has come to this sandbox.${other} Of requests there are ${elsewhere}`;
}

function describe(versions: ApiVersions, entry: JournalEntry): string {
  const reason = versionFor(versions, pathOf(entry)).calls.reasonOfRefusal(entry);
  const hint = entry.hint === undefined ? "" : `; hint: ${entry.hint.replace(/\.$/, "")}`;
  return `${entry.method} ${entry.url} ${entry.status}${reason === undefined ? "" : ` (${reason}${hint})`}`;
}

async function requestList(
  world: World,
  oldestFirst: readonly JournalEntry[],
  versions: ApiVersions,
): Promise<ControlReply<"listRequests">> {
  const views = oldestFirst.map((entry) => requestView(entry, versionFor(versions, pathOf(entry)), world)).reverse();
  const verdicts = await loadContractVerdicts(versions);
  return { status: 200, body: { requests: views.map(verdicts.request), evicted: world.journal.evicted } };
}

/** A token may also come under a wrong name. */
const SECRET_HEADER = /auth|cookie|key|secret|token/;
const HIDDEN = "(hidden)";

/** A request of the journal as the control API shows it; tokens and secrets are hidden. */
export function requestView(
  entry: JournalEntry,
  { calls }: Pick<ApiVersion, "calls">,
  world: Pick<World, "publicIds">,
): RequestView {
  const { chat, message } = calls.subject(entry, world);
  const { cause } = entry;
  const path = pathOf(entry);
  const answer = parseBody(entry.answer);
  return {
    id: entry.requestId,
    at: formatTimestamp(entry.at),
    ms: Math.round(entry.ms * 1000) / 1000,
    operation: entry.operation ?? null,
    method: entry.method,
    path,
    query: entry.url.slice(path.length + 1),
    status: entry.status,
    request: {
      headers: withoutSecrets(entry.headers),
      body: withoutSecret(entry.body) ?? null,
      ...(entry.files && { files: [...entry.files] }),
    },
    response: { body: withoutSecret(answer) ?? null },
    hint: entry.hint ?? null,
    assumptions: [...entry.assumptions],
    fault: entry.fault ?? null,
    lost: entry.isLost ?? false,
    chat_id: chat ?? cause?.chatId ?? null,
    message_id: message ?? cause?.messageId ?? null,
    event_ids: [...(cause?.eventIds ?? [])],
  };
}

function withoutSecrets(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const shown: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = SECRET_HEADER.test(name) ? HIDDEN : value;
  }
  return shown;
}

/** The body of a webhook subscription holds its secret. */
function withoutSecret(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  return JSON.parse(bodyJson(body, (name, value) => (/(^|_)secret$/.test(name) ? HIDDEN : value)));
}
