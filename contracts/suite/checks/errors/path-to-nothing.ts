import { NO_ID } from "../../../client/guard";
import { findChatPath } from "../../../find-chat-path";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { queryString } from "../../api";
import { UNUSED_NUMBER } from "../../participants";

/** What an operation requires beside its path. */
const REQUIRED: Partial<Record<OperationId, string>> = {
  listChats: `/chats?${queryString({ phone_number: UNUSED_NUMBER })}`,
  findChat: findChatPath(UNUSED_NUMBER, [UNUSED_NUMBER]),
  findContact: `/contacts/find?${queryString({ phone_number: UNUSED_NUMBER })}`,
};

/** The path of an operation, of things that there are not, with the query that it requires. */
export function pathOfNothing(id: OperationId): string {
  return REQUIRED[id] ?? operations[id].path.replaceAll(/\{\w+\}/g, String(NO_ID));
}
