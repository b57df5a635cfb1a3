import type { AnyOperationId } from "../contract-version";
import { type AccountCache, CannotTell, type ReadPath } from "./account-cache";
import { canonical, namedNumbers } from "./people-in-body";
import { type Kind, kindOf, NAMING_RECIPIENTS, refuseKind } from "./request-kinds";
import { isAmbiguous } from "./url-and-token";

/** A request that is about to go to a server that is not ours. */
export interface GuardedRequest {
  readonly operation: AnyOperationId | undefined;
  readonly method: string;
  /** Below the API's prefix, without its query. */
  readonly path: string;
  /** With its question mark; empty for none. */
  readonly query: string;
  readonly body: BodyReading;
}

/** What a body holds, or why nobody can tell what its receiver would read in it. */
export type BodyReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** What may go out. */
export interface Policy {
  readonly kinds: ReadonlySet<Kind>;
  /** Who may be reached, as they are compared; `anyone` on a mock of our own. */
  readonly recipients: ReadonlySet<string> | "anyone";
  /** What a contract run may touch beside; undefined for a proxy, behind which an app makes and changes what it likes. */
  readonly run: RunPolicy | undefined;
}

/** A run changes nothing but what it has made, and no text of its names a stranger. */
export interface RunPolicy {
  /** Whether it has made what a path is about. */
  made(path: string): boolean;
  /** Whether a request undoes something that it has made or changed. */
  undoes(request: { readonly method: string; readonly path: string; readonly body: unknown }): boolean;
  /** The line whose forwarding may be changed. */
  readonly spareLine: string | undefined;
  /** The chat that people may see signs of life in, when no recipients are named. */
  readonly visibleChat: number | undefined;
  /** Where webhooks may be sent to: the beginning of a URL. */
  readonly webhookUrl: string | undefined;
}

/** Why a request may not go out: by which rule, and the end of a sentence. */
export interface GuardRefusal {
  readonly rule: RuleName | "operation" | "reading";
  readonly reason: string;
}

/** What is known when a request is judged. */
export interface GuardContext {
  readonly policy: Policy;
  readonly account: AccountCache;
  /** Reads what is not known yet. */
  readonly read: ReadPath;
}

/** An id that nothing has. */
export const NO_ID = 2_147_483_647;

type RuleName =
  | "address"
  | "kind"
  | "body"
  | "people"
  | "message"
  | "own-things"
  | "spare-line"
  | "receiver"
  | "chat"
  | "undoing";

interface Rule {
  readonly name: RuleName;
  /** Why a request may not go out; undefined when it may, as far as this rule is concerned. */
  refuse(
    request: GuardedRequest & { readonly operation: AnyOperationId },
    context: GuardContext,
  ): Promise<string | undefined> | string | undefined;
}

/** Why a request may not go out, by the first rule that it breaks. Rejects when reading does. */
export async function refusalOf(
  request: GuardedRequest,
  context: GuardContext,
  rules: readonly Rule[] = RULES,
): Promise<GuardRefusal | undefined> {
  const { operation } = request;
  if (operation === undefined) return { rule: "operation", reason: "the contract has no such operation" };
  for (const { name, refuse } of rules) {
    try {
      const reason = await refuse({ ...request, operation }, context);
      if (reason !== undefined) return { rule: name, reason };
    } catch (error) {
      if (error instanceof CannotTell) return { rule: "reading", reason: error.message };
      throw error;
    }
  }
  return undefined;
}

const WEBHOOK_CHANGES: readonly AnyOperationId[] = ["createWebhookSubscription", "updateWebhookSubscription"];
/** Operations that reach nobody, whatever their bodies name. */
const REACHING_NOBODY: ReadonlySet<AnyOperationId> = new Set([
  "createContact",
  "updateContact",
  "patchContact",
  "deleteContact",
  ...WEBHOOK_CHANGES,
  "deleteWebhookSubscription",
  "blockHandle",
  "unblockHandle",
  "createAttachment",
]);
/** Operations that reach the people whom their bodies name, and nobody else. */
const REACHING_NAMED: ReadonlySet<AnyOperationId> = new Set(NAMING_RECIPIENTS);
const STRANGER_NAMED = "its body names somebody who is no --recipient";
const THING = /^\/(?:contacts|webhook_subscriptions|chats\/\d+\/chat_messages|chat_messages)\/(\d+)(?:\/(?:edit|reactions))?$/;

const ADDRESS: Rule = {
  name: "address",
  refuse: ({ method, path, query }, { account }) => {
    if (method !== "GET" && query !== "") return "it has a query, and nobody can tell what that would change";
    const isPlain = method === "GET" ? !isAmbiguous(path) : account.addressing.plainPath.test(path);
    return isPlain ? undefined : "its address is not written plainly";
  },
};

