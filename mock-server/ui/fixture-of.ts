import { call } from "./api";

interface World {
  readonly [section: string]: unknown;
  readonly version: 1;
}

interface Record_ {
  readonly id?: number;
  readonly line?: unknown;
  readonly phone_number?: string;
  readonly email?: string;
}

/** A conversation as a fixture document of its own: the chat, its line, the contacts that are in it, and whose they are. */
export async function conversationAsFixture(chatId: number): Promise<string> {
  const state = (await call("get", "/state")) as World;
  const [chat] = records(state, "chats").filter(({ id }) => id === chatId);
  if (!chat) throw new Error(`Chat ${chatId} is no more`);
  const text = JSON.stringify(chat);
  const lines = records(state, "lines").filter(({ id, phone_number }) => chat.line === id || chat.line === phone_number);
  const contacts = records(state, "contacts").filter(
    ({ phone_number }) => phone_number !== undefined && text.includes(JSON.stringify(phone_number)),
  );
  const named = JSON.stringify([lines, contacts]);
  const users = records(state, "users").filter(({ email }) => email !== undefined && named.includes(JSON.stringify(email)));
  return JSON.stringify({ version: state.version, users, lines, contacts, chats: [chat] }, null, 2);
}

function records(state: World, section: string): Record_[] {
  return (state[section] ?? []) as Record_[];
}
