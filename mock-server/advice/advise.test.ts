import { AdviceTester } from "../testing/advice-tester";

const bench = new AdviceTester();

// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
async function adviceOf(url: string): Promise<any> {
  const response = await fetch(`${url}/__mock/advice`);
  return response.json();
}

test("nothing was asked, and nothing is advised", async () => {
  expect(await adviceOf(bench.box.url)).toEqual({
    advice: [],
    notes: [],
    based_on: { requests: 0, requests_evicted: 0, deliveries: 0, deliveries_evicted: 0 },
  });
});

test("the newest five of what was seen are shown, and all are counted", async () => {
  for (let i = 0; i < 8; i += 1) {
    await bench.api("GET", `/chats?phone_number=+1205276114${i}`, undefined, { "X-Request-Id": `ask-${i}` });
  }
  const { advice, based_on } = await adviceOf(bench.box.url);
  expect(advice).toMatchObject([{ id: "plus-not-encoded", count: 8 }]);
  expect(advice[0].evidence.map(({ requests }: { requests: string[] }) => requests[0])).toEqual([
    ..."76543".split("").map((i) => `ask-${i}`),
  ]);
  expect(based_on.requests).toBe(8);
});

test("what the journal has dropped is counted", async () => {
  await bench.api("GET", "/chats?phone_number=+12052761148");
  const [entry] = bench.world.journal.entries();
  if (!entry) throw new Error("there was a request");
  for (let i = 0; i < 500; i += 1) bench.world.journal.add({ ...entry, url: "/api/partner/v2/chats/1", operation: "getChat" });
  const { advice, based_on } = await adviceOf(bench.box.url);
  expect(based_on).toMatchObject({ requests: 500, requests_evicted: 1 });
  expect(advice).toMatchObject([{ id: "polling" }]);
});

test("notes name the assumptions that answers rest on, but not those of forced and of faulty answers", async () => {
  const find = "/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055550101";
  await bench.api("GET", find);
  await bench.api("GET", find, undefined, { "X-Request-Id": "second" });
  await bench.api("GET", "/chats?phone_number=%2B12052761148", undefined, { Prefer: "code=200" });
  await bench.api("GET", "/chats?phone_number=nobody");
  const [found] = bench.world.journal.entries();
  if (found) bench.world.journal.add({ ...found, fault: "slow" });
  const { advice, notes } = await adviceOf(bench.box.url);
  expect(advice).toEqual([]);
  expect(notes).toMatchObject([
    { id: "assumptions-met", title: "3 answers rest on assumptions", count: 3 },
    { id: "migrate-to-v3", count: 2 },
  ]);
  expect(notes[0].assumptions).toEqual([
    { id: "A-find-match", count: 2, operations: ["findChat"] },
    { id: "A-number-invalid", count: 1, operations: ["listChats"] },
    { id: "A-error-wording", count: 1, operations: ["listChats"] },
  ]);
  expect(notes[0].evidence[1]).toMatchObject({ requests: ["second"], what: "findChat answered 200 by A-find-match" });
});

test("a client of V2 is told what each operation that it used is in V3", async () => {
  for (const path of ["/chats/1", "/chats/1", "/contacts", "/chats/999"]) await bench.api("GET", path);
  const { notes } = await adviceOf(bench.box.url);
  const { evidence, count } = notes.find(({ id }: { id: string }) => id === "migrate-to-v3");
  expect(count).toBe(2);
  expect(evidence.map(({ what }: { what: string }) => what)).toEqual([
    "listContacts (GET): nothing: V3 has no contacts; stay with V2 for them",
    "getChat (GET): GET /v3/chats/{chatId}: no data around it, no message_count",
  ]);
});

test("each sandbox has advice of its own", async () => {
  await bench.api("GET", "/chats?phone_number=+12052761148");
  expect((await adviceOf(bench.server.url)).advice).toEqual([]);
  expect((await adviceOf(bench.box.url)).advice).toHaveLength(1);
});

test("bodies that no client should send are looked at without harm", async () => {
  const deep = `{"message":{"text":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`;
  for (const body of [
    deep,
    deep,
    "[]",
    "7",
    '{"message":{"text":7}}',
    '{"chat":{"phone_numbers":7},"message":{"text":"Hi"}}',
  ]) {
    for (const path of ["/chats", "/chats/1/chat_messages"]) {
      const headers = { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" };
      await fetch(`${bench.box.url}/api/partner/v2${path}`, { method: "POST", headers, body });
    }
  }
  const [first] = bench.world.journal.entries();
  if (!first) throw new Error("there was a request");
  for (const startedAt of [0, 6]) bench.world.journal.add({ ...first, startedAt, ms: 5, status: 429, retryAfter: 10 });
  expect((await adviceOf(bench.box.url)).advice).toMatchObject([{ id: "retry-after-ignored" }]);
});
