import type { OperationId, operations } from "../../contracts/generated/v3/operations";
import type { Operation } from "./operation";
import { createChat } from "./operations/chats/create-chat";
import { getChat } from "./operations/chats/get-chat";
import { leaveChat } from "./operations/chats/leave-chat";
import { listChats } from "./operations/chats/list-chats";
import { markChatAsRead } from "./operations/chats/mark-chat-as-read";
import { addParticipant, removeParticipant } from "./operations/chats/participants";
import { shareContactCard } from "./operations/chats/share-contact-card";
import { startTyping, stopTyping } from "./operations/chats/typing";
import { updateChat } from "./operations/chats/update-chat";
import { deleteMessage } from "./operations/messages/delete-message";
import { editMessage } from "./operations/messages/edit-message";
import { getMessage } from "./operations/messages/get-message";
import { getThread } from "./operations/messages/get-thread";
import { listMessages } from "./operations/messages/list-messages";
import { react } from "./operations/messages/react";
import { sendMessage } from "./operations/messages/send-message";
import { sendMessageAuto } from "./operations/messages/send-message-auto";
import { listPhoneNumbers } from "./operations/phone-numbers/list-phone-numbers";
import { createWebhookSubscription } from "./operations/webhook-subscriptions/create-webhook-subscription";
import { deleteWebhookSubscription } from "./operations/webhook-subscriptions/delete-webhook-subscription";
import { getWebhookSubscription } from "./operations/webhook-subscriptions/get-webhook-subscription";
import { listWebhookEvents } from "./operations/webhook-subscriptions/list-webhook-events";
import { listWebhookSubscriptions } from "./operations/webhook-subscriptions/list-webhook-subscriptions";
import { updateWebhookSubscription } from "./operations/webhook-subscriptions/update-webhook-subscription";

type OperationTable = typeof operations;
type RouteTable = {
  readonly [Id in OperationId as `${OperationTable[Id]["method"]} ${OperationTable[Id]["path"]}`]?: Operation<Id>;
};

/**
 * The vendor's API, in the order of its reference: find the route, open the file. A row that is misspelt or ill-typed does not compile; a rare
 * operation without a row answers its documented example.
 */
export const routes: RouteTable = {
  "POST /chats": createChat,
  "GET /chats": listChats,
  "GET /chats/{chatId}": getChat,
  "PUT /chats/{chatId}": updateChat,
  "POST /chats/{chatId}/leave": leaveChat,
  "POST /chats/{chatId}/participants": addParticipant,
  "DELETE /chats/{chatId}/participants": removeParticipant,
  "POST /chats/{chatId}/read": markChatAsRead,
  "POST /chats/{chatId}/share_contact_card": shareContactCard,
  "POST /chats/{chatId}/typing": startTyping,
  "DELETE /chats/{chatId}/typing": stopTyping,

  "GET /chats/{chatId}/messages": listMessages,
  "POST /chats/{chatId}/messages": sendMessage,

  "POST /messages": sendMessageAuto,
  "GET /messages/{messageId}": getMessage,
  "PATCH /messages/{messageId}": editMessage,
  "DELETE /messages/{messageId}": deleteMessage,
  "POST /messages/{messageId}/reactions": react,
  "GET /messages/{messageId}/thread": getThread,

  "GET /webhook-events": listWebhookEvents,
  "POST /webhook-subscriptions": createWebhookSubscription,
  "GET /webhook-subscriptions": listWebhookSubscriptions,
  "GET /webhook-subscriptions/{subscriptionId}": getWebhookSubscription,
  "PUT /webhook-subscriptions/{subscriptionId}": updateWebhookSubscription,
  "DELETE /webhook-subscriptions/{subscriptionId}": deleteWebhookSubscription,

  "GET /phone_numbers": listPhoneNumbers,
};
