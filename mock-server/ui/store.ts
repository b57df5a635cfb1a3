import { batch, computed, signal } from "@preact/signals";
import { trouble } from "./action";
import {
  type Answer,
  type ApiRequest,
  type Chat,
  call,
  type Delivery,
  type Fault,
  type Line,
  type Sandbox,
  type Subscription,
  type WebhookEvent,
} from "./api";
import { noteClock, readClockSoon } from "./clock";
import { conversation } from "./conversation";
import { worstOf } from "./outcome";
import { deliverySentence, sentenceOf } from "./sentences";
import { type Change, type Connection, follow } from "./stream";
import { durationText } from "./wording";

/** How many of each kind are kept and shown; older ones are asked for. */
export const WINDOW = 200;

const MOST_MARKS = 100;
const READ_AGAIN_MS = 1000;
const READ_SOON_MS = 3000;

export const connection = signal<Connection>("connecting");
/** Why nothing can be shown, when that is so. */
export const refusal = signal<
  { readonly code: string; readonly message: string; readonly hint?: string | undefined } | undefined
>(undefined);
/** The version of the server. */
export const serverVersion = signal("");
/** Whether there are conversations to see. */
export const isLoaded = signal(false);
/** Whether the rest is there, too. */
export const isComplete = signal(false);

export const lines = signal<readonly Line[]>([]);
export const chats = signal<ReadonlyMap<number, Chat>>(new Map());
export const chatTotal = signal(0);
export const chatFilter = signal<{ readonly line: string; readonly search: string }>({ line: "", search: "" });
const nextChats = signal<string | null>(null);
export const hasMoreChats = computed(() => nextChats.value !== null);

export const subscriptions = signal<readonly Subscription[]>([]);
export const sandboxes = signal<readonly Sandbox[]>([]);
export const faults = signal<readonly Fault[]>([]);
/** What each is, by its name. */
export const profiles = signal<Readonly<Record<string, string>>>({});
export const requests = signal<ReadonlyMap<string, ApiRequest>>(new Map());
export const webhookEvents = signal<ReadonlyMap<number, WebhookEvent>>(new Map());
export const deliveries = signal<ReadonlyMap<number, Delivery>>(new Map());
/** What happened while the page looked on that no message tells: the clock was moved (in every chat), somebody left. */
export const marks = signal<readonly { readonly at: number; readonly chat: number | null; readonly text: string }[]>([]);
/** The last thing that happened, in words. */
export const lastWords = signal("");
/** Counts what may change the advice and the state, for those who show them. */
export const changeCount = signal(0);

let isReading = false;
let readAgain = false;
const waiting: Change[] = [];

/** Reads everything, and follows what happens from then on. */
export function start(): void {
  void readFirst();
  follow({ change: heed, connection: noteConnection });
}

/** The conversations, which are seen first; everything is read once the stream is open. */
async function readFirst(): Promise<void> {
  const asked = [call("get", "/lines"), call("get", "/chats", { query: { ...chatFilter.value, limit: 100 } })] as const;
  const [linesRead, chatsRead] = await Promise.all(asked).catch(() => []);
  if (isLoaded.value || !linesRead || !chatsRead) return;
  batch(() => {
    lines.value = linesRead.lines;
    noteChats(chatsRead);
    isLoaded.value = true;
  });
}

function noteConnection(state: Connection): void {
  connection.value = state;
  if (state === "live" && trouble.value?.isNoAnswer) trouble.value = undefined;
  if (state === "live") void readAll();
  if (state === "refused") void findRefusal();
}

