import type { OperationId } from "../../../contracts/generated/v2/operations";
import { parseIdentifier, parsePhoneNumber } from "../../../contracts/identifiers";
import { nearest } from "../../../contracts/spelling-suggestion";
import type { NotedAnswer } from "../../server/api-version";
import type { Failure } from "../../server/failure";
import {
  almostMagicNumberHint,
  joined,
  magicChatHint,
  magicMessageHint,
  magicServiceHint,
  magicValueHint,
} from "../../server/magic-hints";
import { undeliverable } from "../../webhooks/receiver-policy";
import { lineNumbers } from "../../world/lines";
import type { Chat } from "../../world/model";
import { isGroup, mayHaveParticipants } from "../../world/participants";
import { allSubscriptions } from "../../world/subscriptions";
import type { World } from "../../world/world";
import type { OwnAnswer } from "../answer-assumptions";
import { isWithoutArea } from "../errors";
import type { ReplyDetails } from "../operation";
import { hasNoId, isClamped, isNoId, NOT_READ_ON } from "../request/read-request";
import { ignoredFields, ignoredHeaders, ignoredParameters, nullFields } from "./ignored-input";
import { mistakesOf } from "./mistakes";
import { hints } from "./texts";

const NOTHING_READ = /^(undefined|null|NaN|None|nil|\[object Object\]|:\w+|\{.*\}|<.*>)$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const SAYS_WHERE = [hints.createChatBodyFlat, hints.webhookNotWrapped];
const READS_BEFORE_HINT = 3;
const REMEMBERED_LISTS = 1000;

/** What there is to tell people about an answer, from how its request was written to what became of it. `pluses` are the parameters whose plus was not encoded. */
export function hintsOf({ operation, asked, failure }: NotedAnswer, pluses: readonly string[]): string[] {
  const found: (string | undefined)[] = [];
  if (asked) {
    const { world, raw, request, reply } = asked;
    const id = operation as OperationId;
    const isNowhere = request !== undefined && hasNoId(request.path);
    if (isNowhere) found.push(idHint(request.path, raw.params as Record<string, string>));
    if (pluses.length > 0) found.push(hints.plusNotEncoded(pluses));
    const mistakes = isNowhere ? [] : mistakesOf({ id, raw, world, failure });
    found.push(...mistakes);
    if (!isNowhere && !NOT_READ_ON.has(failure?.reason))
      found.push(ignoredParameters(id, raw.query as Record<string, unknown>));
    if (raw.body !== undefined) {
      if (!mistakes.some((hint) => SAYS_WHERE.includes(hint))) found.push(ignoredFields(id, raw.body, reply?.body));
      if (reply) found.push(nullFields(id, raw.body, reply.body));
    }
    found.push(ignoredHeaders(id, raw.headers));
    if (reply && request) {
      if (world.settings.pagination === "clamp" && isClamped(id, raw.query, request)) found.push(hints.pageClamped);
      const rule = answerHints[id] as ((answer: object) => string | undefined) | undefined; // it is given answers of its operation alone
      found.push(rule?.({ world, request, body: reply.body, details: reply.details ?? {} }));
    }
    if (failure) found.push(refusalHints[failure.reason ?? ""]?.(failure, world));
  }
  found.push(failure?.hint);
  const told: string[] = [];
  for (const hint of found) if (hint !== undefined) told.push(hint);
  return told;
}

function idHint(ids: Readonly<Record<string, number>>, written: Readonly<Record<string, string>>): string {
  const name = Object.keys(ids).findLast((key) => isNoId(ids[key] ?? 0)) ?? "";
  const given = written[name] ?? "";
  if (NOTHING_READ.test(given)) return name === "chat_id" ? hints.chatIdNotRead : hints.idNotRead;
  if (UUID.test(given)) return hints.idOfV3;
  return nearest(given, ["find"]) === undefined ? hints.idMalformed : hints.findMisspelt;
}

