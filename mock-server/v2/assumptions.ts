import { type AssumptionId, type OperationId, operations } from "../../contracts/generated/v2/operations";
import { parsePhoneNumber } from "../../contracts/identifiers";
import type { NotedAnswer, RawRequest, ReadRequest } from "../server/api-version";
import { bestService } from "../world/availability";
import { contactName } from "../world/contacts";
import { isDeliveredHere } from "../world/messages";
import type { Chat } from "../world/model";
import { participantsOf } from "../world/participants";
import type { World } from "../world/world";
import { isDocumented, refusalAssumptions } from "./errors";
import type { Facts, OperationReply, OperationRequest } from "./operation";
import { plusNotEncoded } from "./request/query";
import { NO_ID } from "./request/read-request";

/** What an operation has answered, as conditions look at it. */
export interface OwnAnswer<Id extends OperationId> {
  readonly world: World;
  readonly request: OperationRequest<Id>;
  readonly body: BodyOf<Id>;
  readonly facts: Facts;
}

type BodyOf<Id> = Id extends OperationId ? Extract<OperationReply<Id>, { body: unknown }>["body"] : never;

interface Rule {
  readonly assumption: AssumptionId;
  readonly operations: readonly OperationId[];
  readonly holds: (answer: OwnAnswer<never>) => boolean;
}

/** An assumption, the operations whose answers may rest on it, and when they do. */
function rule<Id extends OperationId>(
  assumption: AssumptionId,
  operations: readonly Id[],
  holds: (answer: OwnAnswer<Id>) => boolean = () => true,
): Rule {
  return { assumption, operations, holds: holds as unknown as Rule["holds"] }; // it is asked about answers of these alone
}

const CHATS = ["findChat", "listChats", "getChat", "createChat"] as const;
const LISTS = ["listChats", "listMessages", "listContacts"] as const;
const LARGEST_KNOWN_GROUP = 31;
const MAX_PER_PAGE = 100;

