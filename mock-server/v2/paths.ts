import { API_PREFIX, API_PREFIX_V3 } from "../../contracts/client/url-and-token";
import { operations } from "../../contracts/generated/v2/operations";
import { type OperationId as OperationOfV3, operations as operationsOfV3 } from "../../contracts/generated/v3/operations";
import { matchOperation, operationFinder } from "../../contracts/operations";
import { nearestRoutes } from "../server/nearest-routes";
import type { World } from "../world/world";
import { hints } from "./hints/texts";

const INTEGER_ID = /\/\d+(\/|$)/;
const operationOfV3 = operationFinder<OperationOfV3>(operationsOfV3);

/** What was meant by a path that the API does not have. */
export function routeHint(method: string, path: string, bases: string): string {
  const single = path.replaceAll(/\/{2,}/g, "/");
  if (single !== path) return hints.doubleSlash(single);
  const lowerCase = path.toLowerCase();
  if (lowerCase.startsWith(`${API_PREFIX}${API_PREFIX}`)) return hints.prefixTwice(API_PREFIX);
  const hasPrefix = lowerCase.startsWith(API_PREFIX);
  const below = hasPrefix ? lowerCase.slice(API_PREFIX.length) : lowerCase;
  if (hasPrefix && path !== lowerCase && matchOperation(method, below)) return "Paths are in lower case.";
  const v3 = hasPrefix && !INTEGER_ID.test(path) ? operationOfV3(method, path.slice(API_PREFIX.length)) : undefined;
  const ours = Object.values(operations);
  if (v3 !== undefined) {
    const twin = ours.find((one) => one.method === method && letters(one.path) === letters(below));
    const own = twin === undefined ? "" : `${nearestRoutes([twin], method, below)} `;
    return `${own}${hints.pathOfV3(operationsOfV3[v3].title, `${API_PREFIX_V3}${path.slice(API_PREFIX.length)}`)}`;
  }
  const prefix = hasPrefix ? "" : `Paths start with ${bases}. `;
  return `${prefix}${nearestRoutes(ours, method, below)}`;
}

function letters(path: string): string {
  return path.replaceAll(/[^a-z]/g, "");
}

const COLLECTIONS = new Map(
  Object.entries({
    chats: "chats",
    chat_messages: "messages",
    chat_message_reactions: "reactions",
    contacts: "contacts",
    phone_numbers: "lines",
    webhook_subscriptions: "subscriptions",
  } as const),
);

/** Whether a world has the first thing that a path names by its id: of `/chats/46/chat_messages/7`, chat 46. */
export function hasThing(world: World, path: string): boolean {
  const [, name = "", id = ""] = path.split("/");
  const collection = COLLECTIONS.get(name);
  return collection !== undefined && world[collection].get(Number(id)) !== undefined;
}
