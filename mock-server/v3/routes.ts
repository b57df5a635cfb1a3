import type { OperationId, operations } from "../../contracts/generated/v3/operations";
import type { Operation } from "./operation";
import { createChat } from "./operations/chats/create-chat";
import { getChat } from "./operations/chats/get-chat";
import { getMessage } from "./operations/messages/get-message";
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
  "GET /chats/{chatId}": getChat,
  "POST /chats/{chatId}/messages": sendMessage,

  "POST /messages": sendMessageAuto,
  "GET /messages/{messageId}": getMessage,

  "GET /webhook-events": listWebhookEvents,
  "POST /webhook-subscriptions": createWebhookSubscription,
  "GET /webhook-subscriptions": listWebhookSubscriptions,
  "GET /webhook-subscriptions/{subscriptionId}": getWebhookSubscription,
  "PUT /webhook-subscriptions/{subscriptionId}": updateWebhookSubscription,
  "DELETE /webhook-subscriptions/{subscriptionId}": deleteWebhookSubscription,

  "GET /phone_numbers": listPhoneNumbers,
};
