import { API_PREFIX } from "../../../contracts/client/address";
import { REACTION_TYPES, WEBHOOK_EVENTS } from "../../../contracts/generated/v2/enumerations";
import type { OperationId } from "../../../contracts/generated/v2/operations";
import { nearest } from "../../../contracts/nearest";
import type { RawRequest } from "../../server/api-version";
import type { Failure } from "../../server/failure";
import { lineNumbers } from "../../world/lines";
import type { World } from "../../world/world";
import type { RefusalName } from "../refusals";
import { EVENT_ADVICE, meantBy, REACTION_WORDS } from "./foreign-words";
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

const SUBSCRIBING: readonly OperationId[] = ["createWebhookSubscription", "updateWebhookSubscription"];
const SENDING: readonly OperationId[] = ["createChat", "sendMessage"];
const CHAT_NOT_FOUND: RefusalName = "chatNotFound";
const MOST_PER_PAGE = 100;

/** Mistakes that are seen in a request alone, by family. */
const MISTAKES: Readonly<Record<string, Mistake>> = {
  "a body that is not wrapped": ({ id, raw, failure }) => {
    const { fields, hint } = FLAT_BODIES[id] ?? {};
    return failure && fields?.some((field) => fieldOf(raw.body, field) !== undefined) ? hint : undefined;
  },
  "a message that is a text": ({ id, raw }) =>
    SENDING.includes(id) && typeof fieldOf(raw.body, "message") === "string" ? hints.messageIsObject : undefined,
  "a list that is a text": ({ id, raw, failure }) => (failure && SENDING.includes(id) ? listHint(raw) : undefined),
  "files without a text": ({ id, raw, failure }) => {
    const message = fieldOf(raw.body, "message");
    const hasFiles = fieldOf(message, "attachment_urls") !== undefined;
    return failure && SENDING.includes(id) && hasFiles && fieldOf(message, "text") === undefined
      ? hints.textBesideFiles
      : undefined;
  },
  "files in JSON": ({ id, raw }) => {
    const isSent = SENDING.includes(id) && fieldOf(fieldOf(raw.body, "message"), "attachments") !== undefined;
    return isSent ? hints.attachmentsNotFiles : undefined;
  },
  "a reaction of another name": ({ id, raw, failure }) =>
    failure && id === "createReaction" ? reactionHint(fieldOf(raw.body, "type") ?? fieldOf(raw.body, "reaction")) : undefined,
  "an event of another name": ({ id, raw, failure }) =>
    failure && SUBSCRIBING.includes(id) ? eventHint(fieldOf(fieldOf(raw.body, "webhook_subscription"), "events")) : undefined,
  "a page that is too large": ({ raw, failure }) => {
    const given = (raw.query as Readonly<Record<string, unknown>>)["per_page"];
    return failure === undefined && Number(given) > MOST_PER_PAGE ? hints.pageTooLarge : undefined;
  },
  "no line to find by": ({ id, raw, world, failure }) => {
    const { phone_number: line, "phone_numbers[]": participants } = raw.query as Readonly<Record<string, unknown>>;
    if (!failure || id !== "findChat" || line !== undefined || participants === undefined) return undefined;
    return hints.lineMissing(
      lineNumbers(world),
      [participants].flat().some((one) => String(one).includes(",")),
    );
  },
  "a chat that is not there": ({ world, failure }) => {
    if (failure?.reason !== CHAT_NOT_FOUND) return undefined;
    const [line = ""] = lineNumbers(world);
    return hints.chatsListed(`${API_PREFIX}/chats?phone_number=${encodeURIComponent(line)}`);
  },
};

/** What a request looks like that was meant to be another. */
export function mistakesOf(call: Call): string[] {
  return Object.values(MISTAKES).flatMap((mistake) => mistake(call) ?? []);
}

const UNWRAPPED = { fields: ["webhook_url", "events", "secret"], hint: hints.webhookNotWrapped };

/** Fields at the top level that clients put there, and what to say to those who do. */
const FLAT_BODIES: { readonly [id in OperationId]?: { readonly fields: readonly string[]; readonly hint: string } } = {
  createChat: { fields: ["phone_number", "phone_numbers", "text", "to", "from"], hint: hints.createChatBodyFlat },
  createWebhookSubscription: UNWRAPPED,
  updateWebhookSubscription: UNWRAPPED,
};

function listHint({ body, headers }: RawRequest): string | undefined {
  const isForm = !/json/i.test(headers["content-type"] ?? "");
  for (const [parent, name] of LISTS) {
    const value = fieldOf(fieldOf(body, parent), name);
    if (typeof value === "string") return hints.listExpected(isForm ? `${parent}[${name}][]` : `${parent}.${name}`, isForm);
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
