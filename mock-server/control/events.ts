import { setTimeout as after, clearTimeout, setImmediate as soon } from "node:timers";
import { formatTimestamp } from "../../contracts/timestamps";
import { version } from "../../package.json";
import type { Change, ChangeFeed } from "../world/events";
import { type DeliveryView, loadContractVerdicts, type RequestView } from "./contract-verdicts";
import type { ControlCall } from "./control-call";
import type { components } from "./generated/types";

type Event = components["schemas"]["Event"];
type Describe = (change: Change) => Event["data"];

/** Browsers wait three seconds otherwise before they come back. */
const RETRY_MS = 1000;

/** Everything that changes from now on or, for a client that comes back, from what it has seen on. */
export const streamEvents: ControlCall<"streamEvents"> = async ({ sandbox, versions, lastEventId }, { query }) => {
  const verdicts = await loadContractVerdicts(versions);
  const { feed } = sandbox;
  const describe: Describe = (change) => {
    const data = change.describe();
    if (change.type === "request") return { request: verdicts.request(data as RequestView) };
    if (change.type === "delivery") return { delivery: verdicts.delivery(data as DeliveryView) };
    return data;
  };
  const show = (change: Change): string => shownOnce(feed, change, describe);
  return {
    status: 200,
    open(write, end) {
      const seen = query.last_event_id ?? lastEventId;
      const { changes, missed } = seen === undefined ? { changes: [], missed: 0 } : changesAfter(feed, seen);
      const last_id = feed.lastId - changes.length;
      const now = formatTimestamp(sandbox.world.clock.now());
      const tell = (type: Event["type"], data: Event["data"]): void =>
        write(serverSentEvent(feed, { id: last_id, type, at: now, ...OF_THE_STREAM, data }));
      write(`retry: ${RETRY_MS}\n`);
      tell("hello", { version, sandbox: { name: sandbox.name }, start: feed.start, last_id: feed.lastId });
      if (seen !== undefined && missed !== 0) tell("missed", { after: seen, events: missed });
      for (const change of changes) write(show(change));
      feed.keep();
      const take = (news: readonly Change[]): void => write(news.map(show).join(""));
      if (query.at_most === undefined) return listen(feed, take, end);
      const tellMissed = (events: number, types: string[]): void =>
        write(
          serverSentEvent(feed, {
            ...{ id: feed.lastId, type: "missed", at: formatTimestamp(sandbox.world.clock.now()), ...OF_THE_STREAM },
            data: { after: `${feed.start}-${feed.lastId - events}`, events, types: types as Event["type"][] },
          }),
        );
      const limit = new EventLimit(query.at_most, take, tellMissed);
      const stop = listen(feed, (news) => limit.take(news), end);
      return () => {
        limit.close();
        stop();
      };
    },
  };
};

const SECOND_MS = 1000;

/** Lets so many changes a second through, in real time: whoever draws them can do no more, and each costs those who call the API. */
class EventLimit {
  readonly #atMost: number;
  readonly #through: (changes: readonly Change[]) => void;
  readonly #tellMissed: (events: number, types: string[]) => void;
  readonly #missedTypes = new Set<string>();
  #room: number;
  #missed = 0;
  #second: NodeJS.Timeout | undefined;

  constructor(
    atMost: number,
    through: (changes: readonly Change[]) => void,
    tellMissed: (events: number, types: string[]) => void,
  ) {
    this.#atMost = atMost;
    this.#room = atMost;
    this.#through = through;
    this.#tellMissed = tellMissed;
  }

  take(changes: readonly Change[]): void {
    this.#second ??= after(() => this.#next(), SECOND_MS).unref();
    if (this.#room > 0) this.#through(changes.slice(0, this.#room));
    const missed = changes.slice(this.#room);
    for (const { type } of missed) this.#missedTypes.add(type);
    this.#missed += missed.length;
    this.#room = Math.max(0, this.#room - changes.length);
  }

  close(): void {
    clearTimeout(this.#second);
  }

  #next(): void {
    if (this.#missed > 0) this.#tellMissed(this.#missed, [...this.#missedTypes]);
    this.#missed = 0;
    this.#missedTypes.clear();
    this.#room = this.#atMost;
    this.#second = undefined;
  }
}

/** Calls `take` with what has changed, once the answers have left that it would hold up. */
function listen(feed: ChangeFeed, take: (changes: readonly Change[]) => void, end: () => void): () => void {
  const news: Change[] = [];
  const takeAll = (): void => {
    if (news.length > 0) take(news.splice(0));
  };
  const note = (change: Change): void => {
    if (news.push(change) === 1) soon(takeAll);
  };
  return feed.subscribe(note, () => {
    takeAll();
    end();
  });
}

/** What a client has missed that has seen everything up to an id; of another start, nobody knows. */
function changesAfter(feed: ChangeFeed, lastEventId: string): ReturnType<ChangeFeed["since"]> {
  const [, start = feed.start, id] = /^(?:([\da-f]{8})-)?(\d{1,15})$/.exec(lastEventId) ?? [];
  return id === undefined || start !== feed.start ? { changes: [], missed: null } : feed.since(Number(id));
}

const OF_THE_STREAM = { chat_id: null, message_id: null, request_id: null, version: null };

/** Changes as they are sent: however many listen, each is put into words once. */
const shown = new WeakMap<Change, string>();

function shownOnce(feed: ChangeFeed, change: Change, describe: Describe): string {
  const known = shown.get(change);
  if (known !== undefined) return known;
  const { id, type, at, chatId, messageId, cause } = change;
  const data = describe(change);
  const event = serverSentEvent(feed, {
    id,
    type: type as Event["type"],
    at: formatTimestamp(at),
    chat_id: chatId ?? data.request?.chat_id ?? null,
    message_id: messageId ?? data.request?.message_id ?? null,
    request_id: cause?.requestId ?? null,
    version: cause?.version ?? null,
    data,
  });
  shown.set(change, event);
  return event;
}

function serverSentEvent({ start }: ChangeFeed, event: Event): string {
  return `id: ${start}-${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
