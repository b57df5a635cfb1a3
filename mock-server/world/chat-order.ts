import { partition } from "./id-list";
import type { Chat } from "./model";
import { ownHandle } from "./participants";
import { type Seed, unreadFrom } from "./seed";
import type { World } from "./world";

/** Where a chat stands in the order of activity: by when its newest message was sent, be it deleted since, or, without one, it was opened; at one instant by which message is the newest, then by its id. */
export interface ActivityPlace {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The id of its newest message; 0 without one. */
  readonly newest: number;
  readonly id: number;
}

/** The places of a seed's chats, ascending: made when they are first asked for, and shared by all sandboxes. */
const seeded = new WeakMap<Seed, readonly ActivityPlace[]>();

/** The ids of a world's chats, from the newest activity to the oldest; only those behind a place, if one is given. */
export function* chatsByActivity(world: World, behind?: ActivityPlace): Generator<number> {
  const places = placesOf(world.seed);
  const moved = touchedChats(world);
  const touched = new Set(moved.map(({ id }) => id));
  let next = behind ? partition(places.length, (i) => isOlder(places[i] as ActivityPlace, behind)) - 1 : places.length - 1;
  let nextMoved = (behind ? partition(moved.length, (i) => isOlder(moved[i] as ActivityPlace, behind)) : moved.length) - 1;
  for (;;) {
    const [place, other] = [places[next], moved[nextMoved]];
    if (!place && !other) return;
    const isOther = other !== undefined && (!place || isOlder(place, other));
    if (isOther) nextMoved -= 1;
    else next -= 1;
    const { id } = (isOther ? other : place) as ActivityPlace;
    if (isOther || !touched.has(id)) yield id;
  }
}

/** Where a chat stands now. */
export function activityPlaceOf(world: World, chat: Chat): ActivityPlace {
  const { sentAt, id } = world.messages.last("chat", chat.id) ?? {};
  return placeWith(chat, id, sentAt);
}

function placeWith(chat: Chat, newest = 0, newestSentAt = Number.NEGATIVE_INFINITY): ActivityPlace {
  const { lastSentAt = newestSentAt } = chat.deleted ?? {};
  const at = Math.max(newestSentAt, lastSentAt);
  return { at: at === Number.NEGATIVE_INFINITY ? ownHandle(chat).joinedAt : at, newest, id: chat.id };
}

/** How many messages of a chat its line has received and not read. */
export function unreadCount({ messages }: World, chat: Chat): number {
  const unread = messages.count("unread", chat.id);
  return unread === 0 ? 0 : unread - messages.count("unread", unreadFrom(ownHandle(chat).id));
}

/** The chats whose place may be another than in the seed, by ascending place. */
function touchedChats(world: World): ActivityPlace[] {
  const ids = new Set(world.messages.touchedKeys("chat") as Iterable<number>);
  for (const { id } of world.chats.changed()) ids.add(id);
  const places: ActivityPlace[] = [];
  for (const id of ids) {
    const chat = world.chats.get(id);
    if (chat) places.push(activityPlaceOf(world, chat));
  }
  return places.sort(byPlace);
}

function placesOf(seed: Seed): readonly ActivityPlace[] {
  const known = seeded.get(seed);
  if (known) return known;
  const { chats, messages } = seed;
  const places: ActivityPlace[] = [];
  for (const chat of chats.records.values()) {
    const newest = messages.indexes.chat.get(chat.id)?.at(-1);
    places.push(placeWith(chat, newest, newest === undefined ? undefined : messages.order(newest)));
  }
  places.sort(byPlace);
  seeded.set(seed, places);
  return places;
}

function byPlace(one: ActivityPlace, other: ActivityPlace): number {
  return one.at - other.at || one.newest - other.newest || one.id - other.id;
}

export function isOlder(one: ActivityPlace, other: ActivityPlace): boolean {
  return byPlace(one, other) < 0;
}
