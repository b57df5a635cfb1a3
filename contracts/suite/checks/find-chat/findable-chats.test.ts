import type { ApiChat, ApiPhoneNumber } from "../../../api-types";
import type { Api } from "../../api";
import { Broken, Skip } from "../../law-errors";
import { expectFoundEachWay, findableChats } from "./findable-chats";

const LINE = "+12052761148";
const OTHER_LINE = "+13125550150";

function chat(id: number, ...participants: string[]): ApiChat {
  const chat_handles = [...participants, LINE].map((phone_number, i) => ({
    id: id * 100 + i,
    phone_number,
    service: "iMessage" as const,
    joined_at: "2025-05-21T15:30:00.000-05:00",
  }));
  return { id, display_name: "", service: "iMessage", group: participants.length > 1, message_count: 0, chat_handles };
}

function place(...chats: ApiChat[]): Parameters<typeof findableChats>[0] {
  const lines = [LINE, OTHER_LINE].map((phone_number, i): ApiPhoneNumber => {
    return { id: i + 1, phone_number, forwarding_number: null, response_rate: 90 };
  });
  return { line: LINE, sample: { someChats: async () => chats, lines: async () => lines } };
}

test("groups come first, the rest stays in its order", async () => {
  const [group, first, second] = [chat(3, "+12055550101", "b@example.com"), chat(2, "+12055550101"), chat(1, "+12055550102")];
  expect(await findableChats(place(first, group, second))).toEqual([group, first, second]);
});

test("chats with another own line are left out", async () => {
  const own = [chat(1, OTHER_LINE), chat(2, OTHER_LINE, "+12055550101")];
  expect(await findableChats(place(...own, chat(3, "+12055550101")))).toEqual([chat(3, "+12055550101")]);
  await expect(findableChats(place(...own))).rejects.toThrow(Skip);
});

const CHAT: ApiChat = {
  id: 45,
  display_name: "John Doe",
  service: "iMessage",
  group: false,
  message_count: 15,
  chat_handles: [],
};

/** A server that finds the chat when it is asked with certain participants. */
function finds(...known: string[]): Pick<Api, "find"> {
  return { find: async (_, participants) => (known.includes(participants.join()) ? CHAT : null) };
}

const ask = (api: Pick<Api, "find">): Promise<void> =>
  expectFoundEachWay(api, "find in another order", [
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
