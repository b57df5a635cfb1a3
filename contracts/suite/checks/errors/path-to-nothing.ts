import { NO_ID } from "../../../client/guard";
import { findChatPath } from "../../../find-chat-path";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { queryString } from "../../api";
import { NOBODY } from "../../participants";

/** What an operation requires beside its path. */
const REQUIRED: Partial<Record<OperationId, string>> = {
  listChats: `/chats?${queryString({ phone_number: NOBODY })}`,
  findChat: findChatPath(NOBODY, [NOBODY]),
  findContact: `/contacts/find?${queryString({ phone_number: NOBODY })}`,
};

/** The path of an operation, of things that there are not, with the query that it requires. */
export function pathToNothing(id: OperationId): string {
  return REQUIRED[id] ?? operations[id].path.replaceAll(/\{\w+\}/g, String(NO_ID));
}
