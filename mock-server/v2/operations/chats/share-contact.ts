import { chatNotFound, failure } from "../../errors";
import { hints } from "../../hints";
import type { Operation } from "../../operation";

/** Shares the organization's contact card with the chat, if the organization may. */
export const shareContact: Operation<"shareContact"> = (world, { path }) => {
  const chat = world.chats.get(path.chat_id);
  if (!chat) return chatNotFound;
  if (!world.seed.contactSharing) {
    const notes = { assuming: ["A-share-disabled"], hint: hints.contactSharingDisabled } as const;
    return failure(422, "Contact sharing is not enabled for your organization", notes);
  }
  world.announce({ kind: "contact_card.shared", chat });
  return { status: 201, body: undefined };
};
