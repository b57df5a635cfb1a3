import { batch, computed, signal } from "@preact/signals";
import { place } from "./address";
import { call, type Schemas } from "./api";

/** How many messages are asked for at once, and how many are in the page at most. */
const PAGE = 100;
const MOST = 400;

const chat = signal<Schemas["Chat"] | undefined>(undefined);
const messages = signal<readonly Schemas["Message"][]>([]);
const hasOlder = signal(false);
const hasNewer = signal(false);
const problem = signal<string | undefined>(undefined);
/** Counts how often somebody wanted to see the end. */
const ends = signal(0);
let asked = 0;

/** The conversation that is open: a window into its messages. */
export const conversation = {
  chat,
  messages,
  hasOlder,
  hasNewer,
  problem,
  ends,
  read,
  older,
  newer,
  toEnd,
  note,
  remove,
  noteChat,
};

const wanted = computed(() => place.value.chat);
wanted.subscribe(() => void read());
computed(() => place.value.message).subscribe((id) => {
  if (id !== undefined && !messages.peek().some((one) => one.id === id)) void read();
});

async function read(): Promise<void> {
  const { chat: id, message } = place.peek();
  const turn = ++asked;
  if (id === undefined) return show(undefined, { messages: [], has_older: false, has_newer: false });
  if (chat.peek()?.id !== id) show(undefined, { messages: [], has_older: false, has_newer: false });
  try {
    const query = message === undefined ? { limit: PAGE } : { limit: PAGE, around: message };
    const [view, found] = await Promise.all([
      call("get", "/chats/{id}", { path: { id: String(id) } }),
      call("get", "/chats/{id}/messages", { path: { id: String(id) }, query }).catch((error) => {
        if (message === undefined) throw error; // else it is perhaps the message that is no more
        return call("get", "/chats/{id}/messages", { path: { id: String(id) }, query: { limit: PAGE } });
      }),
    ]);
    if (turn === asked) show(view.chat, found);
  } catch (error) {
    if (turn === asked) problem.value = (error as Error).message;
  }
}

function show(
  view: Schemas["Chat"] | undefined,
  found: { messages: readonly Schemas["Message"][]; has_older: boolean; has_newer: boolean },
): void {
  batch(() => {
    chat.value = view;
    messages.value = found.messages;
    hasOlder.value = found.has_older;
    hasNewer.value = found.has_newer;
    problem.value = undefined;
  });
}

async function older(): Promise<void> {
  const [first] = messages.peek();
  const id = chat.peek()?.id;
  if (!first || id === undefined || !hasOlder.peek()) return;
  hasOlder.value = false; // asked for once
  const found = await call("get", "/chats/{id}/messages", {
    path: { id: String(id) },
    query: { before: first.id, limit: PAGE },
  });
  if (chat.peek()?.id !== id) return;
  batch(() => {
    const all = [...found.messages, ...messages.peek()];
    if (all.length > MOST) hasNewer.value = true;
    messages.value = all.slice(0, MOST);
    hasOlder.value = found.has_older;
  });
}

async function newer(): Promise<void> {
  const last = messages.peek().at(-1);
  const id = chat.peek()?.id;
  if (!last || id === undefined || !hasNewer.peek()) return;
  hasNewer.value = false;
  const found = await call("get", "/chats/{id}/messages", { path: { id: String(id) }, query: { after: last.id, limit: PAGE } });
  if (chat.peek()?.id !== id) return;
  batch(() => {
    const all = [...messages.peek(), ...found.messages];
    if (all.length > MOST) hasOlder.value = true;
    messages.value = all.slice(-MOST);
    hasNewer.value = found.has_newer;
  });
}

/** Goes to the end, and stays there. */
async function toEnd(): Promise<void> {
  if (hasNewer.peek()) await latest();
  ends.value += 1;
}

async function latest(): Promise<void> {
  const id = chat.peek()?.id;
  if (id === undefined) return;
  const found = await call("get", "/chats/{id}/messages", { path: { id: String(id) }, query: { limit: PAGE } });
  if (chat.peek()?.id === id) show(chat.peek(), found);
}

/** A message is new, or other than it was. */
function note(message: Schemas["Message"]): void {
  if (message.chat_id !== chat.peek()?.id) return;
  const known = messages.peek();
  const at = known.findIndex(({ id }) => id === message.id);
  if (at >= 0) messages.value = known.with(at, message);
  else if (!hasNewer.peek()) messages.value = withNew(known, message).slice(-MOST);
}

/** Where the mock has it: by the time of sending, then by the id. After a clock that went back, that is not at the end. */
function withNew(known: readonly Schemas["Message"][], message: Schemas["Message"]): readonly Schemas["Message"][] {
  const isAfter = (one: Schemas["Message"]): boolean =>
    timeOf(one) > timeOf(message) || (timeOf(one) === timeOf(message) && one.id > message.id);
  const place = known.findIndex(isAfter);
  if (place < 0) return [...known, message];
  return place === 0 && hasOlder.peek() ? known : known.toSpliced(place, 0, message);
}

function timeOf({ sent_at }: Schemas["Message"]): number {
  return Date.parse(sent_at ?? "");
}

function remove({ id }: Schemas["Message"]): void {
  messages.value = messages.peek().filter((one) => one.id !== id);
}

function noteChat(view: Schemas["Chat"]): void {
  if (view.id === chat.peek()?.id) chat.value = view;
}
