import type { AnyOperationId } from "../contract-version";
import type { OperationId as OperationIdOfV2 } from "../generated/v2/operations";
import type { OperationId as OperationIdOfV3 } from "../generated/v3/operations";

/**
 * What asking does: it reads; it writes and reaches nobody; a person may see it, though nothing is sent; something is sent to a
 * person.
 */
export const KINDS = ["read", "write", "visible", "send"] as const;
export type Kind = (typeof KINDS)[number];
/** A kind that nothing does unless it is allowed. */
export type AllowedKind = Exclude<Kind, "read">;

/** What --allow calls the kinds. */
export const ALLOW_FLAGS: Readonly<Record<Kind, string>> = { read: "", write: "writes", visible: "visible", send: "send" };

/** What the values of --allow mean. */
export function kindsAllowed(flags: readonly string[]): AllowedKind[] {
  return (["write", "visible", "send"] as const).filter((kind) => flags.includes(ALLOW_FLAGS[kind]));
}

/** The operations that send a message that is in their bodies. */
export const SENDING = ["createChat", "sendMessage", "sendMessageAuto"] as const;
/** The operations that send a message to people whom their bodies name. */
export const NAMING_RECIPIENTS = ["createChat", "sendMessageAuto"] as const;

/** What each operation does to the world, of either version: those of one name do the same. Whatever is shown to people beyond a moment counts as sent. */
export const kindOf: Readonly<Record<OperationIdOfV2 | OperationIdOfV3, Kind>> = {
  listChats: "read",
  createChat: "send",
  findChat: "read",
  getChat: "read",
  markChatAsRead: "visible",
  startTyping: "visible",
  stopTyping: "visible",
  shareContact: "send",
  migrateChat: "write", // nobody sees it, and nothing undoes it
  listMessages: "read",
  sendMessage: "send",
  getMessage: "read",
  deleteMessage: "send",
  editMessage: "send",
  createReaction: "send",
  getReaction: "read",
  listContacts: "read",
  createContact: "write",
  findContact: "read",
  getContact: "read",
  updateContact: "write",
  patchContact: "write",
  deleteContact: "write",
  listPhoneNumbers: "read",
  updatePhoneNumber: "write",
  checkIMessageAvailability: "write",
  listWebhookSubscriptions: "read",
  createWebhookSubscription: "write",
  updateWebhookSubscription: "write",
  deleteWebhookSubscription: "write",

  updateChat: "send",
  setBackground: "send",
  removeBackground: "send",
  leaveChat: "send",
  getChatLocation: "read",
  requestLocation: "send",
  stopLocation: "send",
  addParticipant: "send",
  removeParticipant: "send",
  createPoll: "send",
  shareContactCard: "send",
  sendVoiceMemo: "send",
  sendMessageAuto: "send",
  getPoll: "read",
  addPollOptions: "send",
  votePoll: "send",
  react: "send",
  moveSticker: "send",
  getThread: "read",
  updateAppCard: "send",
  createAttachment: "write",
  getAttachment: "read",
  deleteAttachment: "write",
  listWebhookEvents: "read",
  getWebhookSubscription: "read",
  getAvailableNumber: "read",
  startReputationAudit: "write",
  getReputationAudit: "read",
  listPhoneNumbersOld: "read",
  checkIMessage: "write",
  checkRcs: "write",
  createContactCard: "visible",
  getContactCards: "read",
  updateContactCard: "visible",
  deleteContactCard: "visible",
  listBlockedHandles: "read",
  blockHandle: "write",
  unblockHandle: "write",
  createPaymentRequest: "write",
  listPaymentRequests: "read",
  getPaymentRequest: "read",
  cancelPaymentRequest: "write",
  createPayment: "send",
  connectHandle: "send",
  getHandleConnection: "read",
  revokeHandleConnection: "write",
  verifyHandle: "write",
  getProvider: "read",
  connectProvider: "write",
  getPayment: "read",
  cancelPayment: "write",
  getPaymentCredentials: "read",
  listExperiences: "read",
  getExperience: "read",
};

/** Why a policy does not allow what an operation does. */
export function refuseKind(
  { operation, method }: { readonly operation: AnyOperationId; readonly method: string },
  { kinds }: { readonly kinds: ReadonlySet<Kind> },
): string | undefined {
  const kind = kindOf[operation];
  if (kind === "read") return method === "GET" ? undefined : `${method} does not read`;
  return kinds.has(kind) ? undefined : `${operation} is allowed by --allow ${ALLOW_FLAGS[kind]} alone`;
}
