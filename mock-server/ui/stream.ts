import { CONTROL, IN_EXISTING } from "./api";

/** One event of `/events`. */
export interface StreamedChange {
  readonly type: string;
  /** By the mock's clock. */
  readonly at: string;
  readonly chat_id: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: whoever applies it goes by its type
  readonly data: any;
}

/** `refused`: somebody must give the control token first. `unknown`: there is no such sandbox. */
export type Connection = "connecting" | "live" | "gone" | "refused" | "unknown";

type Word =
  | { readonly changes: readonly StreamedChange[]; readonly lastId: string }
  | { readonly connection: Connection }
  | { readonly asks: true };

interface Listener {
  change(change: StreamedChange): void;
  connection(state: Connection): void;
}

const NAME = `linq-mock ${CONTROL.pathname}`;
/** More a second nobody can read; `missed` tells of them, and everything is read anew. */
const EVENTS = new URL("events?at_most=50", CONTROL);
const RETRY_MS = 500;
/** The browser's console has each 404. */
const UNKNOWN_MS = 5000;
/** The server says something every 15 s at the latest. */
const SILENCE_MS = 40_000;

let retry = (): void => undefined;
let state: Connection = "connecting";

/**
 * Follows what happens. A browser has six connections to a host, and each stream takes one: so one page of a browser reads it, and tells the others;
 * when that page goes, another reads on.
 */
export function follow(listener: Listener): void {
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : undefined;
  let isReader = false;
  let lastId = "";
  const hear = (word: Word): void => {
    if ("changes" in word) {
      lastId = word.lastId;
      for (const change of word.changes) listener.change(change);
    } else if ("connection" in word) {
      state = word.connection;
      listener.connection(state);
    } else if (isReader) channel?.postMessage({ connection: state } satisfies Word);
  };
  const tell = (word: Word): void => {
    hear(word);
    channel?.postMessage(word);
  };
  if (channel) channel.onmessage = ({ data }: MessageEvent<Word>) => hear(data);
  const lead = async (): Promise<never> => {
    isReader = true;
    for (;;) {
      await readStream(lastId, tell);
      await new Promise<void>((resolve) => {
        retry = resolve;
        if (state === "gone") setTimeout(resolve, RETRY_MS);
        if (state === "unknown") setTimeout(resolve, UNKNOWN_MS);
      });
    }
  };
  channel?.postMessage({ asks: true } satisfies Word);
  takeTurns(lead).catch(() => void lead()); // pages that are forbidden storage have no locks
}

/** Tries again now: the token was given. */
export function reconnect(): void {
  retry();
}

async function takeTurns(lead: () => Promise<never>): Promise<void> {
  if (!navigator.locks) return lead(); // a page that came unencrypted from another machine
  await navigator.locks.request(NAME, lead);
}

/** Reads until the stream ends, for whatever reason. */
async function readStream(lastId: string, tell: (word: Word) => void): Promise<void> {
  const aborter = new AbortController();
  let silence = setTimeout(() => aborter.abort(), SILENCE_MS);
  try {
    const headers = { ...IN_EXISTING, ...(lastId !== "" && { "Last-Event-ID": lastId }) };
    const response = await fetch(EVENTS, { headers, signal: aborter.signal, cache: "no-store" });
    if (response.status === 404) return tell({ connection: "unknown" });
    if (!response.ok || !response.body) return tell({ connection: response.status < 500 ? "refused" : "gone" });
    tell({ connection: "live" });
    let rest = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(() => aborter.abort(), SILENCE_MS);
      const blocks = (rest + read.value).split("\n\n");
      rest = blocks.pop() ?? "";
      const events = blocks.flatMap((block) => readEvent(block) ?? []);
      const last = events.at(-1);
      if (last) tell({ changes: events.map(({ change }) => change), lastId: last.eventId }); // at once: each word goes to every page
    }
  } catch {
    // it broke off: the server has ended, or was silent for too long
  } finally {
    clearTimeout(silence);
  }
  if (state !== "refused") tell({ connection: "gone" });
}

/** Reads one server-sent event; undefined for a comment. */
function readEvent(block: string): { readonly change: StreamedChange; readonly eventId: string } | undefined {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trimStart()]),
  );
  const data = fields.get("data");
  return data === undefined ? undefined : { change: JSON.parse(data), eventId: fields.get("id") ?? "" };
}
