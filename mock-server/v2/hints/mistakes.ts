import { API_PREFIX } from "../../../contracts/client/url-and-token";
import { isRecord } from "../../../contracts/exchange";
import { REACTION_TYPES, WEBHOOK_EVENTS } from "../../../contracts/generated/v2/enumerations";
import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import { MOST_PER_PAGE } from "../../../contracts/limits";
import { nearest } from "../../../contracts/spelling-suggestion";
import { meantBy, REACTION_WORDS } from "../../../contracts/synonyms";
import { isUrl } from "../../../contracts/urls";
import type { RawRequest } from "../../server/api-operation";
import type { Failure } from "../../server/failure";
import { schemeHint } from "../../server/scheme-hint";
import { lineNumbers } from "../../world/lines";
import type { World } from "../../world/world";
import type { RefusalName } from "../refusal-table";
import { EVENT_ADVICE } from "./synonyms";
import { hints } from "./texts";

/** A call, whatever came of it. */
interface Call {
  readonly id: OperationId;
  readonly raw: RawRequest;
  readonly world: World;
  /** Undefined when it was answered. */
  readonly failure: Failure | undefined;
}

type Mistake = (call: Call) => string | undefined;

interface MistakeRule {
  /** Where it is made; undefined for anywhere. */
  readonly at?: readonly OperationId[];
  /** Whether it is told of calls that were refused alone. */
  readonly refusedOnly: boolean;
  readonly hint: Mistake;
}

const SUBSCRIBING: readonly OperationId[] = ["createWebhookSubscription", "updateWebhookSubscription"];
const SENDING: readonly OperationId[] = ["createChat", "sendMessage"];
const PAGED = (Object.keys(operations) as OperationId[]).filter((id) => "per_page" in operations[id].query);
const CHAT_NOT_FOUND: RefusalName = "chatNotFound";

/** Mistakes that are seen in a request alone, by family. */
const MISTAKES: Readonly<Record<string, MistakeRule>> = {
  "a body that is not wrapped": {
    refusedOnly: true,
    hint({ id, raw }) {
      const { fields, wrappers = [], hint } = FLAT_BODIES[id] ?? {};
      if (wrappers.some((name) => fieldOf(raw.body, name) !== undefined)) return undefined; // it is some field alone
      return fields?.some((field) => fieldOf(raw.body, field) !== undefined) ? hint : undefined;
    },
  },
  "a body that is no object": {
    refusedOnly: true,
    hint({ raw: { body } }) {
      if (typeof body === "string") return /^\s*\{.*\}\s*$/s.test(body) ? hints.stringifiedTwice : undefined;
      return Array.isArray(body) && isRecord(body[0]) ? hints.listOfBodies : undefined;
    },
  },
  "an object that became a text": {
    at: SENDING,
    refusedOnly: false,
    hint: ({ raw }) => (fieldOf(fieldOf(raw.body, "message"), "text") === "[object Object]" ? hints.objectAsText : undefined),
  },
  "a URL without its scheme": {
    at: SUBSCRIBING,
    refusedOnly: true,
    hint: ({ raw }) => schemeHint(fieldOf(fieldOf(raw.body, "webhook_subscription"), "webhook_url")),
  },
  "a URL that is not encoded": {
    at: [...SENDING, ...SUBSCRIBING],
    refusedOnly: true,
    hint({ raw: { body } }) {
      const urls = [
        fieldOf(fieldOf(body, "message"), "attachment_urls"),
        fieldOf(fieldOf(body, "webhook_subscription"), "webhook_url"),
      ];
      const odd = urls.flat().find((url) => typeof url === "string" && isUrl(url) && url.search(NOT_IN_URLS) >= 0);
      return odd === undefined
        ? undefined
        : hints.urlNotEncoded(new URL(String(odd)).href.replace(NOT_IN_URLS, encodeURIComponent));
    },
  },
  "a message that is a text": {
    at: SENDING,
    refusedOnly: false,
    hint: ({ raw }) => (typeof fieldOf(raw.body, "message") === "string" ? hints.messageIsObject : undefined),
  },
  "a list that is a text": { at: SENDING, refusedOnly: true, hint: ({ raw }) => listHint(raw) },
  "files without a text": {
    at: SENDING,
    refusedOnly: true,
    hint({ raw }) {
      const message = fieldOf(raw.body, "message");
      const hasFiles = fieldOf(message, "attachment_urls") !== undefined;
      return hasFiles && fieldOf(message, "text") === undefined ? hints.textBesideFiles : undefined;
    },
  },
  "parts of V3": {
    at: SENDING,
    refusedOnly: false,
    hint: ({ raw }) => (Array.isArray(fieldOf(fieldOf(raw.body, "message"), "parts")) ? hints.partsOfV3 : undefined),
  },
  "files in JSON": {
    at: SENDING,
    refusedOnly: false,
    hint: ({ raw }) =>
      fieldOf(fieldOf(raw.body, "message"), "attachments") === undefined ? undefined : hints.attachmentsNotFiles,
  },
  "a reaction of another name": {
    at: ["createReaction"],
    refusedOnly: true,
    hint: ({ raw }) => reactionHint(fieldOf(raw.body, "type") ?? fieldOf(raw.body, "reaction")),
  },
  "an event of another name": {
    at: SUBSCRIBING,
    refusedOnly: true,
    hint: ({ raw }) => eventHint(fieldOf(fieldOf(raw.body, "webhook_subscription"), "events")),
  },
  "a version that is not 2": {
    at: SUBSCRIBING,
    refusedOnly: true,
    hint({ id, raw }) {
      const subscription = fieldOf(raw.body, "webhook_subscription");
      const version = fieldOf(subscription, "version");
      const isWrong = version === undefined ? id === "createWebhookSubscription" : version !== 2;
      return isRecord(subscription) && isWrong ? hints.versionIsTwo : undefined;
    },
  },
  "a page that is too large": {
    at: PAGED,
    refusedOnly: false,
    hint({ raw, failure }) {
      const given = (raw.query as Readonly<Record<string, unknown>>)["per_page"];
      return failure === undefined && Number(given) > MOST_PER_PAGE ? hints.pageTooLarge : undefined;
    },
  },
  "no line to find by": {
    at: ["findChat"],
    refusedOnly: true,
    hint({ raw, world }) {
      const { phone_number: line, "phone_numbers[]": participants } = raw.query as Readonly<Record<string, unknown>>;
      if (line !== undefined || participants === undefined) return undefined;
      const isJoined = [participants].flat().some((one) => String(one).includes(","));
      return (isJoined ? hints.lineMissingAndJoined : hints.lineMissing)(lineNumbers(world));
    },
  },
  "a chat that is not there": {
    refusedOnly: true,
    hint({ world, failure }) {
      if (failure?.reason !== CHAT_NOT_FOUND) return undefined;
      const [line = ""] = lineNumbers(world);
      return hints.chatsListed(`${API_PREFIX}/chats?phone_number=${encodeURIComponent(line)}`);
    },
  },
};

