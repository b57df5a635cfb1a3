import type { Operation } from "../../operation";
import { magicMessageHint } from "../magic/magic-message-hint";
import { deliveryAssumptions } from "./delivery-assumptions";
import { findMessage } from "./find-message";
import { messageView } from "./view";

export const getMessage: Operation<"getMessage"> = (world, { path }) => {
  const found = findMessage(world, path);
  if ("detail" in found) return found;
  const { chat, message } = found;
  return {
    status: 200,
    body: { data: messageView(world, chat, message) },
    assuming: deliveryAssumptions(world, [message]),
    hint: magicMessageHint(chat, [message]),
  };
};
