import type { OperationId, operations } from "../../contracts/generated/v3/operations";
import type { Operation } from "./operation";
import { createChat } from "./operations/chats/create-chat";
import { getChat } from "./operations/chats/get-chat";
import { getMessage } from "./operations/messages/get-message";
import { sendMessage } from "./operations/messages/send-message";
import { sendMessageAuto } from "./operations/messages/send-message-auto";
import { listPhoneNumbers } from "./operations/phone-numbers/list-phone-numbers";

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

  "GET /phone_numbers": listPhoneNumbers,
};
