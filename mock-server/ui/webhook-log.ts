import { batch, computed, effect, signal } from "@preact/signals";
import { place } from "./address";
import { type Answer, call, type Schemas } from "./api";

/** How many of a kind are read at once. */
export const WINDOW = 200;
/** As many events as the mock keeps. */
const MOST = 1000;

/** The newest first; those before them are read when somebody asks for them. */
export const webhookEvents = signal<ReadonlyMap<number, Schemas["WebhookEvent"]>>(new Map());
export const deliveries = signal<ReadonlyMap<number, Schemas["Delivery"]>>(new Map());

const evicted = signal(0);
const oldest = computed(() => (webhookEvents.value.size === 0 ? 0 : Math.min(...webhookEvents.value.keys())));
const newest = computed(() => Math.max(0, ...webhookEvents.value.keys()));
/** How many events there were; they are numbered. */
export const eventTotal = newest;
/** Whether the mock has events from before those that are shown. */
export const hasOlderEvents = computed(
  () => webhookEvents.value.size > 0 && oldest.value > Math.max(evicted.value, newest.value - MOST) + 1,
);

/** How many events are kept as newer ones come. */
let kept = WINDOW;
let world = 0;
let isReadingOlder = false;

/** Puts what was read anew in the place of everything. */
export function showWebhooks(events: Answer<"/webhook_events", "get">, sent: readonly Schemas["Delivery"][]): void {
  world += 1;
  kept = WINDOW;
  batch(() => {
    webhookEvents.value = new Map(events.webhook_events.map((one) => [one.id, one]));
    deliveries.value = new Map(sent.map((one) => [one.id, one]));
    evicted.value = events.evicted;
  });
  void readMissing(events.webhook_events);
}

/** Reads on from the oldest event that is shown, at least down to that of an id. */
export async function readOlderEvents(downTo = 0): Promise<void> {
  if (isReadingOlder || !hasOlderEvents.peek()) return;
  isReadingOlder = true;
  const [before, asked] = [oldest.peek(), world];
  const limit = Math.min(MOST, Math.max(WINDOW, downTo === 0 ? 0 : before - downTo));
  kept = Math.min(MOST, webhookEvents.peek().size + limit);
  try {
    const found = await call("get", "/webhook_events", { query: { before, limit } });
    if (asked !== world) return;
    evicted.value = Math.max(found.evicted, found.webhook_events.length === 0 ? before - 1 : 0);
    webhookEvents.value = new Map([...webhookEvents.peek(), ...found.webhook_events.map((one) => [one.id, one] as const)]);
    await readMissing(found.webhook_events);
  } finally {
    isReadingOlder = false;
  }
}

/** Reads the deliveries of events that are not there yet. */
async function readMissing(events: readonly Schemas["WebhookEvent"][]): Promise<void> {
  const missing = events.flatMap((event) => event.deliveries).filter((id) => !deliveries.peek().has(id));
  if (missing.length === 0) return;
  const [first, last, asked] = [Math.min(...missing), Math.max(...missing), world];
  const query = { before: last + 1, limit: Math.min(MOST, last + 1 - first) };
  const found = await call("get", "/deliveries", { query });
  if (asked !== world) return;
  deliveries.value = new Map([...found.deliveries.map((one) => [one.id, one] as const), ...deliveries.peek()]);
}

/** The event whose address the page has. */
export const openEvent = computed(() => {
  const { tab, item } = place.value;
  return tab === "webhooks" && item !== undefined && /^\d+$/.test(item) ? Number(item) : undefined;
});

effect(() => {
  const { value: open } = openEvent;
  if (open !== undefined && hasOlderEvents.value && open < oldest.value) void readOlderEvents(open);
});

const chosenMessage = computed(() => place.value.message);
/** Of the message that is chosen, those from before the ones that are shown, too. */
const ofChosen = signal<readonly Schemas["WebhookEvent"][]>([]);

effect(() => {
  const { value: message } = chosenMessage;
  if (message === undefined || !hasOlderEvents.value) return;
  void call("get", "/webhook_events", { query: { message, limit: WINDOW } }).then((found) => {
    if (chosenMessage.peek() === message) ofChosen.value = found.webhook_events;
  });
});

/** The events that a message has to do with, the newest first. */
export function eventsOfMessage(id: number): Schemas["WebhookEvent"][] {
  const known = webhookEvents.value;
  const older = ofChosen.value.filter((event) => !known.has(event.id));
  return [...known.values(), ...older].filter(({ message_id }) => message_id === id);
}

/** An event is new, or something became of it. */
export function noteEvent(event: Schemas["WebhookEvent"]): void {
  const known = webhookEvents.peek();
  if (!known.has(event.id) && event.id < oldest.peek()) return;
  const open = openEvent.peek();
  const needed = open !== undefined && known.has(open) ? event.id - open + 1 : 0; // what is open stays
  webhookEvents.value = withNewest(known, event.id, event, Math.min(MOST, Math.max(kept, needed)));
  if (event.deliveries.some((id) => !deliveries.peek().has(id))) readPendingSoon();
}

export function noteDelivery(delivery: Schemas["Delivery"]): void {
  deliveries.value = withNewest(deliveries.peek(), delivery.id, delivery, MOST);
}

/** Newest first, at most so many. */
export function withNewest<K, T>(known: ReadonlyMap<K, T>, key: K, one: T, most: number): ReadonlyMap<K, T> {
  if (known.has(key)) return new Map(known).set(key, one);
  return new Map([[key, one] as const, ...known].slice(0, most));
}

/** The deliveries of each event, the first first. */
const deliveriesByEvent = computed(() => {
  const found = new Map<string, Schemas["Delivery"][]>();
  for (const delivery of [...deliveries.value.values()].sort((a, b) => a.id - b.id)) {
    const others = found.get(delivery.event_id);
    if (others) others.push(delivery);
    else found.set(delivery.event_id, [delivery]);
  }
  return found;
});

const NONE: readonly Schemas["Delivery"][] = [];

/** Where an event was sent, the first first; again and again, when somebody asked for it. */
export function deliveriesOf({ event_id }: Pick<Schemas["WebhookEvent"], "event_id">): readonly Schemas["Delivery"][] {
  return deliveriesByEvent.value.get(event_id ?? "") ?? NONE;
}

/** Whether a delivery has made room for newer ones. One that is unknown and newer is under way for the first time. */
export function isNoLongerKept(id: number): boolean {
  return !deliveries.value.has(id) && id < oldestDelivery.value;
}

const oldestDelivery = computed(() => (deliveries.value.size === 0 ? 0 : Math.min(...deliveries.value.keys())));

/** What a change is told of once for many. */
export function soon(ms: number, read: () => Promise<void>): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      void read();
    }, ms);
  };
}

/** Of a delivery it is told once its first attempt has ended; those that take longer are asked for. */
const readPendingSoon = soon(500, async () => {
  const known = deliveries.peek();
  const isMissing = (id: number): boolean => !known.has(id) && id >= oldestDelivery.peek();
  if (![...webhookEvents.peek().values()].some((event) => event.deliveries.some(isMissing))) return;
  const found = await call("get", "/deliveries", { query: { status: "pending", limit: WINDOW } });
  batch(() => {
    for (const one of found.deliveries.reverse()) if (!deliveries.peek().has(one.id)) noteDelivery(one);
  });
});
