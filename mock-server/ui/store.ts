import { batch, computed, signal } from "@preact/signals";
import { trouble } from "./action";
import { type Answer, call, SANDBOX, type Schemas } from "./api";
import { noteClock, readClockSoon, secondsText } from "./clock";
import { conversation } from "./conversation";
import { worstOf } from "./outcome";
import { callMark, deliverySentence, type Mark, sentenceOf } from "./sentences";
import { type Connection, follow, type StreamedChange } from "./stream";
import { deliveries, noteDelivery, noteEvent, showWebhooks, soon, WINDOW, withNewest } from "./webhook-log";
import { durationText } from "./wording";

const MOST_JUMPS = 100;
const READ_AGAIN_MS = 1000;
const READ_SOON_MS = 3000;

export const connection = signal<Connection>("connecting");
/** Why nothing can be shown, when that is so. */
export const closedReason = signal<
  { readonly code: string; readonly message: string; readonly hint?: string | undefined } | undefined
>(undefined);
/** The version of the server. */
export const serverVersion = signal("");
/** Whether there are conversations to see. */
export const isLoaded = signal(false);
/** Whether the rest is there, too. */
export const isComplete = signal(false);

export const lines = signal<readonly Schemas["Line"][]>([]);
/** Every conversation that was heard of, listed or not, by its id. */
export const chatsById = signal<ReadonlyMap<number, Schemas["Chat"]>>(new Map());
/** Those that the list has: of a search, those that were found. */
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

export const subscriptions = signal<readonly Schemas["Subscription"][]>([]);
/** The versions of the API that are served; the first is the usual one. */
export const apis = signal<Answer<"/apis", "get">["apis"]>([]);
export const sandboxes = signal<readonly Schemas["Sandbox"][]>([]);
export const faults = signal<readonly Schemas["ArmedFault"][]>([]);
/** What each is, by its name. */
export const profiles = signal<Readonly<Record<string, string>>>({});
export const requests = signal<ReadonlyMap<string, Schemas["Request"]>>(new Map());
/** Where the clock was moved, and who called, while the page looked on. */
export const jumps = signal<readonly Mark[]>([]);
/** Of all conversations. */
let newestMessage = 0;
/** The last thing that happened, in words, and the event for webhooks that they are about. */
export const lastWords = signal<{ readonly text: string; readonly event?: number | undefined; readonly isReset?: boolean }>({
  text: "",
});
/** Counts the worlds that were put in the place of others. */
export const worldCount = signal(0);
/** The one of them that the lists are of. */
export const shownWorld = signal(0);
/** Counts what may change the advice and the state, for those who show them. */
export const changeCount = signal(0);

let isReading = false;
let readAgain = false;
const waiting: StreamedChange[] = [];

/** Reads everything, and follows what happens from then on. */
export function followMock(): void {
  void readFirst();
  follow({ change: heed, connection: noteConnection });
}

/** The conversations, which are seen first; everything is read once the stream is open. */
async function readFirst(): Promise<void> {
  const asked = [call("get", "/lines"), askChats()] as const;
  const [linesRead, chatsRead] = await Promise.all(asked).catch(() => []);
  if (isLoaded.value || !linesRead || !chatsRead) return;
  batch(() => {
    lines.value = linesRead.lines;
    noteChats(chatsRead);
    isLoaded.value = true;
  });
}

/** Whether an app had subscribed when the server was last heard of. */
let wasSubscribed = false;

function noteConnection(state: Connection): void {
  if (state === "gone") wasSubscribed = isAppSubscribed.peek();
  if (connection.peek() === "unknown" && state === "live") location.reload(); // somebody has opened it
  connection.value = state;
  if (state === "live" && trouble.value?.isNoAnswer) trouble.value = undefined;
  if (state === "live") void readAll();
  if (state === "refused") void findRefusal();
}

const readAll = (): Promise<void> => readAnew(readEverything);
const readRequests = (): Promise<void> => readAnew(async () => noteRequests(await askRequests()));

/** Reads something anew. What happens meanwhile is applied after, so that no row is lost. */
async function readAnew(read: () => Promise<void>): Promise<void> {
  readAgain = isReading;
  if (isReading) return;
  isReading = true;
  try {
    await read();
  } catch {
    setTimeout(() => connection.value === "live" && readAll(), READ_AGAIN_MS); // when the server is gone, the stream says when it is back
  } finally {
    isReading = false;
    applyWaiting();
  }
  if (readAgain) await readAll();
}