/** Reads everything anew. What happens meanwhile is applied after, so that no row is lost. */
async function readAll(): Promise<void> {
  readAgain = isReading;
  if (isReading) return;
  isReading = true;
  try {
    const [linesRead, chatsRead, ...rest] = await Promise.all([
      call("get", "/lines"),
      call("get", "/chats", { query: { ...chatFilter.value, limit: 100 } }),
      call("get", "/clock"),
      call("get", "/subscriptions"),
      call("get", "/faults"),
      call("get", "/requests", { query: { limit: WINDOW } }),
      call("get", "/webhook_events", { query: { limit: WINDOW } }),
      call("get", "/deliveries", { query: { limit: WINDOW } }),
      call("get", "/sandboxes"),
      conversation.read(),
    ]);
    const [clock, subscribed, armed, journal, events, sent, boxes] = rest;
    batch(() => {
      lines.value = linesRead.lines;
      noteChats(chatsRead);
      noteClock(clock);
      subscriptions.value = subscribed.subscriptions;
      noteFaults(armed);
      requests.value = new Map(journal.requests.map((one) => [keyOf(one), one]));
      webhookEvents.value = new Map(events.webhook_events.map((one) => [one.id, one]));
      deliveries.value = new Map(sent.deliveries.map((one) => [one.id, one]));
      sandboxes.value = boxes.sandboxes;
      refusal.value = undefined;
      isLoaded.value = true;
      isComplete.value = true;
      changeCount.value += 1;
    });
  } catch {
    setTimeout(() => connection.value === "live" && readAll(), READ_AGAIN_MS); // when the server is gone, the stream says when it is back
  } finally {
    isReading = false;
    applyWaiting();
  }
  if (readAgain) await readAll();
}

let isDue = false;

/** When more happens than can be told, everything is read anew, and not too often. */
function readSoon(): void {
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    void readAll();
  }, READ_SOON_MS);
}

async function findRefusal(): Promise<void> {
  refusal.value = await call("get", "/clock").then(
    () => undefined,
    (error: { code: string; message: string; hint?: string }) => error,
  );
}

/** Shows other conversations. */
export async function findChats(filter: Partial<typeof chatFilter.value>): Promise<void> {
  const asked = { ...chatFilter.value, ...filter };
  chatFilter.value = asked;
  const found = await call("get", "/chats", { query: { ...asked, limit: 100 } });
  if (chatFilter.value === asked) noteChats(found);
}

export async function readMoreChats(): Promise<void> {
  const { value: cursor } = nextChats;
  if (cursor === null) return;
  nextChats.value = null; // asked for once
  const { value: filter } = chatFilter;
  const more = await call("get", "/chats", { query: { ...filter, limit: WINDOW, cursor } });
  if (chatFilter.value !== filter) return;
  batch(() => {
    chats.value = new Map([...chats.value, ...more.chats.map((chat) => [chat.id, chat] as const)]);
    nextChats.value = more.next;
  });
}

function noteChats({ chats: found, next, total }: { chats: Chat[]; next: string | null; total: number }): void {
  chats.value = new Map(found.map((chat) => [chat.id, chat]));
  nextChats.value = next;
  chatTotal.value = total;
}

export function noteFaults({ faults: armed, about_profiles: known }: Answer<"/faults", "get">): void {
  faults.value = armed;
  profiles.value = known;
}

/** Newest activity first. */
export const chatsInOrder = computed(() =>
  [...chats.value.values()].sort((a, b) => activityOf(b).localeCompare(activityOf(a)) || b.id - a.id),
);

function activityOf({ last_message }: Chat): string {
  return last_message?.sent_at ?? "";
}

const DRAWN_AFTER_MS = 20;
let isApplying = false;

