import { kindOf } from "../../../client/request-kinds";
import { type OperationId, operations } from "../../../generated/v2/operations";
import { unusedPath } from "../../api";
import { documentedErrors } from "../../documented-errors";
import type { Law } from "../../law";
import { expectRefusals } from "./refusals";

/** All that is documented to answer the same 404; nobody is in such a chat, and nobody reached. */
const IN_A_CHAT: readonly OperationId[] = ["markChatAsRead", "startTyping", "stopTyping", "shareContact", "migrateChat"];

export const law64: Law = {
  number: 64,
  title: "nothing can be done in a chat that does not exist",
  broken: "something is done in a chat that does not exist, or is refused otherwise than documented",
  operation: "stopTyping",
  clause: "#/paths/~1chats~1{chat_id}~1stop_typing/delete/responses/404",
  stepAssumptions: ["A-error-wording"],
  requests: IN_A_CHAT.length,
  isRepeatable: true,
  async check({ api, kinds }) {
    const allowed = IN_A_CHAT.filter((id) => kinds.has(kindOf[id]));
    await expectRefusals(
      api,
      allowed.map((id) => {
        const { method, title } = operations[id];
        const what = `${title} in a chat that does not exist`;
        return { what, method, path: unusedPath(id), status: 404, documented: documentedErrors.chatNotFound };
      }),
    );
  },
};
