import type { Api, Chat } from "./api";
import { findInWays } from "./find-in-ways";
import { Broken, Skip } from "./judging/signals";

const CHAT: Chat = { id: 45, display_name: "John Doe", service: "iMessage", group: false, message_count: 15, chat_handles: [] };

/** A server that finds the chat when it is asked with certain participants. */
function finds(...known: string[]): Pick<Api, "find"> {
  return { find: async (_, participants) => (known.includes(participants.join()) ? CHAT : null) };
}

const ask = (api: Pick<Api, "find">): Promise<void> =>
  findInWays(api, "find in another order", [
    ["line", ["a", "b"]],
    ["line", ["b", "a"]],
  ]);

test("the same chat in every way is right", async () => {
  await expect(ask(finds("a,b", "b,a"))).resolves.toBeUndefined();
});

test.each(["a,b", "b,a"])("a chat that is found as %s alone breaks the law", async (known) => {
  await expect(ask(finds(known))).rejects.toThrow(Broken);
});

test("nothing found in any way says nothing", async () => {
  await expect(ask(finds())).rejects.toThrow(Skip);
});
