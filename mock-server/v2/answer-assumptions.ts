import type { AssumptionId, OperationId } from "../../contracts/generated/v2/operations";
import { parsePhoneNumber } from "../../contracts/identifiers";
import { MOST_PER_PAGE } from "../../contracts/limits";
import { contactName } from "../world/contacts";
import { bestService } from "../world/magic-values";
import { isDeliveredHere } from "../world/message-delivery";
import { isGroup, participantsOf } from "../world/participants";
import { wasKeyDeleted } from "../world/version-visibility";
import type { World } from "../world/world";
import type { OperationReply, OperationRequest, ReplyDetails } from "./operation";

/** What an operation has answered, as conditions look at it. */
export interface OwnAnswer<Id extends OperationId> {
  readonly world: World;
  readonly request: OperationRequest<Id>;
  readonly body: BodyOf<Id>;
  readonly details: ReplyDetails;
}

type BodyOf<Id> = Id extends OperationId ? Extract<OperationReply<Id>, { body: unknown }>["body"] : never;
export type AssumptionList = readonly (AssumptionId | false | undefined)[];

const LARGEST_KNOWN_GROUP = 31;
const EDIT_WINDOW_MS = 15 * 60_000;

/** What the answers of operations rest on, in the order in which it is told. What refusals rest on is in their table. */
export const RULES: {
  readonly [Id in OperationId]?: (answer: OwnAnswer<Id>) => AssumptionList;
} = {
  findChat({ world, request: { query }, details }) {
    const participants = query["phone_numbers[]"];
    const isFound = details.chats !== undefined;
    return [
      isFound || isLine(world, query.phone_number) ? "A-find-match" : "A-find-unknown-line",
      (details.matchCount ?? 0) > 1 && "A-find-first",
      isFound && participants.some(isAddressRead) && "A-email-case",
      isFound && participants.length > LARGEST_KNOWN_GROUP && "A-group-limit",
      ...shownChats(world, details),
    ];
  },
  listChats({ world, request: { query }, body: { meta }, details }) {
    const isEmpty = meta.total_count === 0;
    return [
      "A-list-order",
      query.phone_number.includes("@") && "A-list-email",
      isEmpty && "A-list-unknown",
      !isEmpty && !isLine(world, query.phone_number) && "A-list-scope",
      ...pages(query, details),
      isAddressRead(query.phone_number) && "A-email-case",
      ...shownChats(world, details),
    ];
  },
  getChat: ({ world, details }) => shownChats(world, details),
  createChat({ world, request: { body, files }, details }) {
    const { chat, message, send_from } = body;
    if (details.outcome === "replayed") {
      const isUndeliverable = details.messages?.[0]?.deliveryStatus === "service_unavailable";
      const undeliverable = isUndeliverable && "A-create-undeliverable";
      return ["A-idempotency-create", "A-idempotency-scope", "A-delivery", undeliverable, ...shownChats(world, details)];
    }
    const isOpened = details.outcome === "chat-opened";
    const people = (details.chats ?? []).flatMap(participantsOf);
    const own = parsePhoneNumber(send_from);
    return [
      isOpened ? "A-create-service" : "A-create-existing",
      isOpened && people.some((one) => !one.includes("@") && bestService(world, one) === undefined) && "A-availability",
      chat.display_name !== undefined && (!isOpened || !chat.display_name?.trim()) && "A-create-name",
      "A-delivery",
      chat.phone_numbers.some(isAddressRead) && "A-email-case",
      chat.phone_numbers.length > LARGEST_KNOWN_GROUP && "A-group-limit",
      chat.phone_numbers.some((number) => parsePhoneNumber(number) === own) && "A-create-self",
      ...sentContent(world, message, files.length),
      ...shownChats(world, details),
    ];
  },
  migrateChat: () => ["A-migrate"],
  markChatAsRead: () => ["A-read-event"],
  startTyping: ({ details }) => [details.chats?.some(isGroup) && "A-typing-group", isLeft(details) && "A-group-left"],
  shareContact: ({ details }) => [
    details.chats?.some(({ service }) => service !== "iMessage") && "A-share-disabled",
    isLeft(details) && "A-group-left",
  ],

  listMessages: ({ world, request, details }) => [
    "A-message-order",
    ...pages(request.query, details),
    showsDelivery(world, details) && "A-delivery",
  ],
  getMessage: ({ world, details }) => [showsDelivery(world, details) && "A-delivery"],
  sendMessage({ world, request: { body, files }, details }) {
    if (details.outcome === "replayed") return ["A-idempotency-scope", showsDelivery(world, details) && "A-delivery"];
    return ["A-delivery", isLeft(details) && "A-group-left", ...sentContent(world, body.message, files.length)];
  },
  editMessage: ({ world, request, details: { messages = [] } }) => [
    request.body.text.trim() === "" && "A-text-blank",
    messages.some(({ sentAt }) => world.clock.now() - sentAt > EDIT_WINDOW_MS) && "A-edit-window",
  ],
  deleteMessage: () => ["A-message-delete"],
  createReaction: ({ request: { body }, details }) => [
    body.operation === "add" && "A-reaction-one",
    (body.operation === "remove" || details.outcome === "unchanged") && "A-reaction-repeat",
    body.operation === "remove" && "A-remove-reaction",
  ],

  listContacts: ({ request, body, details }) => [
    "A-list-order",
    body.contacts.length > 0 && "A-contact-empty",
    ...pages(request.query, details),
  ],
  getContact: () => ["A-contact-empty"],
  findContact: ({ request: { query }, details: { matchCount = 0 } }) => [
    matchCount > 0 && "A-contact-empty",
    (matchCount > 1 || isTrimmed(query.email) || isTrimmed(query.phone_number)) && "A-contact-find",
    matchCount > 0 && isRecased(query.email?.trim() ?? "") && "A-email-case",
  ],
  createContact: (answer) => ["A-contact-empty", ...writtenContact(answer)],
  updateContact: changedContact,
  patchContact: changedContact,

  listPhoneNumbers: () => ["A-list-order"],
  updatePhoneNumber: ({ request: { body } }) => [
    Boolean(body.forwarding_number) && "A-forwarding-number",
    body.forwarding_number === undefined && "A-forwarding-missing",
  ],
  checkIMessageAvailability({ world, body }) {
    const number = parsePhoneNumber(body.phone_number);
    return ["A-availability-number", number !== undefined && bestService(world, number) === undefined && "A-availability"];
  },
  listWebhookSubscriptions: () => ["A-list-order"],
  createWebhookSubscription: (answer) => [
    answer.request.body.webhook_subscription.active === null && "A-webhook-update",
    answer.request.body.webhook_subscription.secret !== undefined &&
      !answer.request.body.webhook_subscription.secret &&
      "A-webhook-update",
    ...subscribedEvents(answer),
  ],
  updateWebhookSubscription: (answer) => [
    "A-webhook-update",
    !answer.body.webhook_subscription.active && "A-webhook-paused",
    ...subscribedEvents(answer),
  ],
};

