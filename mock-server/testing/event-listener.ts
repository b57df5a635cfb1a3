import type { components } from "../control/generated/types";
import { requireEventContract } from "./control-contract";

type Event = components["schemas"]["Event"];

/** An event of `/__mock/events` as it comes. */
export interface SentEvent extends Omit<Event, "data"> {
  /** Of the server-sent event. */
  readonly sentId: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
  readonly data: any;
}

/** One who listens to `/__mock/events`. What he is told must be as the control API's document says. */
export class EventListener {
  readonly headers: Headers;
  readonly hello: SentEvent;
  readonly #events: AsyncGenerator<SentEvent, undefined>;

  private constructor(headers: Headers, hello: SentEvent, events: AsyncGenerator<SentEvent, undefined>) {
    this.headers = headers;
    this.hello = hello;
    this.#events = events;
  }

  /** Resolves when the stream is open and has said hello. */
  static async open(
    url: string,
    last: { readonly header?: string; readonly parameter?: string; readonly atMost?: number } = {},
  ): Promise<EventListener> {
    const headers = last.header === undefined ? {} : { "Last-Event-ID": last.header };
    const query = new URLSearchParams({
      ...(last.parameter !== undefined && { last_event_id: last.parameter }),
      ...(last.atMost !== undefined && { at_most: String(last.atMost) }),
    });
    const response = await fetch(`${url}/__mock/events?${query}`, { headers });
    if (!response.body) throw new Error(`the stream is none: ${response.status}`);
    const events = readEvents(response.body);
    return new EventListener(response.headers, await nextOf(events), events);
  }

  /** The next one that is not of the webhook log. */
  async next(): Promise<SentEvent> {
    const event = await nextOf(this.#events);
    return event.type === "webhook_event" ? this.next() : event;
  }

  /** The next one of the webhook log. */
  async nextWebhookEvent(): Promise<SentEvent> {
    const event = await nextOf(this.#events);
    return event.type === "webhook_event" ? event : this.nextWebhookEvent();
  }

  /** The next ones up to the first of a type. */
  async upTo(type: Event["type"]): Promise<SentEvent[]> {
    const told = [await this.next()];
    while (told.at(-1)?.type !== type) told.push(await this.next());
    return told;
  }

  /** Resolves when the server ends the stream; rejects when it says something before. */
  async ended(): Promise<void> {
    const { value } = await this.#events.next();
    if (value) throw new Error(`the stream goes on: ${JSON.stringify(value)}`);
  }

  async hangUp(): Promise<void> {
    await this.#events.return(undefined);
  }
}

async function nextOf(events: AsyncGenerator<SentEvent, undefined>): Promise<SentEvent> {
  const { value } = await events.next();
  if (!value) throw new Error("the stream has ended");
  return value;
}

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<SentEvent, undefined> {
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop() ?? "";
    yield* blocks.filter((block) => !block.startsWith(":")).map(readEvent);
  }
  return undefined;
}

function readEvent(block: string): SentEvent {
  const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/, 2)));
  const event = JSON.parse(fields["data"]) as Event;
  requireEventContract(event);
  return { ...event, sentId: fields["id"] };
}
