import type { OperationId } from "../../contracts/generated/v2/operations";
import type { FixtureDocument } from "../../fixtures/generated/fixture-document";
import { ANN, LINE, smallWorld } from "./worlds";

/** The small world with something for every operation to act on: a message of the line, a reaction, a subscription. */
export const fullWorld: FixtureDocument = {
  ...smallWorld,
  chats: [
    { line: LINE, participants: [ANN], messages: [{ from: LINE, text: "Hello", reactions: [{ from: ANN, type: "like" }] }] },
  ],
  webhook_subscriptions: [{ webhook_url: "http://127.0.0.1:9/old", events: [], active: false }],
};

/** A good request. Its body has every field that the contract knows, and its query every parameter. */
interface GoodRequest {
  readonly path: string;
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each operation has another
  readonly body?: any;
}

const message = {
  text: "Hi",
  idempotency_key: "k-1",
  attachment_urls: ["http://a.test/b"],
};
const contact = {
  ...{ first_name: "Cay", last_name: "Cole", email: "cay@example.com", phone_number: "(205) 555-0103" },
  ...{ company: "Cole's", title: "Baker", location: "Mobile" },
};
const contactBody = { contact, user_email: "ada@example.com" };
const webhook = { webhook_url: "http://127.0.0.1:9/new", events: ["message.sent"], version: 2, secret: "s", active: false };
const creation = {
  send_from: LINE,
  chat: { phone_numbers: ["+12055550177"], display_name: "New" },
  message: { ...message, idempotency_key: "k-2" },
};

/**
 * One for each operation, for the full world. Set-up rests on A-attachment-limit, A-availability, A-availability-number, A-contact-empty,
 * A-contact-find, A-contact-values, A-create-service, A-delivery, A-edit-window, A-find-match, A-forwarding-number, A-linked-file-size,
 * A-list-order, A-message-delete, A-message-order, A-migrate, A-reaction-one, A-read-event, A-webhook-paused, A-webhook-update.
 */
export const goodRequests: Readonly<Record<OperationId, GoodRequest>> = {
  listChats: { path: "/chats?phone_number=%2B12052761148&page=1&per_page=25", status: 200 },
  createChat: { path: "/chats", status: 200, body: creation },
  findChat: { path: "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055550101", status: 200 },
  getChat: { path: "/chats/1", status: 200 },
  markChatAsRead: { path: "/chats/1/mark_as_read", status: 204 },
  startTyping: { path: "/chats/1/start_typing", status: 201 },
  stopTyping: { path: "/chats/1/stop_typing", status: 204 },
  shareContact: { path: "/chats/1/share_contact", status: 201 },
  migrateChat: { path: "/chats/1/migrate_to_v3", status: 200 },
  listMessages: {
    path: "/chats/1/chat_messages?page=1&per_page=25&before=2030-01-01T00:00:00Z&after=2020-01-01T00:00:00Z&sort=desc",
    status: 200,
  },
  sendMessage: { path: "/chats/1/chat_messages", status: 201, body: { message } },
  getMessage: { path: "/chats/1/chat_messages/1", status: 200 },
  deleteMessage: { path: "/chats/1/chat_messages/1", status: 200 },
  editMessage: { path: "/chats/1/chat_messages/1/edit", status: 200, body: { text: "Hello!" } },
  createReaction: { path: "/chat_messages/1/reactions", status: 201, body: { type: "love", operation: "add" } },
  getReaction: { path: "/chat_message_reactions/1", status: 200 },
  listContacts: { path: "/contacts?page=1&per_page=25", status: 200 },
  createContact: { path: "/contacts", status: 201, body: contactBody },
  findContact: { path: "/contacts/find?email=dee@example.com&phone_number=%2B12055550101", status: 200 },
  getContact: { path: "/contacts/1", status: 200 },
  updateContact: { path: "/contacts/1", status: 200, body: contactBody },
  patchContact: { path: "/contacts/1", status: 200, body: contactBody },
  deleteContact: { path: "/contacts/1", status: 204 },
  listPhoneNumbers: { path: "/phone_numbers", status: 200 },
  updatePhoneNumber: { path: "/phone_numbers/1", status: 200, body: { forwarding_number: "+12055550140" } },
  checkIMessageAvailability: { path: "/i_message_availability/check", status: 200, body: { phone_number: "2055550101" } },
  listWebhookSubscriptions: { path: "/webhook_subscriptions", status: 200 },
  createWebhookSubscription: { path: "/webhook_subscriptions", status: 201, body: { webhook_subscription: webhook } },
  updateWebhookSubscription: { path: "/webhook_subscriptions/1", status: 200, body: { webhook_subscription: webhook } },
  deleteWebhookSubscription: { path: "/webhook_subscriptions/1", status: 204 },
};
