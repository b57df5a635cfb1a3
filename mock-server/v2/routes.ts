import type { OperationId, operations } from "../../contracts/generated/v2/operations";
import type { Operation } from "./operation";
import { checkIMessageAvailability } from "./operations/availability/check-imessage-availability";
import { createChat } from "./operations/chats/create-chat";
import { findChat } from "./operations/chats/find-chat";
import { getChat } from "./operations/chats/get-chat";
import { listChats } from "./operations/chats/list-chats";
import { markChatAsRead } from "./operations/chats/mark-chat-as-read";
import { migrateChat } from "./operations/chats/migrate-chat";
import { shareContact } from "./operations/chats/share-contact";
import { startTyping } from "./operations/chats/start-typing";
import { stopTyping } from "./operations/chats/stop-typing";
import { createContact } from "./operations/contacts/create-contact";
import { deleteContact } from "./operations/contacts/delete-contact";
import { findContact } from "./operations/contacts/find-contact";
import { getContact } from "./operations/contacts/get-contact";
import { listContacts } from "./operations/contacts/list-contacts";
import { updateContact } from "./operations/contacts/update-contact";
import { deleteMessage } from "./operations/messages/delete-message";
import { editMessage } from "./operations/messages/edit-message";
import { getMessage } from "./operations/messages/get-message";
import { listMessages } from "./operations/messages/list-messages";
import { sendMessage } from "./operations/messages/send-message";
import { listPhoneNumbers } from "./operations/phone-numbers/list-phone-numbers";
import { updatePhoneNumber } from "./operations/phone-numbers/update-phone-number";
import { createReaction } from "./operations/reactions/create-reaction";
import { getReaction } from "./operations/reactions/get-reaction";
import { createWebhookSubscription } from "./operations/webhook-subscriptions/create-webhook-subscription";
import { deleteWebhookSubscription } from "./operations/webhook-subscriptions/delete-webhook-subscription";
import { listWebhookSubscriptions } from "./operations/webhook-subscriptions/list-webhook-subscriptions";
import { updateWebhookSubscription } from "./operations/webhook-subscriptions/update-webhook-subscription";

type OperationTable = typeof operations;
type Routes = {
  readonly [Id in OperationId as `${OperationTable[Id]["method"]} ${OperationTable[Id]["path"]}`]: Operation<Id>;
};

/** Every operation of the vendor's, in the order of the vendor's reference. A row that is missing, misspelt or ill-typed does not compile. */
export const routes: Routes = {
  "GET /chats": listChats,
  "POST /chats": createChat,
  "GET /chats/find": findChat,
  "GET /chats/{chat_id}": getChat,
  "PUT /chats/{chat_id}/mark_as_read": markChatAsRead,
  "POST /chats/{chat_id}/start_typing": startTyping,
  "DELETE /chats/{chat_id}/stop_typing": stopTyping,
  "POST /chats/{chat_id}/share_contact": shareContact,
  "GET /chats/{chat_id}/migrate_to_v3": migrateChat,

  "GET /chats/{chat_id}/chat_messages": listMessages,
  "POST /chats/{chat_id}/chat_messages": sendMessage,
  "GET /chats/{chat_id}/chat_messages/{id}": getMessage,
  "DELETE /chats/{chat_id}/chat_messages/{id}": deleteMessage,
  "POST /chats/{chat_id}/chat_messages/{id}/edit": editMessage,

  "POST /chat_messages/{chat_message_id}/reactions": createReaction,
  "GET /chat_message_reactions/{reaction_id}": getReaction,

  "GET /contacts": listContacts,
  "POST /contacts": createContact,
  "GET /contacts/find": findContact,
  "GET /contacts/{id}": getContact,
  "PUT /contacts/{id}": updateContact,
  "PATCH /contacts/{id}": updateContact,
  "DELETE /contacts/{id}": deleteContact,

  "GET /phone_numbers": listPhoneNumbers,
  "PUT /phone_numbers/{id}": updatePhoneNumber,

  "POST /i_message_availability/check": checkIMessageAvailability,

  "GET /webhook_subscriptions": listWebhookSubscriptions,
  "POST /webhook_subscriptions": createWebhookSubscription,
  "PUT /webhook_subscriptions/{webhook_subscription_id}": updateWebhookSubscription,
  "DELETE /webhook_subscriptions/{webhook_subscription_id}": deleteWebhookSubscription,
};