/** What comes in a crowd is drawn at once; what comes while everything is read, after that. */
function heed(change: Change): void {
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

function apply(change: Change): void {
  const { type, data } = change;
  if (type === "hello") return noteServer(data);
  if (type === "missed") readSoon();
  if (type === "reset") void readAll();
  changeCount.value += 1;
  readClockSoon();
  lastWords.value = wordsOf(change) ?? lastWords.value;
  if (type === "request") requests.value = withNewest(requests.value, keyOf(data.request), data.request);
  else if (type === "delivery") deliveries.value = withNewest(deliveries.value, data.delivery.id, data.delivery);
  else if (type === "webhook_event")
    webhookEvents.value = withNewest(webhookEvents.value, data.webhook_event.id, data.webhook_event);
  else if (type === "clock") noteJump(data);
  else if (type === "participant.removed") mark(Date.parse(change.at), change.chat_id, `${data.identifier} left`);
  else if (type === "faults") void call("get", "/faults").then(noteFaults);
  else if (type === "sandbox") void readSandboxes();
  else if (type.startsWith("subscription.")) void readSubscriptions();
  else if (type.startsWith("contact.") || type === "line.updated") void readAll();
  if (data?.chat) noteChat(data.chat);
  if (data?.message) conversation.note(data.message);
  if (type.startsWith("typing.")) noteTyping(data, type === "typing.started");
}

let serverStart = "";

function noteServer({ version, start: begun }: { version: string; start: string }): void {
  serverVersion.value = version;
  if (serverStart !== "" && begun !== serverStart) {
    lastWords.value = "The mock was started anew.";
    marks.value = [];
  }
  serverStart = begun;
}

let resetWords: string | undefined;

/** Resets the world, or takes that back: the change that is told of is the same. */
export async function changeWorld(path: "/reset" | "/reset/undo"): Promise<void> {
  resetWords = path === "/reset" ? "The world is as it was at the start." : "The reset is undone.";
  await call("post", path).catch((error) => {
    resetWords = undefined;
    throw error;
  });
}

/** What has happened, in words; where another receiver fared worse with the same event, that. */
function wordsOf(change: Change): string | undefined {
  const { type, data } = change;
  if (type === "reset") {
    const words = resetWords ?? sentenceOf(change);
    resetWords = undefined;
    return words;
  }
  if (type !== "delivery") return sentenceOf(change);
  const { delivery }: { delivery: Delivery } = data;
  const others = [...deliveries.value.values()].filter(
    ({ id, event_id }) => id !== delivery.id && event_id === delivery.event_id,
  );
  const worst = worstOf([...others, delivery].sort((a, b) => a.id - b.id));
  return deliverySentence(worst?.status === "failed" ? worst : delivery);
}

/** Newest first, at most so many. */
function withNewest<K, T>(known: ReadonlyMap<K, T>, key: K, one: T): ReadonlyMap<K, T> {
  if (known.has(key)) return new Map(known).set(key, one);
  return new Map([[key, one] as const, ...known].slice(0, WINDOW));
}

/** Callers choose the ids of their requests, and choose the same again. */
function keyOf({ id, at, ms }: ApiRequest): string {
  return `${id} ${at} ${ms}`;
}

/** The newest request with an id. */
export function requestOf(id: string): ApiRequest | undefined {
  for (const request of requests.value.values()) if (request.id === id) return request;
  return undefined;
}

function noteChat(chat: Chat): void {
  const { line, search } = chatFilter.value;
  if (!chats.value.has(chat.id)) {
    if (search !== "" || (line !== "" && chat.line !== line)) return;
    chatTotal.value += 1;
  }
  chats.value = new Map(chats.value).set(chat.id, chat);
  conversation.noteChat(chat);
  readLinesSoon();
}

function noteTyping({ chat_id, identifier }: { chat_id: number; identifier: string }, typing: boolean): void {
  const chat = chats.value.get(chat_id);
  if (!chat) return;
  const participants = chat.participants.map((one) => (one.identifier === identifier ? { ...one, typing } : one));
  noteChat({ ...chat, participants });
}

function noteJump({ clock, jumped_ms }: { clock: Parameters<typeof noteClock>[0]; jumped_ms: number }): void {
  noteClock(clock);
  if (Math.abs(jumped_ms) >= 1000)
    mark(
      Date.parse(clock.now),
      null,
      `The clock moved by ${jumped_ms < 0 ? "minus " : ""}${durationText(Math.abs(jumped_ms))}`,
    );
}

function mark(at: number, chat: number | null, text: string): void {
  marks.value = [...marks.value, { at, chat, text }].slice(-MOST_MARKS);
}

async function readSandboxes(): Promise<void> {
  sandboxes.value = (await call("get", "/sandboxes")).sandboxes;
}

/** Who is told of events. */
export async function readSubscriptions(): Promise<void> {
  subscriptions.value = (await call("get", "/subscriptions")).subscriptions;
}

let areLinesDue = false;

/** Their unread counts follow from messages, which come in crowds. */
function readLinesSoon(): void {
  if (areLinesDue) return;
  areLinesDue = true;
  setTimeout(async () => {
    areLinesDue = false;
    lines.value = (await call("get", "/lines")).lines;
  }, 500);
}
