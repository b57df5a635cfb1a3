import type { OperationId, operations } from "../contracts/generated/operations";
import type { Operation } from "./operation";
import { createChat } from "./operations/chats/create-chat";
import { findChat } from "./operations/chats/find-chat";
import { getChat } from "./operations/chats/get-chat";
import { listChats } from "./operations/chats/list-chats";

/** Stands where an operation is not built yet; the edge answers 501. */
export const notBuilt = "not built";

type OperationTable = typeof operations;
type Routes = {
  readonly [Id in OperationId as `${OperationTable[Id]["method"]} ${OperationTable[Id]["path"]}`]:
    | Operation<Id>
    | typeof notBuilt;
};

/** Every operation of the vendor's, in the order of the vendor's reference. A row that is missing, misspelt or ill-typed does not compile. */
export const routes: Routes = {
  "GET /chats": listChats,
  "POST /chats": createChat,
  "GET /chats/find": findChat,
  "GET /chats/{chat_id}": getChat,
  "PUT /chats/{chat_id}/mark_as_read": notBuilt,
  "POST /chats/{chat_id}/start_typing": notBuilt,
  "DELETE /chats/{chat_id}/stop_typing": notBuilt,
  "POST /chats/{chat_id}/share_contact": notBuilt,

  "GET /chats/{chat_id}/chat_messages": notBuilt,
  "POST /chats/{chat_id}/chat_messages": notBuilt,
  "GET /chats/{chat_id}/chat_messages/{id}": notBuilt,
  "DELETE /chats/{chat_id}/chat_messages/{id}": notBuilt,
  "POST /chats/{chat_id}/chat_messages/{id}/edit": notBuilt,

  "POST /chat_messages/{chat_message_id}/reactions": notBuilt,
  "GET /chat_message_reactions/{reaction_id}": notBuilt,

  "GET /contacts": notBuilt,
  "POST /contacts": notBuilt,
  "GET /contacts/find": notBuilt,
  "GET /contacts/{id}": notBuilt,
  "PUT /contacts/{id}": notBuilt,
  "PATCH /contacts/{id}": notBuilt,
  "DELETE /contacts/{id}": notBuilt,

  "GET /phone_numbers": notBuilt,
  "PUT /phone_numbers/{id}": notBuilt,

  "POST /i_message_availability/check": notBuilt,

  "GET /webhook_subscriptions": notBuilt,
  "POST /webhook_subscriptions": notBuilt,
  "PUT /webhook_subscriptions/{id}": notBuilt,
  "DELETE /webhook_subscriptions/{id}": notBuilt,
};