/** What the answers of operations rest on, in the order in which it is told. What refusals rest on is in their table. */
const RULES: readonly Rule[] = [
  rule("A-list-order", ["listChats", "listContacts", "listPhoneNumbers", "listWebhookSubscriptions"]),
  rule("A-message-order", ["listMessages"]),
  rule("A-find-match", ["findChat"], (answer) => isLineKnown(answer)),
  rule("A-find-unknown-line", ["findChat"], (answer) => !isLineKnown(answer)),
  rule("A-find-first", ["findChat"], ({ facts: { candidates = 0 } }) => candidates > 1),
  rule("A-list-email", ["listChats"], ({ request }) => request.query.phone_number.includes("@")),
  rule("A-list-unknown", ["listChats"], ({ body }) => body.meta.total_count === 0),
  rule("A-list-scope", ["listChats"], ({ world, request, body }) => body.meta.total_count > 0 && !isLine(world, request.query)),
  rule("A-contact-empty", ["createContact", "getContact"]),
  rule("A-contact-empty", ["listContacts"], ({ body }) => body.contacts.length > 0),
  rule("A-contact-empty", ["findContact"], ({ facts }) => facts.candidates !== undefined),
  rule("A-page-invalid", LISTS, ({ request: { query } }) => (query.per_page ?? 0) > MAX_PER_PAGE),
  rule("A-page-past-end", LISTS, ({ facts: { list } }) => list !== undefined && list.page > Math.max(1, list.pages)),

  rule("A-idempotency-create", ["createChat"], isReplayed),
  rule("A-idempotency-scope", ["createChat", "sendMessage"], isReplayed),
  rule("A-create-service", ["createChat"], ({ facts }) => facts.outcome === "chat-opened"),
  rule("A-create-existing", ["createChat"], ({ facts }) => facts.outcome === "chat-existed"),
  rule("A-availability-number", ["checkIMessageAvailability"]),
  rule("A-availability", ["checkIMessageAvailability"], ({ world, body }) => {
    const number = parsePhoneNumber(body.phone_number);
    return number !== undefined && bestService(world, number) === undefined;
  }),
  rule("A-availability", ["createChat"], ({ world, facts: { outcome, chats = [] } }) =>
    outcome !== "chat-opened"
      ? false
      : chats.flatMap(participantsOf).some((one) => !one.includes("@") && bestService(world, one) === undefined),
  ),
  rule("A-create-name", ["createChat"], ({ request: { body }, facts: { outcome } }) => {
    const { display_name: name } = body.chat;
    return name !== undefined && (outcome === "chat-existed" || (outcome === "chat-opened" && name.trim() === ""));
  }),
  rule("A-delivery", ["createChat"]),
  rule("A-delivery", ["sendMessage"], (answer) => !isReplayed(answer) || showsDelivery(answer)),
  rule("A-delivery", ["getMessage", "listMessages"], showsDelivery),
  rule(
    "A-create-undeliverable",
    ["createChat"],
    (answer) => isReplayed(answer) && answer.facts.messages?.[0]?.deliveryStatus === "service_unavailable",
  ),
  rule("A-contact-values", ["createContact", "updateContact", "patchContact"], ({ request: { body }, ...answer }) => {
    const { contact } = body;
    const { phone_number: shown } = answer.body.data;
    return Object.values(contact).includes("") || (contact.phone_number !== undefined && contact.phone_number !== shown);
  }),
  rule("A-contact-find", ["findContact"], ({ facts: { candidates = 0 } }) => candidates > 1),
  rule("A-user-email", ["createContact", "updateContact", "patchContact"], ({ request }) => Boolean(request.body.user_email)),
  rule(
    "A-email-case",
    ["findContact"],
    ({ request: { query }, facts }) => facts.candidates !== undefined && isRecased(query.email?.trim() ?? ""),
  ),
  rule(
    "A-email-case",
    ["findChat"],
    ({ request, facts }) => facts.chats !== undefined && request.query["phone_numbers[]"].some(isAddressRead),
  ),
  rule("A-email-case", ["listChats"], ({ request }) => isAddressRead(request.query.phone_number)),
  rule(
    "A-email-case",
    ["createChat"],
    (answer) => !isReplayed(answer) && answer.request.body.chat.phone_numbers.some(isAddressRead),
  ),
  rule(
    "A-group-limit",
    ["findChat"],
    ({ request, facts }) => facts.chats !== undefined && request.query["phone_numbers[]"].length > LARGEST_KNOWN_GROUP,
  ),
  rule(
    "A-group-limit",
    ["createChat"],
    (answer) => !isReplayed(answer) && answer.request.body.chat.phone_numbers.length > LARGEST_KNOWN_GROUP,
  ),
  rule("A-create-self", ["createChat"], (answer) => {
    const { send_from, chat } = answer.request.body;
    const own = parsePhoneNumber(send_from);
    return !isReplayed(answer) && chat.phone_numbers.some((number) => parsePhoneNumber(number) === own);
  }),
  rule(
    "A-create-attachments",
    ["createChat", "sendMessage"],
    (answer) => !isReplayed(answer) && (answer.request.body.message.attachments?.length ?? 0) > 0,
  ),
  rule(
    "A-attachment-limit",
    ["createChat", "sendMessage"],
    (answer) => !isReplayed(answer) && (linksOf(answer) > 0 || answer.request.files.length > 0),
  ),
  rule("A-linked-file-size", ["createChat", "sendMessage"], (answer) => !isReplayed(answer) && linksOf(answer) > 0),
  rule(
    "A-text-blank",
    ["createChat", "sendMessage"],
    (answer) => !isReplayed(answer) && answer.request.body.message.text.trim() === "",
  ),
  rule("A-text-blank", ["editMessage"], ({ request }) => request.body.text.trim() === ""),

  rule("A-group", CHATS, ({ facts }) => facts.chats?.some(isShrunkGroup) ?? false),
  rule("A-contact-match", CHATS, ({ world, facts }) =>
    isShownBy(facts, (identifier) => world.contacts.count("identifier", identifier) > 1),
  ),
  rule("A-number-display", CHATS, ({ world, facts }) =>
    isShownBy(facts, (identifier) => !identifier.startsWith("+1") && contactName(world, identifier) === ""),
  ),

  rule("A-read-event", ["markChatAsRead"]),
  rule("A-read-all", ["markChatAsRead"]),
  rule("A-message-delete", ["deleteMessage"]),
  rule("A-reaction-one", ["createReaction"], ({ request }) => request.body.operation === "add"),
  rule(
    "A-reaction-repeat",
    ["createReaction"],
    ({ request, facts }) => request.body.operation === "remove" || facts.outcome === "unchanged",
  ),
  rule("A-forwarding-number", ["updatePhoneNumber"], ({ request }) => request.body.forwarding_number !== ""),
  rule("A-webhook-update", ["updateWebhookSubscription"]),
  rule("A-webhook-paused", ["updateWebhookSubscription"], ({ body }) => !body.webhook_subscription.active),
];

