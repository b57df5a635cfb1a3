import type { OperationId } from "../../../contracts/generated/v2/operations";

/** Who answers an operation: the mock; the mock, unless it finds nothing; the mock, if it has the thing that the path names. */
type Answerer = "mock" | "finder" | "owner";

/** Lists and what makes something new are the mock's alone, or its world would not hang together. */
export const answererOf: Readonly<Record<OperationId, Answerer>> = {
  listChats: "mock",
  createChat: "mock",
  findChat: "finder",
  getChat: "owner",
  markChatAsRead: "owner",
  startTyping: "owner",
  stopTyping: "owner",
  shareContact: "owner",
  listMessages: "owner",
  sendMessage: "owner",
  getMessage: "owner",
  deleteMessage: "owner",
  editMessage: "owner",
  createReaction: "owner",
  getReaction: "owner",
  listContacts: "mock",
  createContact: "mock",
  findContact: "finder",
  getContact: "owner",
  updateContact: "owner",
  patchContact: "owner",
  deleteContact: "owner",
  listPhoneNumbers: "mock",
  updatePhoneNumber: "owner",
  checkIMessageAvailability: "mock",
  listWebhookSubscriptions: "mock",
  createWebhookSubscription: "mock",
  updateWebhookSubscription: "owner",
  deleteWebhookSubscription: "owner",
};
