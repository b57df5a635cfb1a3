import { Failure } from "../../../server/failure";
import { addToChat as add, removeFromChat as remove } from "../../../world/chats";
import { bestService } from "../../../world/magic-values";
import { handleOf, isGroup } from "../../../world/participants";
import type { World } from "../../../world/world";
import { refuse } from "../../errors";
import { chatAt } from "../../find-or-404";
import type { Operation } from "../../operation";
import { readHandles, sandboxRefusal } from "../../sending";
import { traceOf } from "../../trace";
import { chatServiceOf } from "./view";

const FEWEST = 3;

/** Asks for somebody to be added to a group on iMessage. */
export const addParticipant: Operation<"addParticipant"> = (world, { path: { chatId }, body: { handle }, traceSource }) => {
  const group = groupAt(world, chatId);
  if (group instanceof Failure) return group;
  const people = readHandles([handle], () => "handle");
  if (people instanceof Failure) return people;
  const [person] = people;
  if (person === undefined || handleOf(group, person)) return refuse("2015", { hint: `${handle} is in the chat.` });
  if ((bestService(world, person) ?? "iMessage") !== "iMessage")
    return refuse("2017", { hint: `${handle} cannot be reached by iMessage.` });
  const refusal = sandboxRefusal(world, group.line, people, "A-v3-sandbox-participant");
  if (refusal) return refusal;
  add(world, group, person);
  return { status: 202, body: { message: "Participant addition queued", status: "accepted", trace_id: traceOf(traceSource) } };
};

/** Asks for somebody to be removed from a group on iMessage; three stay, and nobody removes themselves. */
export const removeParticipant: Operation<"removeParticipant"> = (
  world,
  { path: { chatId }, body: { handle }, traceSource },
) => {
  const group = groupAt(world, chatId);
  if (group instanceof Failure) return group;
  const people = readHandles([handle], () => "handle");
  if (people instanceof Failure) return people;
  const theirs = people[0] && handleOf(group, people[0]);
  if (!theirs) return refuse("2015", { hint: `${handle} is not in the chat.` });
  if (theirs.identifier === group.line) return refuse("2015", { hint: "The line leaves by POST /chats/{chatId}/leave." });
  if (group.handles.length <= FEWEST) return refuse("2015", { hint: `${FEWEST} must stay, the line among them.` });
  remove(world, group, theirs);
  return { status: 202, body: { message: "Participant removal queued", status: "accepted", trace_id: traceOf(traceSource) } };
};

/** A group whose people may change. */
function groupAt(world: World, uuid: string) {
  const chat = chatAt(world, uuid);
  if (chat instanceof Failure) return chat;
  if (!isGroup(chat)) return refuse("2015", { hint: "A direct chat cannot become a group: create one." });
  return chatServiceOf(world, chat) === "iMessage" ? chat : refuse("2017");
}
