import type { OperationId } from "./generated/v2/operations";

/** What a client of V2 does in V3 instead. */
export const SUCCESSORS: Readonly<Record<OperationId, string>> = {
  listChats: "GET /v3/chats?from=<line>&to=<participant>: pages by next_cursor, no total",
  createChat: "POST /v3/chats {from, to, message: {parts}}: 201; the id is chat.id, a UUID",
  findChat:
    "GET /v3/chats?from=<line>&to=<participant>, and compare the handles: there is no find; or POST /v3/chats, which finds the chat itself",
  getChat: "GET /v3/chats/{chatId}: no data around it, no message_count",
  markChatAsRead: "POST /v3/chats/{chatId}/read",
  startTyping: "POST /v3/chats/{chatId}/typing: 204",
  stopTyping: "DELETE /v3/chats/{chatId}/typing",
  shareContact: "POST /v3/chats/{chatId}/share_contact_card, once the line has a card: POST /v3/contact_card",
  migrateChat: "nothing like it: the id that it answers is the chat's in V3; keep it",
  listMessages: "GET /v3/chats/{chatId}/messages: newest first, pages by next_cursor, no before and after",
  sendMessage:
    "POST /v3/chats/{chatId}/messages {message: {parts: [{type: text, value}]}}: 202; files are announced by POST /v3/attachments first",
  getMessage: "GET /v3/messages/{messageId}: parts in the place of text and attachments",
  deleteMessage: "DELETE /v3/messages/{messageId}",
  editMessage: "PATCH /v3/messages/{messageId} {text, part_index}: five times within 15 minutes",
  createReaction: "POST /v3/messages/{messageId}/reactions {operation, type}: 202, without the reaction's id",
  getReaction: "nothing: reactions stand in the parts of their message",
  listContacts: "nothing: V3 has no contacts; stay with V2 for them",
  createContact: "nothing: V3 has no contacts; stay with V2 for them",
  findContact: "nothing: V3 has no contacts; stay with V2 for them",
  getContact: "nothing: V3 has no contacts; stay with V2 for them",
  updateContact: "nothing: V3 has no contacts; stay with V2 for them",
  patchContact: "nothing: V3 has no contacts; stay with V2 for them",
  deleteContact: "nothing: V3 has no contacts; stay with V2 for them",
  listPhoneNumbers: "GET /v3/phone_numbers",
  updatePhoneNumber: "PUT /v3/phone_numbers/{phoneNumberId}, by a UUID",
  checkIMessageAvailability: "POST /v3/capability/check_imessage {address}: once in 10 s, as before",
  listWebhookSubscriptions: "GET /v3/webhook-subscriptions",
  createWebhookSubscription:
    "POST /v3/webhook-subscriptions {target_url, subscribed_events}: the vendor makes the secret and shows it once; verify webhook-signature, and read event_type, event_id and the new data",
  updateWebhookSubscription: "PUT /v3/webhook-subscriptions/{subscriptionId}",
  deleteWebhookSubscription: "DELETE /v3/webhook-subscriptions/{subscriptionId}",
};
