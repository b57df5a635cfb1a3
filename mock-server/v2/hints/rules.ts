import { type OperationId, operations } from "../../../contracts/generated/v2/operations";
import { parseIdentifier, parsePhoneNumber } from "../../../contracts/identifiers";
import { nearest } from "../../../contracts/nearest";
import type { NotedAnswer } from "../../server/api-version";
import type { Failure } from "../../server/failure";
import { isReceiverAllowed } from "../../webhooks/receiver";
import { lineNumbers } from "../../world/lines";
import { hasMagicService, isDueTo, MAGIC_VALUES, magicMessage } from "../../world/magic-values";
import type { Message } from "../../world/model";
import { ownHandle, participantsOf } from "../../world/participants";
import type { World } from "../../world/world";
import type { OwnAnswer } from "../assumptions";
import { isWithoutArea } from "../errors";
import type { Facts } from "../operation";
import type { RefusalName } from "../refusals";
import { misplacedField, wrappedField } from "../request/body";
import { hasNoId, misspeltParameter, NOT_READ_ON, UNREADABLE_ID } from "../request/read-request";
import { hints } from "./texts";

const TEXTS = MAGIC_VALUES.flatMap(({ text }) => text ?? []);
const ALMOST_MAGIC = /^\s*linq-mock\s*:(?!.*\n)(?=.{0,40}$)/i;
const NOTHING_READ = /^(undefined|null|NaN|None|nil|\[object Object\]|:\w+|\{.*\}|<.*>)$/;
const READS_BEFORE_HINT = 3;
const REMEMBERED_LISTS = 1000;

/** What there is to tell people about an answer, from how its request was written to what became of it. `pluses` are the parameters whose plus was not encoded. */
export function hintsOf({ operation, asked, failure }: NotedAnswer, pluses: readonly string[]): string[] {
  const found: (string | undefined)[] = [];
  if (asked) {
    const { world, raw, request, reply } = asked;
    const id = operation as OperationId;
    if (request && hasNoId(request.path)) found.push(idHint(request.path, raw.params as Record<string, string>));
    if (pluses.length > 0) found.push(hints.plusNotEncoded(pluses));
    if (!NOT_READ_ON.has(failure?.reason)) found.push(misspeltParameter(id, raw.query));
    if (operations[id].body) found.push(fieldHint(id, asked, failure));
    if (reply && request) {
      const rule = answerHints[id] as ((answer: object) => string | undefined) | undefined; // it is given answers of its operation alone
      found.push(rule?.({ world, request, body: reply.body, facts: reply.facts ?? {} }));
    }
    if (failure) found.push(refusalHints[failure.reason ?? ""]?.(failure, world));
  }
  found.push(failure?.hint);
  const told: string[] = [];
  for (const hint of found) if (hint !== undefined) told.push(hint);
  return told;
}

const OF_BODIES: ReadonlySet<string | undefined> = new Set<RefusalName>([
  "sendFromMissing",
  "participantsMissing",
  "fieldMissing",
  "numberMissing",
  "bodyInvalid",
  "valueInvalid",
  "contactWithoutIdentity",
  "contactFieldMissing",
  "contactInvalid",
]);

/** A field of the body that stands where it is not read. */
function fieldHint(id: OperationId, { raw, request }: NonNullable<NotedAnswer["asked"]>, failure: Failure | undefined) {
  if (failure && OF_BODIES.has(failure.reason)) return wrappedField(id, raw.body) ?? misplacedField(id, raw.body);
  return request && misplacedField(id, raw.body);
}

function idHint(ids: Readonly<Record<string, number>>, written: Readonly<Record<string, string>>): string {
  const name = Object.keys(ids).findLast((key) => ids[key] === UNREADABLE_ID) ?? "";
  const given = written[name] ?? "";
  if (NOTHING_READ.test(given)) return name === "chat_id" ? hints.chatIdNotRead : hints.idNotRead;
  return nearest(given, ["find"]) === undefined ? hints.idMalformed : hints.findMisspelt;
}

/** The likely mistake behind a refusal, by its name in the table. */
const refusalHints: Readonly<Record<string, (failure: Failure, world: World) => string | undefined>> = {
  numberInvalid: ({ given = "" }) => numberHint(given),
  numberInvalidInQuery: ({ given = "" }) => numberHint(given),
  emailInvalidInQuery: ({ given = "" }) => (given.includes(" ") ? hints.plusInEmail : undefined),
  contactNumberInvalidInQuery: ({ given = "" }) => numberHint(given),
  forwardingNumberInvalid: ({ given = "" }) => hints.numberWritten(given),
  momentInvalid: ({ given = "" }) => hints.momentWritten(given),
  sendFromUnknown: (_, world) => hints.sendFromIsNoLine(lineNumbers(world)),
  messageRefused: ({ given }) => magicValueHint(given),
  sharingDisabled: () => hints.contactSharingDisabled,
  tooManyChecks: () => hints.availabilityLimit,
  reactionNotThere: ({ given = "" }) => hints.reactionNotThere(given),
};