/** What every request must pass, in this order. */
const RULES: readonly Rule[] = [
  ADDRESS,
  {
    name: "kind",
    refuse: (request, { policy }) => refuseKind(request, policy),
  },
  { name: "body", refuse: ({ body }) => (body.ok ? undefined : body.reason) },
  { name: "people", refuse: refuseStrangers },
  {
    name: "message",
    refuse: ({ method, path }, { policy: { recipients }, account }) => {
      if (method === "GET" || recipients === "anyone") return undefined;
      const [, chat, message] = /^\/chats\/(\d+)\/chat_messages\/(\d+)/.exec(path) ?? [];
      const actual = message === undefined ? undefined : account.chatOfMessage(Number(message));
      if (actual === undefined || actual === Number(chat)) return undefined;
      return `message ${message} is in chat ${actual}, and not in chat ${chat}`;
    },
  },
  {
    name: "own-things",
    refuse: ({ operation, path }, { policy: { run, recipients } }) => {
      if (!run || kindOf[operation] === "read" || recipients === "anyone") return undefined;
      if (operation === "migrateChat" && chatIn(path) !== NO_ID) return "nothing undoes a migration";
      const id = THING.exec(path)?.[1];
      if (id === undefined || Number(id) === NO_ID || run.made(path)) return undefined;
      return "it would change something that this run has not made";
    },
  },
  {
    name: "spare-line", // of another line nobody could put back what was there
    refuse: ({ operation, path }, { policy: { run, recipients }, account }) => {
      if (!run || operation !== "updatePhoneNumber" || recipients === "anyone") return undefined;
      const id = idAtEnd(path);
      const isSpare = run.spareLine !== undefined && account.lineOf(id)?.number === canonical(run.spareLine);
      return id === NO_ID || isSpare ? undefined : "it would change the forwarding of a line that is not the --spare-line";
    },
  },
  {
    name: "receiver", // events tell of real people
    refuse: ({ operation, body }, { policy: { run, recipients } }) => {
      if (!run || recipients === "anyone" || !WEBHOOK_CHANGES.includes(operation)) return undefined;
      const addresses = (JSON.stringify(valueIn(body)) ?? "").match(/\b[a-z][a-z\d+.-]*:\/\/[^"\s]*/gi) ?? [];
      const isForeign = (address: string) => run.webhookUrl === undefined || !address.startsWith(run.webhookUrl);
      return addresses.some(isForeign) ? "it would send events to somebody else's address" : undefined;
    },
  },
  { name: "chat", refuse: refuseChatOfStrangers },
];

/** What a cleanup must pass: it changes nothing but what undoes something that the run has made. */
export const UNDOING_RULES: readonly Rule[] = [
  ADDRESS,
  {
    name: "undoing",
    refuse: ({ method, path, body }, { policy: { run } }) => {
      if (method === "GET" || run?.undoes({ method, path, body: valueIn(body) })) return undefined;
      return "it undoes nothing that the ledger holds";
    },
  },
];

/** No body reaches somebody who is no recipient and no own line; nor does one of a run name such, in a text or anywhere. */
async function refuseStrangers(
  { operation, method, path, body }: GuardedRequest & { readonly operation: AnyOperationId },
  { policy: { recipients, run }, account, read }: GuardContext,
): Promise<string | undefined> {
  if (recipients === "anyone" || run?.undoes({ method, path, body: valueIn(body) })) return undefined;
  const value = valueIn(body);
  const isStranger = (one: string): boolean => !recipients.has(one) && !account.lines.has(one);
  const isForwarding = operation === "updatePhoneNumber" && value !== undefined;
  const reached = REACHING_NOBODY.has(operation) ? [] : account.addressing.peopleReached(operation, value);
  if (isForwarding || reached.some(isStranger)) await account.readLines(read); // they may be own lines
  const [number, ...others] = reached;
  const isPutBack = number !== undefined && others.length === 0 && account.wasForwardedTo(idAtEnd(path), number);
  if (isForwarding && isPutBack && !run) return undefined;
  if (reached.some(isStranger)) return STRANGER_NAMED;
  if (!run) return undefined;
  const isWriting = kindOf[operation] === "write"; // there, addresses reach nobody
  const named = namedNumbers(WEBHOOK_CHANGES.includes(operation) ? withoutUrl(value) : value);
  return named.some((one) => isStranger(one) && !(isWriting && one.includes("@"))) ? STRANGER_NAMED : undefined;
}

/** Everyone whom a request to a chat would reach is a recipient or an own line. */
async function refuseChatOfStrangers(
  { operation, path }: GuardedRequest & { readonly operation: AnyOperationId },
  { policy: { recipients, run }, account, read }: GuardContext,
): Promise<string | undefined> {
  const kind = kindOf[operation];
  if ((kind !== "send" && kind !== "visible") || recipients === "anyone" || REACHING_NAMED.has(operation)) return undefined;
  if (path.split("/").includes(String(NO_ID))) return undefined;
  const chat = await account.readChatAt(path, read);
  if (chat === undefined) return "nobody knows whom it would reach";
  await account.readLines(read);
  const inside = chat.id === undefined ? undefined : await account.readParticipants(chat.id, read);
  if (!inside) return undefined; // there is no such chat, so that nobody is in it
  const others = [...inside].filter((one) => !account.lines.has(one) && !recipients.has(one));
  const isVisibleChat = kind === "visible" && recipients.size === 0 && chat.id === run?.visibleChat;
  return others.length === 0 || isVisibleChat ? undefined : `somebody in chat ${chat.id} is no --recipient`;
}

function chatIn(path: string): number | undefined {
  const chat = /^\/chats\/(\d+)\//.exec(path)?.[1];
  return chat === undefined ? undefined : Number(chat);
}

/** The address of a webhook has a rule of its own, and may be a number. */
function withoutUrl(body: unknown): unknown {
  const { webhook_url: _, ...rest } = (body as { webhook_subscription?: Record<string, unknown> })?.webhook_subscription ?? {};
  return rest;
}

function valueIn(body: BodyReading): unknown {
  return body.ok ? body.value : undefined;
}

function idAtEnd(path: string): number {
  return Number(path.split("/").at(-1));
}