/** The likely mistake behind a refusal, by its name in the table. */
const refusalHints: Readonly<Record<string, (failure: Failure, world: World) => string | undefined>> = {
  numberInvalid: ({ given = "" }) => numberHint(given),
  numberInvalidInQuery: ({ given = "" }) =>
    given.includes("@") && given.includes(" ") ? hints.plusInEmail : numberHint(given),
  emailInvalidInQuery: ({ given = "" }) => (given.includes(" ") ? hints.plusInEmail : undefined),
  contactNumberInvalidInQuery: ({ given = "" }) => numberHint(given),
  forwardingNumberInvalid: ({ given = "" }) => hints.numberWritten(given),
  momentInvalid: ({ given = "" }) => hints.momentWritten(given),
  phoneNumberUnknown: () => hints.linesListed,
  sendFromUnknown: (_, world) => hints.sendFromIsNoLine(lineNumbers(world)),
  messageRefused: ({ given }) => magicValueHint(given),
  sharingDisabled: () => hints.contactSharingDisabled,
  contactCardMissing: () => hints.contactCardMissing,
  tooManyChecks: () => hints.availabilityLimit,
  reactionNotThere: ({ given = "" }) => hints.reactionNotThere(given),
};

/** What looks like a mistake though it was answered, or was made so by a magic value. */
const answerHints: { readonly [Id in OperationId]?: (answer: OwnAnswer<Id>) => string | undefined } = {
  findChat: (answer) =>
    answer.details.chats ? magicChatHint(answer.world, answer.details.chats ?? []) : chatNotFoundHint(answer),
  getChat: ({ world, details }) => magicChatHint(world, details.chats ?? []),
  listChats: (answer) =>
    joined(firstPageHint(answer), magicChatHint(answer.world, answer.details.chats ?? []), noLineHint(answer)),
  createChat: (answer) =>
    joined(
      repeatHint(answer, (chat) => isAsked(chat, answer.request.body)),
      magicHintOf(answer.details),
      magicChatHint(answer.world, answer.details.chats ?? []),
      almostMagicNumberHint(answer.request.body.chat.phone_numbers ?? []),
    ),
  sendMessage: (answer) =>
    repeatHint(answer, ({ id }) => id === answer.request.path.chat_id) ??
    leftHint(answer.details) ??
    magicHintOf(answer.details),
  getMessage: ({ details }) => magicHintOf(details),
  listMessages(answer) {
    const { before, after, sort } = answer.request.query;
    const wantsAll = before === undefined && after === undefined && sort !== "desc"; // not the newest, or those of a time
    return joined(wantsAll ? firstPageHint(answer) : undefined, magicHintOf(answer.details));
  },
  startTyping: ({ details: { chats = [] } }) => (chats.some(isGroup) ? hints.typingInGroup : undefined),
  shareContact({ details }) {
    const [chat] = details.chats ?? [];
    const isShown = chat === undefined || chat.service === "iMessage";
    return leftHint(details) ?? (isShown ? undefined : hints.cardNotShown(chat.service));
  },
  listContacts: firstPageHint,
  findContact: ({ details }) => (details.matchCount === undefined ? hints.contactNotFound : undefined),
  checkIMessageAvailability: ({ world, body }) =>
    joined(magicServiceHint(world, [body.phone_number]), almostMagicNumberHint([body.phone_number])),
  createWebhookSubscription: ({ world, body }) => subscriptionHint(world, body.webhook_subscription),
  updateWebhookSubscription: ({ world, body }) => subscriptionHint(world, body.webhook_subscription),
};

function leftHint({ chats: [chat] = [] }: ReplyDetails): string | undefined {
  return chat?.leftAt === undefined ? undefined : hints.groupLeft;
}

