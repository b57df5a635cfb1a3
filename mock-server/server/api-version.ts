import type { IncomingHttpHeaders } from "node:http";
import type { FaultRefusal } from "../faults/answer-faults";
import type { Delivery } from "../world/delivery-log";
import type { WorldEvent } from "../world/events";
import type { Chat, Message, Reaction, Subscription } from "../world/model";
import type { Sandbox } from "../world/sandbox";
import type { Sandboxes } from "../world/sandboxes";
import type { Pagination } from "../world/settings";
import type { World } from "../world/world";
import type { ApiOperation, Caller, RawRequest, ReadRequest, Reply } from "./api-operation";
import type { Failure } from "./failure";
import type { JournalReader } from "./journal-reader";
import type { Preference } from "./prefer-header";

/** One version of the vendor's API: a presentation of the world. The server mounts a list of them, and knows nothing else of any. */
export interface ApiVersion {
  /** As its webhook subscriptions have it. */
  readonly name: string;
  /** Where its paths begin. */
  readonly prefix: string;
  /** Whether clients have the whole prefix in their base URL; else their paths begin with the name of the version. */
  readonly isInBaseUrl: boolean;
  /** In the order of the vendor's reference, so that `/chats/find` comes before `/chats/{chat_id}`. */
  readonly operations: readonly ApiOperation[];
  /** Which token a request has, and the sandbox that it opens, or that the base URL names. */
  authenticate(headers: IncomingHttpHeaders, access: Access, sandboxName: string | undefined): Authenticated | Failure;
  /** The body of a failure, of one of its operations or of none. */
  envelope(failure: Failure, operation?: string, traceSource?: string): object;
  /** What stands on each of its answers beside the mock's own headers. */
  headers?(
    traceSource: string,
    answer: { readonly operation: string | undefined; readonly status: number },
  ): Readonly<Record<string, string>>;
  /** What an answer rests on, and what there is to tell people about it. The only place where either is decided. */
  note(answer: NotedAnswer): Notes;
  /** The documented answer that a caller prefers, or why there is none. */
  forcedAnswer(operation: string, preference: Preference, traceSource: string): Promise<ForcedAnswer | Failure>;
  /** What a fault answers in the place of an operation, in its words where the fault has none of its own. */
  faultFailure(operation: string, refusal: FaultRefusal, ids: Readonly<Record<string, string>>): Failure;
  /** Everybody whom a call has to do with, lines included. */
  peopleOfRequest(world: World, call: RequestParts): ReadonlySet<string>;
  /** What was meant by a path that it does not have; `bases` is where paths start. */
  routeHint(method: string, path: string, bases: string): string;
  /** Whether a world has the first thing that a path names by its id. */
  hasThing(world: World, path: string): boolean;
  /** What there is to say of the first id in a path when it stands for nothing, where ids tell whose they are. */
  unknownThing?(world: World, path: string, sandboxes: Iterable<Sandbox>): string | undefined;
  /** Whether the body of a 200 says that there is no such thing. */
  foundNothing?(body: unknown): boolean;
  /** The operation at a path below the prefix. */
  operationAt(method: string, path: string): string | undefined;
  /** All names that it has for what happens. */
  readonly eventTypes: readonly string[];
  /** Its name for what happened; undefined when it has no event for it. */
  eventType(event: WorldEvent): string | undefined;
  /** What its event says of what happened. */
  eventData(world: World, event: WorldEvent): object;
  /** Records as its answers show them. */
  readonly views: RecordViews;
  /** What its calls in a journal were about. */
  readonly calls: JournalReader;
  /** What checks answers and events against its contract; large. */
  loadContract(): Promise<ContractCheck>;
  readonly deliveryPolicy: DeliveryPolicy;
  /** What is done with pages that cannot be, unless told otherwise. */
  readonly pagination: Pagination;
  /** First commands, to paste into a shell. */
  readonly examples: ApiExamples;
  /** Which version of the payload a subscription gets of an event, the same bytes for all that get that version; undefined when it has none for it. */
  webhookPayloadVersion(type: string, subscription: Pick<Subscription, "url">): string | undefined;
  /** The event as it is delivered: the text that is sent. */
  webhookBody(world: World, event: WorldEvent, webhook: NamedWebhook): string;
  /** The secret of a subscription that is given none, where each must have one: always the same for the same source. */
  newSecret?(source: string): string;
  /** What prove to a receiver whom a webhook is from. */
  readonly signatures: readonly WebhookSignature[];
  /** What else stands above a webhook. */
  webhookHeaders?(
    world: Pick<World, "publicIds">,
    delivery: Pick<Delivery, "eventId" | "eventType" | "about">,
    subscription: Pick<Subscription, "id" | "routing">,
    at: number,
  ): Readonly<Record<string, string>>;
}

