import type { KnownAccount } from "../../../contracts/client/known-account";

/** Why a path cannot be what is meant: it names a message that is in another chat than it names. Undefined when nobody knows of that. */
export function elsewhereThan(path: string, known: Pick<KnownAccount, "chatOfMessage">): string | undefined {
  const [, chat, message] = /^\/chats\/(\d+)\/chat_messages\/(\d+)/.exec(path) ?? [];
  const actual = message === undefined ? undefined : known.chatOfMessage(Number(message));
  if (actual === undefined || actual === Number(chat)) return undefined;
  return `message ${message} is in chat ${actual}, and not in chat ${chat}`;
}
