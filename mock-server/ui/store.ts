import { batch, computed, signal } from "@preact/signals";
import { trouble } from "./action";
import { type Answer, call, SANDBOX, type Schemas } from "./api";
import { askChats, leaveChats, lines, noteChat, noteChats, noteMessage, noteTyping } from "./chat-list";
import { noteClock, readClockSoon } from "./clock";
import { conversation } from "./open-chat";
import { askRequests, noteRequest, noteRequests } from "./request-list";
import { callMark } from "./sentences";
import { isAppSubscribed, readSubscriptions, statusText, subscriptions, updateStatusText } from "./status-text";
import { type Connection, follow, type StreamedChange } from "./stream";
import { noteJump, noteMark, timelineMarks } from "./timeline-marks";
import { noteDelivery, noteEvent, showWebhooks, soon, WINDOW } from "./webhook-log";

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
/** The versions of the API that are served; the first is the usual one. */
export const apis = signal<Answer<"/apis", "get">["apis"]>([]);
export const sandboxes = signal<readonly Schemas["Sandbox"][]>([]);
export const faults = signal<readonly Schemas["ArmedFault"][]>([]);
/** What each is, by its name. */
export const profiles = signal<Readonly<Record<string, string>>>({});
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

export function noteFaults({ faults: armed, about_profiles: known }: Answer<"/faults", "get">): void {
  faults.value = armed;
  profiles.value = known;
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
  updateStatusText(change);
  if (faults.value.length > 0 && !type.startsWith("typing.")) readFaultsSoon();
  if (type === "request") noteRequest(data.request);
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
    statusText.value = {
      text: `The mock was started anew.${wasSubscribed ? " Your subscriptions are gone: subscribe again." : ""}`,
    };
    leaveWorld();
    shownWorld.value = worldCount.peek(); // it was read before the first change was told of
  }
  serverStart = begun;
}
/** Whether there is a reset to take back. */
export const canUndo = computed(() => sandboxes.value.some(({ name, can_undo }) => name === SANDBOX && can_undo));

function leaveWorld(): void {
  timelineMarks.value = [];
  leaveChats();
  worldCount.value += 1;
}

/** How often faults have acted follows from what else happens. */
const readFaultsSoon = soon(300, async () => noteFaults(await call("get", "/faults")));

async function readSandboxes(): Promise<void> {
  sandboxes.value = (await call("get", "/sandboxes")).sandboxes;
}