const byOperation = new Map(
  (Object.keys(operations) as OperationId[]).map((id) => [id as string, RULES.filter((row) => row.operations.includes(id))]),
);

/** What an answer rests on: how its request was read, what was answered, or why it was refused. */
export function assumptionsOf({ operation, method, asked, failure, reason = failure?.reason }: NotedAnswer): AssumptionId[] {
  const found: AssumptionId[] = [];
  if (asked) found.push(...readingAssumptions(operation as OperationId, asked.raw, asked.request, reason));
  if (reason !== undefined) found.push(...refusalAssumptions(reason, operation));
  if (failure?.status === 429 && reason !== undefined) found.push("A-retry-after");
  if (failure && reason !== undefined && !isDocumented(reason)) found.push("A-error-wording");
  if (asked?.reply && asked.request) {
    const { world, request, files, reply } = asked;
    const answer = {
      world,
      request: { ...request, files },
      body: reply.body,
      facts: reply.facts ?? {},
    } as unknown as OwnAnswer<never>;
    for (const { assumption, holds } of byOperation.get(operation ?? "") ?? []) if (holds(answer)) found.push(assumption);
  }
  if (method === "HEAD" && operation !== undefined) found.push("A-head");
  return [...new Set(found)];
}

const NOT_READ_ON = ["parameterRepeated", "parameterMixed"];

function readingAssumptions(
  id: OperationId,
  raw: RawRequest,
  request: ReadRequest | undefined,
  reason: string | undefined,
): AssumptionId[] {
  const found: AssumptionId[] = [];
  if (request && Object.values(request.path).includes(NO_ID)) found.push("A-id-malformed");
  if (!NOT_READ_ON.includes(reason ?? "") && plusNotEncoded(id, raw.query).length > 0) found.push("A-plus-space");
  return found;
}

function isReplayed({ facts }: { readonly facts: Facts }): boolean {
  return facts.outcome === "replayed";
}

function showsDelivery({ world, facts: { messages = [] } }: { readonly world: World; readonly facts: Facts }): boolean {
  return messages.some((message) => isDeliveredHere(world, message));
}

function isLineKnown({ world, request, facts }: OwnAnswer<"findChat">): boolean {
  return facts.chats !== undefined || isLine(world, request.query);
}

function isLine(world: World, { phone_number }: { readonly phone_number: string }): boolean {
  const number = parsePhoneNumber(phone_number);
  return number !== undefined && world.lines.first("phoneNumber", number) !== undefined;
}

function isAddressRead(written: string): boolean {
  return written.includes("@") && (isRecased(written) || written !== written.trim());
}

function isRecased(written: string): boolean {
  return written !== written.toLowerCase();
}

function linksOf({ request }: OwnAnswer<"createChat" | "sendMessage">): number {
  const { attachments = [], attachment_urls = [] } = request.body.message;
  return attachments.length + attachment_urls.length;
}

function isShrunkGroup(chat: Chat): boolean {
  return chat.formerHandles.length > 0 && participantsOf(chat).length === 1;
}

/** Whether the name of a chat that is shown follows from such a participant. */
function isShownBy({ chats = [] }: Facts, is: (identifier: ReturnType<typeof participantsOf>[number]) => boolean): boolean {
  return chats.some((chat) => chat.name === null && participantsOf(chat).some(is));
}