async function readEverything(): Promise<void> {
  const [linesRead, chatsRead, ...rest] = await Promise.all([
    call("get", "/lines"),
    askChats(),
    call("get", "/clock"),
    call("get", "/subscriptions"),
    call("get", "/faults"),
    askRequests(),
    call("get", "/webhook_events", { query: { limit: WINDOW } }),
    call("get", "/deliveries", { query: { limit: WINDOW } }),
    call("get", "/sandboxes"),
    call("get", "/apis"),
    conversation.read(),
  ]);
  const [clock, subscribed, armed, journal, events, sent, boxes, served] = rest;
  batch(() => {
    lines.value = linesRead.lines;
    noteChats(chatsRead);
    noteClock(clock);
    subscriptions.value = subscribed.subscriptions;
    noteFaults(armed);
    noteRequests(journal);
    showWebhooks(events, sent.deliveries);
    sandboxes.value = boxes.sandboxes;
    apis.value = served.apis;
    closedReason.value = undefined;
    isLoaded.value = true;
    isComplete.value = true;
    shownWorld.value = worldCount.peek();
    changeCount.value += 1;
  });
}

/** When more happens than can be told, what has changed is read anew, and not too often. */
const readSoon = soon(READ_SOON_MS, readAll);
const readRequestsSoon = soon(READ_SOON_MS, readRequests);

async function findRefusal(): Promise<void> {
  closedReason.value = await call("get", "/clock").then(
    () => undefined,
    (error: { code: string; message: string; hint?: string }) => error,
  );
}

