import type { Message } from "../api";
import { readPage } from "../paging";
import { correspondence } from "./correspondence";
import type { ProbeContext } from "./probe";

/** The latest messages of the chat of the correspondence, before and after it was marked as read. */
export interface Marked {
  readonly before: readonly Message[];
  readonly after: readonly Message[];
}

/** Marks the chat of the correspondence as read, twice. */
export async function marked({ api, once }: ProbeContext): Promise<Marked> {
  const { chat } = await once(correspondence);
  const latest = async (): Promise<Message[]> =>
    (await readPage<Message>(api, `/chats/${chat.id}/chat_messages`, { sort: "desc", per_page: 100 })).items;
  const before = await latest();
  for (let i = 0; i < 2; i += 1) await api.call(204, "PUT", `/chats/${chat.id}/mark_as_read`);
  return { before, after: await latest() };
}
