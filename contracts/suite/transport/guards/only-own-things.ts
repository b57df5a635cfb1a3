import { NO_ID } from "../ask";
import type { Guard } from "./guard";

const CHANGES =
  /^\/(?:contacts|webhook_subscriptions|chats\/\d+\/chat_messages|chat_messages)\/(\d+)(?:\/(?:edit|reactions))?$/;

/** What this run has not made, it does not change or delete. */
export const onlyOwnThings: Guard = ({ method, path }, { ledger, recipients }) => {
  if (method === "GET" || recipients === "anyone") return undefined;
  const id = CHANGES.exec(path)?.[1];
  if (id === undefined || Number(id) === NO_ID || ledger.created(path)) return undefined;
  return "it would change something that this run has not made";
};
