import type { Api } from "./api";
import { expectSame } from "./judging/expect";
import { Skip } from "./judging/signals";

/** A line and participants, in one of the ways to ask for the same chat. */
type Way = readonly [line: string, participants: readonly string[]];

/**
 * Asks find for a chat in several ways; `what` says in which others than the first.
 *
 * @throws Broken when the answers differ, Skip when it is found in no way, which law 8 tells
 */
export async function findInWays(
  api: Pick<Api, "find">,
  what: string,
  [first, ...others]: readonly [Way, ...Way[]],
): Promise<void> {
  const found = await api.find(...first);
  for (const way of others) expectSame(await api.find(...way), found, what);
  if (!found) throw new Skip("find did not find the chat");
}
