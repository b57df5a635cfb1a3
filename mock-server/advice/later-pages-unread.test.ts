import { AdviceTester } from "../testing/advice-tester";
import { ANN, LINE } from "../testing/worlds";

const bench = new AdviceTester();
beforeEach(async () => {
  for (const text of ["1", "2", "3", "4"]) await bench.box.simulate.message({ chat: 1, text });
});

const MESSAGES = "/chats/1/chat_messages?per_page=2";
const CHATS = `/chats?phone_number=${encodeURIComponent(LINE)}&per_page=2`;

function get(path: string, headers: Record<string, string> = {}) {
  return bench.api("GET", path, undefined, headers);
}

test("each list of which nobody read on", async () => {
  await get(MESSAGES, { "X-Request-Id": "a" });
  await bench.box.clock.advance(5000);
  await get(MESSAGES, { "X-Request-Id": "b" });
  await get(CHATS);
  await get(CHATS.replace("%2B1", "1"));
  await get("/contacts?per_page=1", { "X-Request-Id": "c" });
  const [advice, ...others] = await bench.box.advice();
  expect(others).toEqual([]);
  expect(advice).toMatchObject({ id: "later-pages-unread", title: "3 lists have pages that were never read" });
  expect(advice?.evidence).toMatchObject([
    { requests: ["c"], what: "of the 2 pages of the contacts, the first was read once, and no other" },
    { what: `of the 2 pages of the chats of ${LINE}, the first was read 2 times, and no other` },
    { requests: ["a", "b"], what: "of the 3 pages of the messages of chat 1, the first was read 2 times, and no other" },
  ]);
});

test.each<[string, readonly string[]]>([
  ["a later page was read", [MESSAGES, `${MESSAGES}&page=2`]],
  ["a later page was read of the same list, written otherwise", [CHATS, `${CHATS.replace("%2B1", "1")}&page=2`]],
  ["there is one page", ["/chats/1/chat_messages", "/contacts", `/chats?phone_number=${encodeURIComponent(ANN)}`]],
  ["it reads the newest", [`${MESSAGES}&sort=desc`]],
  ["it reads what is new since a moment", [`${MESSAGES}&after=2020-01-01T00:00:00Z`]],
  ["it reads on from the last moment", [MESSAGES, `${MESSAGES}&after=2020-01-01T00:00:00Z`]],
  ["it was refused", [`${MESSAGES}&sort=up`, "/chats/99/chat_messages", "/chats?phone_number=x"]],
])("nothing is advised when %s", async (_, paths) => {
  for (const path of paths) await get(path);
  expect(await bench.advised()).toEqual([]);
});

test("nothing is advised of an answer that was wished for", async () => {
  await get(MESSAGES, { Prefer: "code=200" });
  expect(await bench.advised()).toEqual([]);
});

test("a later page that the journal has forgotten was read all the same", async () => {
  await get(MESSAGES);
  await get(`${MESSAGES}&page=2`);
  await bench.box.requests.clear();
  await get(MESSAGES);
  expect(await bench.advised()).toEqual([]);
});
