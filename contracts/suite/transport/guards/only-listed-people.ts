import { kindOf } from "../../../client/kinds";
import { namedNumbers } from "../../../client/named-people";
import { type KnownAsk, NO_ID } from "../ask";
import type { Rules } from "../rules";
import type { Guard } from "./guard";

/**
 * No body names a number or, where something is sent, an address that is not on the list of recipients, whatever a law says. In
 * contacts, addresses reach nobody.
 */
export const onlyListedPeople: Guard = (ask, { recipients, known, ledger }) => {
  if (recipients === "anyone" || ledger.undoes(ask)) return undefined;
  for (const named of namedNumbers(bodyOf(ask))) {
    if (named.includes("@") && kindOf[ask.operation] === "write") continue;
    if (!recipients.has(named) && !known.lines.has(named)) return "its body names somebody who is no --recipient";
  }
  return undefined;
};

/** The address of a webhook is looked at by a guard of its own, and may be a number. */
function bodyOf({ operation, body }: KnownAsk): unknown {
  if (operation !== "createWebhookSubscription" && operation !== "updateWebhookSubscription") return body;
  const { webhook_url: _, ...rest } = (body as { webhook_subscription?: Record<string, unknown> })?.webhook_subscription ?? {};
  return rest;
}

/** Everyone whom a request to a chat would reach is on the list. */
export const onlyListedChats: Guard = async (ask, rules) => {
  const kind = kindOf[ask.operation];
  if ((kind !== "send" && kind !== "visible") || rules.recipients === "anyone" || ask.operation === "createChat")
    return undefined;
  if (ask.path.split("/").includes(String(NO_ID))) return undefined;
  const chatId = chatOf(ask, rules);
  if (chatId === undefined) return "nobody knows which chat it would reach";
  const inside = await rules.readChat(chatId);
  if (!inside) return undefined; // there is no such chat, so that nobody is in it
  const { recipients, known } = rules;
  const others = [...inside].filter((one) => !known.lines.has(one) && !recipients.has(one));
  if (others.length === 0) return undefined;
  if (kind === "visible" && recipients.size === 0 && chatId === rules.visibleChat) return undefined;
  return `somebody in chat ${chatId} is no --recipient`;
};

function chatOf({ path }: KnownAsk, { known }: Rules): number | undefined {
  const chat = /^\/chats\/(\d+)\//.exec(path)?.[1];
  if (chat !== undefined) return Number(chat);
  const message = /^\/chat_messages\/(\d+)\//.exec(path)?.[1];
  return message === undefined ? undefined : known.chatOfMessage(Number(message));
}
