import { batch, computed, signal } from "@preact/signals";
import { type Answer, call, type Schemas } from "./api";
import { conversation } from "./open-chat";
import { soon, WINDOW } from "./webhook-log";

export const lines = signal<readonly Schemas["Line"][]>([]);
/** Every conversation that was heard of, listed or not, by its id. */
export const chatsById = signal<ReadonlyMap<number, Schemas["Chat"]>>(new Map());
/** The chats in the list: of a search, those that were found. */
const listed = signal<ReadonlySet<number>>(new Set());
export const chatTotal = signal(0);
/** The line is in the page's address, in front of the hash. */
export const listFilter = signal<{ readonly line: string; readonly search: string }>({
  line: new URL(location.href).searchParams.get("line") ?? "",
  search: "",
});
computed(() => listFilter.value.line).subscribe((line) => {
  const url = new URL(location.href);
  if (line === "") url.searchParams.delete("line");
  else url.searchParams.set("line", line);
  history.replaceState(history.state, "", url);
});
const nextChats = signal<string | null>(null);
export const hasMoreChats = computed(() => nextChats.value !== null);
/** The id of the newest message of all conversations. */
export let newestMessage = 0;

/** The conversations that are wanted: of a line that this world lacks, those of all. */
export async function askChats(): Promise<Answer<"/chats", "get">> {
  const { value: filter } = listFilter;
  return call("get", "/chats", { query: { ...filter, limit: 100 } }).catch((error) => {
    if (error.code !== "line_unknown") throw error;
    listFilter.value = { ...filter, line: "" };
    return askChats();
  });
}

/** Shows other conversations. */
export async function findChats(filter: Partial<typeof listFilter.value>): Promise<void> {
  const asked = { ...listFilter.value, ...filter };
  listFilter.value = asked;
  const found = await call("get", "/chats", { query: { ...asked, limit: 100 } });
  if (listFilter.value === asked) noteChats(found);
}

export async function readMoreChats(): Promise<void> {
  const { value: cursor } = nextChats;
  if (cursor === null) return;
  nextChats.value = null; // asked for once
  const { value: filter } = listFilter;
  const more = await call("get", "/chats", { query: { ...filter, limit: WINDOW, cursor } });
  if (listFilter.value !== filter) return;
  batch(() => {
    listed.value = new Set([...listed.value, ...knowChats(more.chats)]);
    nextChats.value = more.next;
  });
}

/** Whether what is known of conversations is of a world that is no more. */
let isOtherWorld = false;

conversation.chat.subscribe((chat) => {
  if (chat && chatsById.peek().get(chat.id) !== chat) knowChats([chat]);
});

/** Forgets the chats, which are of a world that is no more. */
export function leaveChats(): void {
  isOtherWorld = true;
  newestMessage = 0;
}

function knowChats(found: readonly Schemas["Chat"][]): number[] {
  chatsById.value = new Map([...chatsById.peek(), ...found.map((chat) => [chat.id, chat] as const)]);
  return found.map(({ id }) => id);
}

export function noteChats({
  chats: found,
  next,
  total,
}: {
  chats: Schemas["Chat"][];
  next: string | null;
  total: number;
}): void {
  if (isOtherWorld) chatsById.value = new Map();
  isOtherWorld = false;
  listed.value = new Set(knowChats(found));
  newestMessage = Math.max(newestMessage, ...found.map(({ last_message }) => last_message?.id ?? 0));
  nextChats.value = next;
  chatTotal.value = total;
}

/** Newest activity first. */
export const chatsInOrder = computed(() =>
  [...listed.value]
    .flatMap((id) => chatsById.value.get(id) ?? [])
    .map((chat) => ({ chat, at: activityOf(chat) }))
    .sort((a, b) => b.at - a.at || b.chat.id - a.chat.id)
    .map(({ chat }) => chat),
);

/** As the mock has it: when the newest message was sent or, without one, the chat was opened. */
function activityOf({ last_message, participants }: Schemas["Chat"]): number {
  return Date.parse(last_message?.sent_at ?? participants.find(({ own }) => own)?.joined_at ?? "") || 0;
}

export function noteChat(chat: Schemas["Chat"]): void {
  knowChats([chat]);
  conversation.noteChat(chat);
  readLinesSoon();
  if (listed.peek().has(chat.id) || !belongsInList(chat)) return;
  listed.value = new Set(listed.peek()).add(chat.id);
  countChatsSoon();
}

/** Whether a conversation that the list lacks belongs into it: not into what a search has found, nor behind what was read so far. */
function belongsInList(chat: Schemas["Chat"]): boolean {
  const { line, search } = listFilter.value;
  if (search !== "" || (line !== "" && chat.line !== line)) return false;
  const last = chatsInOrder.peek().at(-1);
  return nextChats.peek() === null || last === undefined || activityOf(chat) >= activityOf(last);
}

/** What is new in the list is not always new in the world. */
const countChatsSoon = soon(300, async () => {
  const { value: filter } = listFilter;
  const { total } = await call("get", "/chats", { query: { ...filter, limit: 1 } });
  if (listFilter.value === filter) chatTotal.value = total;
});

export function noteMessage(message: Schemas["Message"], type: string): void {
  newestMessage = Math.max(newestMessage, message.id);
  if (type === "message.deleted") conversation.remove(message);
  else conversation.note(message);
}

export function noteTyping({ chat_id, identifier }: { chat_id: number; identifier: string }, typing: boolean): void {
  const chat = chatsById.value.get(chat_id);
  if (!chat) return;
  const participants = chat.participants.map((one) => (one.identifier === identifier ? { ...one, typing } : one));
  noteChat({ ...chat, participants });
}

/** Their unread counts follow from messages, which come in crowds. */
const readLinesSoon = soon(500, async () => {
  lines.value = (await call("get", "/lines")).lines;
});
