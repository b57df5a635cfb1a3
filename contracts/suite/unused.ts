import { NO_ID } from "../client/guard";
import { type OperationId, operations } from "../generated/v2/operations";
import { findChatPath } from "../operations";
import { queryString } from "./api";

/** A number that nobody has: it is one of those that are kept for fiction. */
export const UNUSED_NUMBER = "+12025550143";

/** What an operation requires beside its path. */
const REQUIRED: Partial<Record<OperationId, string>> = {
  listChats: `/chats?${queryString({ phone_number: UNUSED_NUMBER })}`,
  findChat: findChatPath(UNUSED_NUMBER, [UNUSED_NUMBER]),
  findContact: `/contacts/find?${queryString({ phone_number: UNUSED_NUMBER })}`,
};

/** The path of an operation, with ids and numbers that nothing has, and with the query that it requires. */
export function unusedPath(id: OperationId): string {
  return REQUIRED[id] ?? operations[id].path.replaceAll(/\{\w+\}/g, String(NO_ID));
}