/** What may be told of an operation's calls, so that a good call is not asked about the mistakes of others. */
const BY_OPERATION = new Map(
  Object.keys(operations).map((id) => {
    const here = Object.values(MISTAKES).filter(({ at }) => at?.includes(id as OperationId) ?? true);
    return [id, { refused: here, answered: here.filter(({ refusedOnly }) => !refusedOnly) }];
  }),
);

/** What a request looks like that was meant to be another. */
export function mistakesOf(call: Call): string[] {
  const found: string[] = [];
  for (const { hint } of BY_OPERATION.get(call.id)?.[call.failure ? "refused" : "answered"] ?? []) {
    const told = hint(call);
    if (told !== undefined) found.push(told);
  }
  return found;
}

/** What browsers put up with and RFC 3986 does not; brackets stand in a host alone. */
const NOT_IN_URLS = /[^!-~]|["<>\\^`{|}]|%(?![\da-f]{2})|(?<=^https?:\/\/[^/?#]*[/?#].*)[[\]]/gi;

const UNWRAPPED = { fields: ["webhook_url", "events", "secret"], hint: hints.webhookNotWrapped };

/** Fields at the top level that clients put there, and what to say to those who do. */
const FLAT_BODIES: {
  readonly [id in OperationId]?: {
    readonly fields: readonly string[];
    readonly wrappers?: readonly string[];
    readonly hint: string;
  };
} = {
  createChat: {
    fields: ["phone_number", "phone_numbers", "text", "to", "from"],
    wrappers: ["chat"],
    hint: hints.createChatBodyFlat,
  },
  createWebhookSubscription: UNWRAPPED,
  updateWebhookSubscription: UNWRAPPED,
};

function listHint({ body, headers }: RawRequest): string | undefined {
  const isForm = !/json/i.test(headers["content-type"] ?? "");
  for (const [parent, name] of LISTS) {
    const value = fieldOf(fieldOf(body, parent), name);
    if (typeof value !== "string") continue;
    return isForm ? hints.formListExpected(`${parent}[${name}][]`) : hints.listExpected(`${parent}.${name}`);
  }
  return undefined;
}

const LISTS = [
  ["message", "attachment_urls"],
  ["chat", "phone_numbers"],
] as const;

function reactionHint(written: unknown): string | undefined {
  if (typeof written !== "string" || (REACTION_TYPES as readonly string[]).includes(written)) return undefined;
  const meant = meantBy(written, REACTION_WORDS, REACTION_TYPES) ?? nearest(written, REACTION_TYPES);
  return meant === undefined ? undefined : hints.reactionNamed(written, meant);
}

function eventHint(events: unknown): string | undefined {
  if (!Array.isArray(events)) return undefined;
  const said = events.slice(0, WEBHOOK_EVENTS.length).flatMap((written: unknown) => {
    if (typeof written !== "string" || (WEBHOOK_EVENTS as readonly string[]).includes(written)) return [];
    const known = Object.hasOwn(EVENT_ADVICE, written) ? EVENT_ADVICE[written] : undefined;
    const meant = nearest(written, WEBHOOK_EVENTS);
    const advice = known ?? (meant === undefined ? undefined : `did you mean ${meant}?`);
    return advice === undefined ? [] : [hints.eventUnknown(written, advice)];
  });
  return said.length === 0 ? undefined : said.join(" ");
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