/** A webhook before it is put into words. */
export interface NamedWebhook {
  readonly type: string;
  readonly payloadVersion: string;
  /** The same for all subscriptions. */
  readonly eventId: string;
}

/** A header that proves whom a webhook is from. */
export interface WebhookSignature {
  readonly header: string;
  /** How it is made, as the end of a sentence. */
  readonly method: string;
  /** When a webhook with these headers was signed (ms since 1970), where they say so. */
  signedAt?(headers: IncomingHttpHeaders): number;
  /** At an instant (ms since 1970). */
  sign(secret: string, delivery: Pick<Delivery, "eventId" | "body">, at: number): string;
}

/** What people try first; `url` is the base URL of the server or sandbox. */
export interface ApiExamples {
  /** The header that a call brings its token in. */
  tokenHeader(token: string): { readonly name: string; readonly value: string };
  findChat(url: string, token: string, line: string, participants: readonly string[]): string;
  /** Subscribes to every event. */
  subscribe(url: string, token: string, webhookUrl: string): string;
}

/** How often webhooks are tried, and for how long. */
export interface DeliveryPolicy {
  /** When the attempts are due, in milliseconds after the first; so also how many there are. */
  readonly attemptsAtMs: readonly number[];
  /** By how much of itself each step from one attempt to the next may be shorter, from 0 to 1. Default: 0. */
  readonly jitter?: number;
  /** How long a receiver has to answer. */
  readonly timeoutMs: number;
}

/** The versions that are served. A request that belongs to none is answered as the first would. */
export type ApiVersions = readonly [ApiVersion, ...ApiVersion[]];

/** The version below whose prefix a path is, if it is below one. */
export function versionAt(versions: ApiVersions, path: string): ApiVersion | undefined {
  const lowerCase = path.toLowerCase();
  for (const version of versions) {
    const { prefix } = version;
    if (lowerCase.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/")) return version;
  }
  return undefined;
}

/** The version that words the events of a subscription. */
export function versionOf(versions: ApiVersions, { version }: Pick<Subscription, "version">): ApiVersion {
  return versions.find(({ name }) => name === version) ?? versions[0];
}

/** What a subscription's webhooks are signed with. One that was given no secret, by a fixture or the option, has a made one where its version signs all. */
export function secretOf(version: ApiVersion, { id, secret }: Pick<Subscription, "id" | "secret">): string | null {
  return secret ?? version.newSecret?.(`subscription ${id}`) ?? null;
}

/** The version that answers at a path. */
export function versionFor(versions: ApiVersions, path: string): ApiVersion {
  return versionAt(versions, path) ?? versions[0];
}

export interface RecordViews {
  chat(world: World, chat: Chat): object;
  message(world: World, chat: Chat, message: Message): object;
  reaction(chat: Chat, reaction: Reaction, world: World): object;
}

/** Where answers and events break a version's contract, by a JSON pointer into their bodies. */
export interface ContractCheck {
  /** The body is undefined when there is none. */
  answer(operation: string, status: number, body: unknown): readonly ContractBreach[];
  /** Empty for the events of other versions. */
  event(type: string, body: unknown): readonly ContractBreach[];
}

interface ContractBreach {
  readonly pointer: string;
  readonly reason: string;
}

export interface RequestParts {
  /** Below the prefix. */
  readonly path: string;
  /** The ids in the path, as they came. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
}

export interface Access {
  /** The only tokens that are accepted, beside those of sandboxes; any when empty. */
  readonly tokens: ReadonlySet<string>;
  readonly sandboxes: Pick<Sandboxes, "open">;
}

export interface Authenticated {
  readonly token: string;
  readonly sandbox: Sandbox;
  readonly hint: string | undefined;
}

/** An answer, as its assumptions and hints are decided by. */
export interface NotedAnswer {
  /** Undefined when a path has none. */
  readonly operation: string | undefined;
  readonly method: string;
  /** As it came; a slash may be at its end that the operation's does not have. */
  readonly path: string;
  /** Undefined when the operation was not asked: somebody refused before, or a fault did. */
  readonly asked?: Asked | undefined;
  readonly failure?: Failure | undefined;
  /** Why it is as it is, when it is no failure. */
  readonly reason?: string | undefined;
  /** Whether bytes of the body could not be read as UTF-8. */
  readonly isGarbled?: boolean;
  /** Whether a form had a file that was not read. */
  readonly isFileUnread?: boolean;
}

interface Asked {
  readonly world: World;
  readonly raw: RawRequest;
  /** Undefined when it could not be read. */
  readonly request: (ReadRequest & Caller) | undefined;
  readonly reply: Reply | undefined;
}

export interface Notes {
  readonly hints: readonly string[];
  readonly assumptions: readonly string[];
}

export interface ForcedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What was granted, as RFC 7240 wants it said. */
  readonly applied: string;
  readonly assumptions: readonly string[];
}