/** What the text, the files and the key of a message that was sent rest on. */
function sentContent(
  world: World,
  { text, attachment_urls, idempotency_key: key }: OperationRequest<"sendMessage">["body"]["message"],
  files: number,
): AssumptionList {
  const links = attachment_urls ?? [];
  return [
    attachment_urls === null && "A-create-status",
    links.length + files > 0 && "A-attachment-limit",
    links.length > 0 && "A-linked-file-size",
    text.trim() === "" && "A-text-blank",
    key === null && "A-idempotency-scope",
    typeof key === "string" && wasKeyDeleted("v2", world, key) && "A-message-delete",
  ];
}

function writtenContact({
  request,
  body,
}: OwnAnswer<"createContact"> | OwnAnswer<"updateContact"> | OwnAnswer<"patchContact">): AssumptionList {
  const { contact, user_email: owner } = request.body;
  const isRewritten = (["phone_number", "email"] as const).some(
    (field) => contact[field]?.trim() && contact[field] !== body.data[field],
  );
  const isUnset = [...Object.values(contact), owner].some(
    (value) => value === null || (value !== undefined && String(value).trim() === ""),
  );
  const isOwnerTrimmed = owner?.trim() !== owner;
  const isOwnerRecased = owner?.trim() && owner.trim() !== body.data.contact_owner?.email;
  return [(isRewritten || isUnset || isOwnerTrimmed) && "A-contact-values", isOwnerRecased ? "A-email-case" : undefined];
}

function changedContact(answer: OwnAnswer<"updateContact"> | OwnAnswer<"patchContact">): AssumptionList {
  return [...writtenContact(answer), !answer.request.body.user_email && "A-update-owner"];
}

function subscribedEvents({
  request,
  body,
}: OwnAnswer<"createWebhookSubscription"> | OwnAnswer<"updateWebhookSubscription">): AssumptionList {
  const { events } = body.webhook_subscription;
  const isTwice = events.length < request.body.webhook_subscription.events.length;
  return [(isTwice || events.length === 0) && "A-webhook-events"];
}

function pages(query: { readonly per_page?: number }, { list }: ReplyDetails): AssumptionList {
  return [
    (query.per_page ?? 0) > MOST_PER_PAGE && "A-page-invalid",
    list !== undefined && list.page > list.pages && "A-page-past-end",
  ];
}

/** What the names and the groups of the chats rest on that an answer shows. */
function shownChats(world: World, { chats = [] }: ReplyDetails): AssumptionList {
  const found: AssumptionList[number][] = [];
  for (const chat of chats) {
    const participants = participantsOf(chat);
    if (chat.formerHandles.length > 0 && participants.length === 1) found[0] = "A-group";
    if (chat.name !== null) continue;
    for (const one of participants) {
      const known = world.contacts.count("identifier", one);
      if (known > 1) found[1] = "A-contact-match";
      if (!one.startsWith("+1") && contactName(world, one) === "") found[2] = "A-number-display";
    }
  }
  return found;
}

function isLeft({ chats = [] }: ReplyDetails): boolean {
  return chats.some(({ leftAt }) => leftAt !== undefined);
}

function showsDelivery(world: World, { messages = [] }: ReplyDetails): boolean {
  return messages.some((message) => isDeliveredHere(world, message));
}

function isLine(world: World, written: string): boolean {
  const number = parsePhoneNumber(written);
  return number !== undefined && world.lines.first("phoneNumber", number) !== undefined;
}

function isAddressRead(written: string): boolean {
  return written.includes("@") && (isRecased(written) || written !== written.trim());
}

function isTrimmed(written = ""): boolean {
  return written !== written.trim();
}

function isRecased(written: string): boolean {
  return written !== written.toLowerCase();
}
