import { API_PREFIX_V3 } from "../../contracts/client/url-and-token";
import { operations as operationsOfV2 } from "../../contracts/generated/v2/operations";
import { type OperationId, operations } from "../../contracts/generated/v3/operations";
import { matchOperation, operationFinder } from "../../contracts/operations";
import { SUCCESSORS } from "../../contracts/v3-successors";
import { nearestRoutes } from "../server/nearest-routes";
import { fileCalled } from "../world/announced-files";
import type { RecordKind } from "../world/public-ids";
import type { Sandbox } from "../world/sandbox";
import type { World } from "../world/world";

const operationAt = operationFinder<OperationId>(operations);

/** What was meant by a path that V3 does not have. */
export function routeHint(method: string, path: string, bases: string): string {
  const single = path.replaceAll(/\/{2,}/g, "/");
  if (single !== path) return `The path has a slash too many: ${single}.`;
  if (path.startsWith(`${API_PREFIX_V3}${API_PREFIX_V3}`))
    return `The base URL has ${API_PREFIX_V3} already, and so has the path.`;
  const hasPrefix = path.startsWith(API_PREFIX_V3);
  const v2 = hasPrefix ? matchOperation(method, path.slice(API_PREFIX_V3.length)) : undefined;
  if (v2 !== undefined) return `That is a path of V2 (${operationsOfV2[v2].title}). In V3 there is ${SUCCESSORS[v2]}.`;
  const prefix = hasPrefix ? "" : `Paths start with ${bases}. `;
  const below = hasPrefix ? path.slice(API_PREFIX_V3.length) : path;
  const [, inner = ""] = /^\/[^/]+\/[^/]+(\/[^/]+\/[^/]+.*)$/.exec(below) ?? []; // what is read by its own id, wherever it is
  const meant = operationAt(method, inner);
  const known = Object.values(operations);
  return `${prefix}${nearestRoutes(meant === undefined ? known : [operations[meant]], method, below)}`;
}

const KINDS = new Map(
  Object.entries({
    chats: ["chat", "chats"],
    messages: ["message", "messages"],
    phone_numbers: ["line", "lines"],
    "webhook-subscriptions": ["subscription", "subscriptions"],
  } as const),
);

/** Where those of a kind are listed. */
const LISTED: Readonly<Record<string, string>> = {
  chats: "GET /v3/chats lists the chats.",
  messages: "GET /v3/chats/{chatId}/messages lists the messages of a chat.",
  phone_numbers: "GET /v3/phone_numbers lists the lines.",
  "webhook-subscriptions": "GET /v3/webhook-subscriptions lists the subscriptions.",
};

/** What each kind of record is called. */
const NAMES: Partial<Record<RecordKind, string>> = {
  chat: "a chat",
  message: "a message",
  handle: "a participant",
  line: "a line",
  subscription: "a subscription",
  reaction: "a reaction",
};

/** What there is to say of the first UUID in a path when it stands for nothing: whose it is, or where there are others. */
export function unknownThing(
  world: World,
  path: string,
  sandboxes: Iterable<Pick<Sandbox, "name" | "world">>,
): string | undefined {
  const [, name = "", uuid = ""] = path.split("/");
  const [kind] = KINDS.get(name) ?? [];
  if (kind === undefined || uuid === "" || hasThing(world, path)) return undefined;
  if (world.publicIds.idOf(kind, uuid) !== undefined) return `That ${kind} is gone: it was deleted, or made before a reset.`;
  const kinds = Object.keys(NAMES) as RecordKind[];
  const other = kinds.find((one) => world.publicIds.idOf(one, uuid) !== undefined);
  if (other !== undefined) return `That is the id of ${NAMES[other]}, not of ${NAMES[kind]}. ${LISTED[name]}`;
  for (const sandbox of sandboxes) {
    if (sandbox.world.publicIds.idOf(kind, uuid) !== undefined)
      return `That is ${NAMES[kind]} of sandbox ${sandbox.name}: ids of V3 are a sandbox's own. Does the base URL name that sandbox?`;
  }
  return LISTED[name];
}

/** Whether a world has the first thing that a path names by its UUID: of `/chats/{chatId}/messages`, the chat. */
export function hasThing(world: World, path: string): boolean {
  const [, name = "", uuid = ""] = path.split("/");
  if (name === "attachments") return fileCalled(world, uuid.toLowerCase()) !== undefined;
  const [kind, collection] = KINDS.get(name) ?? [];
  const id = kind && world.publicIds.idOf(kind, uuid);
  return id !== undefined && collection !== undefined && world[collection].get(id) !== undefined;
}
