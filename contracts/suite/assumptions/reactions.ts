import type { Message, Reaction } from "../api";
import type { RecordedExchange } from "../report";
import { Contradiction, type Group, type ProbeContext, requireStatus } from "./probe";
import { reactInTestChat } from "./test-chat";

/** What reacting more than once does. */
export const reactions = {
  "A-reaction-one": { kind: "send", requests: 6, probe: oneEach },
  "A-reaction-repeat": { kind: "send", requests: 0, probe: repeated },
} satisfies Group;

async function oneEach({ once }: ProbeContext): Promise<string> {
  const { added, replaced, shown, removedGone } = await once(reactInTestChat);
  requireStatus(added, 201, "adding a reaction");
  requireStatus(replaced, 201, "adding a reaction of another type");
  requireStatus(shown, 200, "reading the message");
  const { reactions: all } = dataOf<Message>(shown);
  const own = all.filter(({ is_from_me }) => is_from_me);
  if (own.length > 1) throw new Contradiction("a reaction of another type does not replace the one that is there");
  if (own[0]?.reaction !== "like")
    throw new Contradiction("a reaction of another type does not take the place of the one that is there");
  requireStatus(removedGone, 404, "removing a reaction that is not there");
  return "a reaction of another type replaces the one that is there, and removing one that is not there answers 404";
}

async function repeated({ once }: ProbeContext): Promise<string> {
  const { added, addedAgain, replaced, removed } = await once(reactInTestChat);
  requireStatus(added, 201, "adding a reaction");
  requireStatus(addedAgain, 201, "adding a reaction that is there already");
  requireStatus(replaced, 201, "adding a reaction of another type");
  const first = dataOf<Reaction>(added).id;
  if (dataOf<Reaction>(addedAgain).id !== first)
    throw new Contradiction("adding a reaction that is there already makes a new one");
  if (dataOf<Reaction>(replaced).id !== first) throw new Contradiction("a reaction that replaces another has another id");
  requireStatus(removed, 201, "removing a reaction");
  if (dataOf<Reaction>(removed).id !== first)
    throw new Contradiction("removing a reaction does not answer with what was removed");
  return "adding a reaction again keeps it, replacing it keeps its id, and removing it answers with it";
}

function dataOf<T>({ response }: RecordedExchange): T {
  return (response.body as { data: T }).data; // another shape is told apart
}