/** What looks like a mistake though it was answered, or was made so by a magic value. */
const answerHints: { readonly [Id in OperationId]?: (answer: OwnAnswer<Id>) => string | undefined } = {
  findChat: (answer) => (answer.facts.chats ? magicChatHint(answer) : chatNotFoundHint(answer)),
  getChat: magicChatHint,
  listChats: (answer) => joined(firstPageHint(answer), magicChatHint(answer)),
  createChat: (answer) => joined(magicMessageHint(answer.facts), magicChatHint(answer)),
  sendMessage({ request, facts }) {
    const [message] = facts.messages ?? [];
    const isReused = facts.outcome === "replayed" && message !== undefined && message.text !== request.body.message.text;
    return isReused ? hints.idempotencyKeyReused(message.id) : magicMessageHint(facts);
  },
  getMessage: ({ facts }) => magicMessageHint(facts),
  listMessages(answer) {
    const { before, after, sort } = answer.request.query;
    const wantsAll = before === undefined && after === undefined && sort !== "desc"; // not the newest, or those of a time
    return joined(wantsAll ? firstPageHint(answer) : undefined, magicMessageHint(answer.facts));
  },
  listContacts: firstPageHint,
  findContact: ({ facts }) => (facts.candidates === undefined ? hints.contactNotFound : undefined),
  checkIMessageAvailability: ({ world, body }) => magicServiceHint(world, [body.phone_number]),
  createWebhookSubscription: ({ world, body }) => subscriptionHint(world, body.webhook_subscription),
  updateWebhookSubscription: ({ world, body }) => subscriptionHint(world, body.webhook_subscription),
};

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

/** A word to whoever reads the first page of a list again and again, and never another. */
function firstPageHint({
  world: { journal },
  facts: { list },
}: {
  readonly world: World;
  readonly facts: Facts;
}): string | undefined {
  const { firstPages } = journal;
  if (!list || list.pages <= 1 || (!firstPages.has(list.name) && firstPages.size >= REMEMBERED_LISTS)) return undefined;
  const reads = list.page > 1 ? Number.NEGATIVE_INFINITY : (firstPages.get(list.name) ?? 0) + 1;
  firstPages.set(list.name, reads);
  return reads >= READS_BEFORE_HINT ? hints.laterPagesUnread(list.pages) : undefined;
}

function subscriptionHint(world: World, { webhook_url: url, events }: { webhook_url: string; events: readonly string[] }) {
  if (!isReceiverAllowed(url, world.settings.webhookHosts)) return hints.receiverNotAllowed(new URL(url).hostname);
  return events.length === 0 ? hints.eventsEmpty : undefined;
}

/** Names the magic numbers that decide which services chats have. */
function magicChatHint({ world, facts: { chats = [] } }: { readonly world: World; readonly facts: Facts }): string | undefined {
  const found = new Set<string | undefined>();
  for (const chat of chats) if (chat.service === "SMS") found.add(magicServiceHint(world, participantsOf(chat)));
  return found.size === 0 ? undefined : joined(...found);
}

/** Names the magic number among some that decides which service they can receive. */
function magicServiceHint(world: World, identifiers: readonly string[]): string | undefined {
  return magicValueHint(identifiers.flatMap((one) => parseIdentifier(one) ?? []).find((one) => hasMagicService(world, one)));
}

function magicValueHint(value: string | undefined): string | undefined {
  const happens =
    value === undefined ? undefined : MAGIC_VALUES.find(({ number, text }) => number === value || text === value)?.happens;
  return value === undefined || happens === undefined ? undefined : hints.magicValue(value, happens);
}

/** Names the magic values that decide when some messages of a chat are delivered, if at all. */
function magicMessageHint({ chats: [chat] = [], messages = [] }: Facts): string | undefined {
  if (!chat) return undefined;
  const own = ownHandle(chat).id;
  const participants = participantsOf(chat);
  const found = new Set<string | undefined>();
  for (const message of messages) if (message.handleId === own) found.add(magicOf(message, participants));
  found.delete(undefined);
  return found.size === 0 ? undefined : joined(...found);
}

function magicOf(message: Message, participants: ReturnType<typeof participantsOf>): string | undefined {
  const magic = magicMessage(message.text, participants);
  if (magic) return isDueTo(magic, message) ? hints.magicValue(magic.value, magic.happens) : undefined;
  return ALMOST_MAGIC.test(message.text) ? hints.magicTextUnknown(magicTextMeant(message.text), TEXTS) : undefined;
}

/** The magic text whose word is nearest; what all of them begin with says nothing. */
function magicTextMeant(written: string): string | undefined {
  const [, word = ""] = written.split(":");
  const words = TEXTS.map((known) => known.split(": ")[1] ?? "");
  const meant = nearest(word.trim(), words);
  return meant === undefined ? undefined : TEXTS[words.indexOf(meant)];
}

/** Several things to say as one; undefined when there is none. */
function joined(...said: readonly (string | undefined)[]): string | undefined {
  return said.filter((hint) => hint !== undefined).join(" ") || undefined;
}