/** Where a used key answers with another message than the one that was to be sent, as it was sent then. */
function repeatHint(
  { request, details: { outcome, chats = [], messages = [] } }: OwnAnswer<"createChat"> | OwnAnswer<"sendMessage">,
  isAskedFor: (chat: Chat) => boolean,
): string | undefined {
  const [[chat], [message]] = [chats, messages];
  if (outcome !== "replayed" || !chat || !message) return undefined;
  const { asSent, editedAt } = message;
  if (!isAskedFor(asSent?.chat ?? chat)) return hints.idempotencyKeyElsewhere(message.id, chat.id);
  const isOther = (asSent?.text ?? message.text) !== request.body.message.text;
  return isOther && (asSent || editedAt === null) ? hints.idempotencyKeyReused(message.id) : undefined;
}

function isAsked(chat: Chat, { send_from, chat: { phone_numbers } }: OwnAnswer<"createChat">["request"]["body"]): boolean {
  const line = parsePhoneNumber(send_from);
  return (
    line !== undefined &&
    mayHaveParticipants(
      chat,
      line,
      phone_numbers.flatMap((written) => parseIdentifier(written) ?? []),
    )
  );
}

function numberHint(given: string): string {
  return isWithoutArea(given) ? hints.numberWithoutArea : hints.numberWritten(given);
}

function chatNotFoundHint({ world, request: { query } }: OwnAnswer<"findChat">): string {
  const number = parsePhoneNumber(query.phone_number);
  if (number === undefined || world.lines.first("phoneNumber", number)) return hints.findNotFound;
  const participants = query["phone_numbers[]"].flatMap((written) => parseIdentifier(written) ?? []);
  const swapped = participants.find((participant) => world.lines.first("phoneNumber", participant));
  return swapped === undefined ? hints.findPhoneNumberIsNoLine(number, lineNumbers(world)) : hints.findSwapped(swapped, number);
}

function noLineHint({ world, request, body }: OwnAnswer<"listChats">): string | undefined {
  const number = parseIdentifier(request.query.phone_number);
  const isKnown = number === undefined || body.meta.total_count !== 0 || world.lines.first("phoneNumber", number) !== undefined;
  return isKnown ? undefined : hints.listPhoneNumberIsNoLine(number, lineNumbers(world));
}

/** A word to whoever reads the first page of a list again and again, and never another. */
function firstPageHint({
  world: { journal },
  details: { list },
}: {
  readonly world: World;
  readonly details: ReplyDetails;
}): string | undefined {
  const { firstPages } = journal;
  if (!list || list.pages <= 1 || (!firstPages.has(list.name) && firstPages.size >= REMEMBERED_LISTS)) return undefined;
  const reads = list.page > 1 ? Number.NEGATIVE_INFINITY : (firstPages.get(list.name) ?? 0) + 1;
  firstPages.set(list.name, reads);
  return reads >= READS_BEFORE_HINT ? hints.laterPagesUnread(list.pages) : undefined;
}

interface Subscribed {
  readonly id: number;
  readonly webhook_url: string;
  readonly events: readonly string[];
  readonly active: boolean;
}

function subscriptionHint(world: World, subscribed: Subscribed): string | undefined {
  const { webhook_url: url, events } = subscribed;
  const nothing = undeliverable(url, world.settings);
  if (nothing !== undefined) return nothing;
  return events.length === 0 ? hints.eventsEmpty : twinHint(world, subscribed);
}

/** Another subscription by which events of this one reach the same receiver. */
function twinHint(world: World, { id, webhook_url: url, events, active }: Subscribed): string | undefined {
  if (!active) return undefined;
  for (const other of allSubscriptions(world)) {
    const isTwin = other.id !== id && other.active && other.url === url && other.events.some((one) => events.includes(one));
    if (isTwin) return other.origin === "option" ? hints.webhookTwice : hints.subscriptionTwice(other.id);
  }
  return undefined;
}

function magicHintOf({ chats: [chat] = [], messages = [] }: ReplyDetails): string | undefined {
  return chat && magicMessageHint(chat, messages);
}
