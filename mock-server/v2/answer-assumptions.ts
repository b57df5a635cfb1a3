import type { AssumptionId, OperationId } from "../../contracts/generated/v2/operations";
import { parsePhoneNumber } from "../../contracts/identifiers";
import { MOST_PER_PAGE } from "../../contracts/limits";
import { contactName } from "../world/contacts";
import { wasKeyDeleted } from "../world/isolation";
import { bestService } from "../world/magic-values";
import { isDeliveredHere } from "../world/message-delivery";
import { isGroup, participantsOf } from "../world/participants";
import type { World } from "../world/world";
import type { OperationReply, OperationRequest, ReplyFacts } from "./operation";

/** What an operation has answered, as conditions look at it. */
export interface OwnAnswer<Id extends OperationId> {
  readonly world: World;
  readonly request: OperationRequest<Id>;
  readonly body: BodyOf<Id>;
  readonly facts: ReplyFacts;
}

type BodyOf<Id> = Id extends OperationId ? Extract<OperationReply<Id>, { body: unknown }>["body"] : never;
export type Told = readonly (AssumptionId | false | undefined)[];

const LARGEST_KNOWN_GROUP = 31;
const EDIT_WINDOW_MS = 15 * 60_000;

/** What the answers of operations rest on, in the order in which it is told. What refusals rest on is in their table. */
export const RULES: {
  readonly [Id in OperationId]?: (answer: OwnAnswer<Id>) => Told;
} = {
  findChat({ world, request: { query }, facts }) {
    const participants = query["phone_numbers[]"];
    const isFound = facts.chats !== undefined;
    return [
      isFound || isLine(world, query.phone_number) ? "A-find-match" : "A-find-unknown-line",
      (facts.candidates ?? 0) > 1 && "A-find-first",
      isFound && participants.some(isAddressRead) && "A-email-case",
      isFound && participants.length > LARGEST_KNOWN_GROUP && "A-group-limit",
      ...shownChats(world, facts),
    ];
  },
  listChats({ world, request: { query }, body: { meta }, facts }) {
    const isEmpty = meta.total_count === 0;
    return [
      "A-list-order",
      query.phone_number.includes("@") && "A-list-email",
      isEmpty && "A-list-unknown",
      !isEmpty && !isLine(world, query.phone_number) && "A-list-scope",
      ...pages(query, facts),
      isAddressRead(query.phone_number) && "A-email-case",
      ...shownChats(world, facts),
    ];
  },
  getChat: ({ world, facts }) => shownChats(world, facts),
  createChat({ world, request: { body, files }, facts }) {
    const { chat, message, send_from } = body;
    if (facts.outcome === "replayed") {
      const isUndeliverable = facts.messages?.[0]?.deliveryStatus === "service_unavailable";
      const undeliverable = isUndeliverable && "A-create-undeliverable";
      return ["A-idempotency-create", "A-idempotency-scope", "A-delivery", undeliverable, ...shownChats(world, facts)];
    }
    const isOpened = facts.outcome === "chat-opened";
    const people = (facts.chats ?? []).flatMap(participantsOf);
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
      ...shownChats(world, facts),
    ];
  },
  migrateChat: () => ["A-migrate"],
  markChatAsRead: () => ["A-read-event"],
  startTyping: ({ facts }) => [facts.chats?.some(isGroup) && "A-typing-group", isLeft(facts) && "A-group-left"],
  shareContact: ({ facts }) => [
    facts.chats?.some(({ service }) => service !== "iMessage") && "A-share-disabled",
    isLeft(facts) && "A-group-left",
  ],

  listMessages: ({ world, request, facts }) => [
    "A-message-order",
    ...pages(request.query, facts),
    showsDelivery(world, facts) && "A-delivery",
  ],
  getMessage: ({ world, facts }) => [showsDelivery(world, facts) && "A-delivery"],
  sendMessage({ world, request: { body, files }, facts }) {
    if (facts.outcome === "replayed") return ["A-idempotency-scope", showsDelivery(world, facts) && "A-delivery"];
    return ["A-delivery", isLeft(facts) && "A-group-left", ...sentContent(world, body.message, files.length)];
  },
  editMessage: ({ world, request, facts: { messages = [] } }) => [
    request.body.text.trim() === "" && "A-text-blank",
    messages.some(({ sentAt }) => world.clock.now() - sentAt > EDIT_WINDOW_MS) && "A-edit-window",
  ],
  deleteMessage: () => ["A-message-delete"],
  createReaction: ({ request: { body }, facts }) => [
    body.operation === "add" && "A-reaction-one",
    (body.operation === "remove" || facts.outcome === "unchanged") && "A-reaction-repeat",
    body.operation === "remove" && "A-remove-reaction",
  ],

  listContacts: ({ request, body, facts }) => [
    "A-list-order",
    body.contacts.length > 0 && "A-contact-empty",
    ...pages(request.query, facts),
  ],
  getContact: () => ["A-contact-empty"],
  findContact: ({ request: { query }, facts: { candidates = 0 } }) => [
    candidates > 0 && "A-contact-empty",
    (candidates > 1 || isTrimmed(query.email) || isTrimmed(query.phone_number)) && "A-contact-find",
    candidates > 0 && isRecased(query.email?.trim() ?? "") && "A-email-case",
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
): Told {
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
}: OwnAnswer<"createContact"> | OwnAnswer<"updateContact"> | OwnAnswer<"patchContact">): Told {
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

function changedContact(answer: OwnAnswer<"updateContact"> | OwnAnswer<"patchContact">): Told {
  return [...writtenContact(answer), !answer.request.body.user_email && "A-update-owner"];
}

function subscribedEvents({
  request,
  body,
}: OwnAnswer<"createWebhookSubscription"> | OwnAnswer<"updateWebhookSubscription">): Told {
  const { events } = body.webhook_subscription;
  const isTwice = events.length < request.body.webhook_subscription.events.length;
  return [(isTwice || events.length === 0) && "A-webhook-events"];
}

function pages(query: { readonly per_page?: number }, { list }: ReplyFacts): Told {
  return [
    (query.per_page ?? 0) > MOST_PER_PAGE && "A-page-invalid",
    list !== undefined && list.page > list.pages && "A-page-past-end",
  ];
}

/** What the names and the groups of the chats rest on that an answer shows. */
function shownChats(world: World, { chats = [] }: ReplyFacts): Told {
  const found: Told[number][] = [];
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

function isLeft({ chats = [] }: ReplyFacts): boolean {
  return chats.some(({ leftAt }) => leftAt !== undefined);
}

function showsDelivery(world: World, { messages = [] }: ReplyFacts): boolean {
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