/** The conversations that are wanted: of a line that this world lacks, those of all. */
async function askChats(): Promise<Answer<"/chats", "get">> {
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

function knowChats(found: readonly Schemas["Chat"][]): number[] {
  chatsById.value = new Map([...chatsById.peek(), ...found.map((chat) => [chat.id, chat] as const)]);
  return found.map(({ id }) => id);
}

function noteChats({ chats: found, next, total }: { chats: Schemas["Chat"][]; next: string | null; total: number }): void {
  if (isOtherWorld) chatsById.value = new Map();
  isOtherWorld = false;
  listed.value = new Set(knowChats(found));
  newestMessage = Math.max(newestMessage, ...found.map(({ last_message }) => last_message?.id ?? 0));
  nextChats.value = next;
  chatTotal.value = total;
}

export function noteFaults({ faults: armed, about_profiles: known }: Answer<"/faults", "get">): void {
  faults.value = armed;
  profiles.value = known;
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

const DRAWN_AFTER_MS = 20;
let isApplying = false;

/** What comes in a crowd is drawn at once; what comes while everything is read, after that. */
function heed(change: StreamedChange): void {
  waiting.push(change);
  if (isApplying || isReading) return;
  isApplying = true;
  setTimeout(() => {
    isApplying = false;
    if (!isReading) applyWaiting();
  }, DRAWN_AFTER_MS);
}

function applyWaiting(): void {
  batch(() => {
    for (const change of waiting.splice(0)) apply(change);
  });
}

function apply(change: StreamedChange): void {
  const { type, data } = change;
  if (type === "hello") return noteServer(data);
  if (type === "missed") (data.types?.join() === "request" ? readRequestsSoon : readSoon)();
  if (type === "reset") {
    leaveWorld();
    void readAll();
  }
  changeCount.value += 1;
  readClockSoon();
  noteWords(change);
  if (faults.value.length > 0 && !type.startsWith("typing.")) readFaultsSoon();
  if (type === "request") requests.value = withNewest(requests.value, keyOf(data.request), data.request, requestsKept);
  else if (type === "delivery") noteDelivery(data.delivery);
  else if (type === "webhook_event") noteEvent(data.webhook_event);
  else if (type === "clock") noteJump(data);
  else if (type === "faults") void call("get", "/faults").then(noteFaults);
  else if (type === "sandbox") void readSandboxes();
  else if (type.startsWith("subscription.")) void readSubscriptions();
  else if (type.startsWith("contact.") || type === "line.updated") void readAll();
  else if (type === "call.completed") noteMark(callMark(data.call, change.at));
  if (data?.chat) noteChat(data.chat);
  if (data?.message) noteMessage(data.message, type);
  if (type.startsWith("typing.")) noteTyping(data, type === "typing.started");
}

let serverStart = "";

function noteServer({ version, start: begun }: { version: string; start: string }): void {
  serverVersion.value = version;
  if (serverStart !== "" && begun !== serverStart) {
    lastWords.value = {
      text: `The mock was started anew.${wasSubscribed ? " Your subscriptions are gone: subscribe again." : ""}`,
    };
    leaveWorld();
    shownWorld.value = worldCount.peek(); // it was read before the first change was told of
  }
  serverStart = begun;
}

/** Whether an app has subscribed by the API, which no reset keeps. */
export const isAppSubscribed = computed(() => subscriptions.value.some(({ origin }) => origin === "api"));
export const SUBSCRIBE_AGAIN = "Your app must subscribe again.";
/** Whether there is a reset to take back. */
export const canUndo = computed(() => sandboxes.value.some(({ name, can_undo }) => name === SANDBOX && can_undo));

let resetWords: string | undefined;

/** Resets the world, or takes that back: the change that is told of is the same. */
export async function changeWorld(path: "/reset" | "/reset/undo"): Promise<void> {
  resetWords =
    path === "/reset"
      ? `The world is as it was at the start.${isAppSubscribed.peek() ? ` ${SUBSCRIBE_AGAIN}` : ""}`
      : "The reset is undone. The world is back; its requests and webhooks are not kept.";
  await call("post", path).catch((error) => {
    resetWords = undefined;
    throw error;
  });
}

function leaveWorld(): void {
  jumps.value = [];
  isOtherWorld = true;
  newestMessage = 0;
  worldCount.value += 1;
}

function noteWords(change: StreamedChange): void {
  const text = wordsOf(change);
  const { delivery, webhook_event } = change.data ?? {};
  const event = webhook_event?.id ?? delivery?.webhook_event_id;
  if (text !== undefined) lastWords.value = { text, event, isReset: change.type === "reset" };
}

/** What has happened, in words; where another receiver fared worse with the same event, that. */
function wordsOf(change: StreamedChange): string | undefined {
  const { type, data } = change;
  if (type === "reset") {
    const words = resetWords ?? sentenceOf(change, secondsText);
    resetWords = undefined;
    return words;
  }
  if (type !== "delivery") return sentenceOf(change, secondsText);
  const { delivery }: { delivery: Schemas["Delivery"] } = data;
  const others = [...deliveries.value.values()].filter(
    ({ id, event_id }) => id !== delivery.id && event_id === delivery.event_id,
  );
  const worst = worstOf([...others, delivery].sort((a, b) => a.id - b.id));
  return deliverySentence(worst?.status === "failed" ? worst : delivery);
}

/** As many requests as the mock keeps. */
const MOST_REQUESTS = 500;
let requestsKept = WINDOW;
/** Whether the mock has requests from before those that are shown. */
export const hasOlderRequests = signal(false);

function askRequests(): Promise<Answer<"/requests", "get">> {
  return call("get", "/requests", { query: { limit: requestsKept } });
}

function noteRequests({ requests: found }: Answer<"/requests", "get">): void {
  requests.value = new Map(found.map((one) => [keyOf(one), one]));
  hasOlderRequests.value = found.length === requestsKept && requestsKept < MOST_REQUESTS;
}

/** Reads every request that the mock has; their ids are their callers', so that nothing says where a page of them begins. */
export async function readOlderRequests(): Promise<void> {
  requestsKept = MOST_REQUESTS;
  hasOlderRequests.value = false;
  noteRequests(await askRequests());
}

/** Empties the journal. */
export async function emptyJournal(): Promise<void> {
  await call("delete", "/requests");
  requests.value = new Map();
  hasOlderRequests.value = false;
}

/** Callers choose the ids of their requests, and choose the same again. */
function keyOf({ id, at, ms }: Schemas["Request"]): string {
  return `${id} ${at} ${ms}`;
}

/** The newest request with an id. */
export function requestOf(id: string): Schemas["Request"] | undefined {
  for (const request of requests.value.values()) if (request.id === id) return request;
  return undefined;
}

function noteChat(chat: Schemas["Chat"]): void {
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

function noteMessage(message: Schemas["Message"], type: string): void {
  newestMessage = Math.max(newestMessage, message.id);
  if (type === "message.deleted") conversation.remove(message);
  else conversation.note(message);
}

function noteTyping({ chat_id, identifier }: { chat_id: number; identifier: string }, typing: boolean): void {
  const chat = chatsById.value.get(chat_id);
  if (!chat) return;
  const participants = chat.participants.map((one) => (one.identifier === identifier ? { ...one, typing } : one));
  noteChat({ ...chat, participants });
}

function noteJump({ clock, jumped_ms }: { clock: Parameters<typeof noteClock>[0]; jumped_ms: number }): void {
  noteClock(clock);
  if (Math.abs(jumped_ms) < 1000) return;
  const text = `The clock moved by ${jumped_ms < 0 ? "minus " : ""}${durationText(Math.abs(jumped_ms))}`;
  const at = Date.parse(clock.now);
  jumps.value = jumps.peek().map((mark) => (mark.at > at ? { ...mark, at, shownAt: mark.shownAt ?? mark.at } : mark)); // newer messages stand below it
  noteMark({ at, text });
}

function noteMark(mark: Mark): void {
  jumps.value = [...jumps.value, { ...mark, after: newestMessage }].slice(-MOST_JUMPS);
}

/** How often faults have acted follows from what else happens. */
const readFaultsSoon = soon(300, async () => noteFaults(await call("get", "/faults")));

async function readSandboxes(): Promise<void> {
  sandboxes.value = (await call("get", "/sandboxes")).sandboxes;
}

/** Who is told of events. */
export async function readSubscriptions(): Promise<void> {
  subscriptions.value = (await call("get", "/subscriptions")).subscriptions;
}

/** Their unread counts follow from messages, which come in crowds. */
const readLinesSoon = soon(500, async () => {
  lines.value = (await call("get", "/lines")).lines;
});
