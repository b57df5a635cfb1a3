import { operations } from "../../contracts/generated/operations";
import type { FixtureFaultRule } from "../../fixtures/generated/fixture-document";
import { type MockServer, startMockServer, type TestSandbox } from "../index";
import { LINE, smallWorld } from "../testing/small-world";
import { type SocketAnswer, socketCall } from "../testing/socket-call";

const NOON = "2025-12-05T12:00:00.000-06:00";
const LIST = `/chats?phone_number=${encodeURIComponent(LINE)}`;
const SEND = { method: "POST", path: "/chats/1/chat_messages", body: { message: { text: "Hello" } } };

let mock: MockServer;
let box: TestSandbox;

beforeEach(async () => {
  mock = await startMockServer({ fixtures: smallWorld, clock: NOON });
  box = await mock.sandbox();
});

afterEach(async () => {
  await box.reset();
  expect(await box.faults.list()).toEqual([]);
  await mock.stop();
});

function get(path = LIST): Promise<SocketAnswer> {
  return socketCall(box.url, { path });
}

/** How many messages chat 1 has. */
async function messages(): Promise<number> {
  const { chats = [] } = await box.state();
  return chats[0]?.messages?.length ?? 0;
}

/** Resolves once rules have befallen so many calls. */
async function hits(count: number): Promise<void> {
  const all = (await box.faults.list()).reduce((sum, fault) => sum + fault.hits, 0);
  if (all < count) await hits(count);
}

test("status answers in the envelope of the operation, and nothing has happened", async () => {
  await box.faults.arm({ fault: "status", status: 503, detail: "Down for maintenance" });
  const chat = await socketCall(box.url, SEND);
  expect(chat).toMatchObject({ status: 503, ended: "closed", headers: { "x-linq-mock-fault": "status" } });
  expect(JSON.parse(chat.body)).toEqual({
    errors: [{ status: 503, code: "service_unavailable", title: "Service Unavailable", detail: "Down for maintenance" }],
  });
  expect(JSON.parse((await get("/contacts")).body)).toMatchObject({ status: "error", error_code: "SERVICE_UNAVAILABLE" });
  expect(await messages()).toBe(1);
});

test("status with performed refuses what has happened", async () => {
  await box.faults.arm({ fault: "status", status: 500, performed: true, first: 1 });
  expect((await socketCall(box.url, SEND)).status).toBe(500);
  expect(await messages()).toBe(2);
  expect((await socketCall(box.url, SEND)).status).toBe(201);
});

test("status with performed refuses what would have been refused otherwise, too", async () => {
  await box.faults.arm({ fault: "status", status: 500, performed: true });
  expect((await socketCall(box.url, { ...SEND, body: {} })).status).toBe(500);
});

test("rate-limit answers 429 with Retry-After", async () => {
  await box.faults.arm({ fault: "rate-limit", retry_after: 7 });
  expect(await get()).toMatchObject({ status: 429, headers: { "retry-after": "7", "x-linq-mock-fault": "rate-limit" } });
});

test("expired-token answers 401", async () => {
  await box.faults.arm({ fault: "expired-token" });
  const { status, body } = await get();
  expect({ status, body: JSON.parse(body) }).toMatchObject({
    status: 401,
    body: { errors: [{ detail: "The token has expired" }] },
  });
});

test("latency holds an answer back until the sandbox's clock is so far", async () => {
  await box.faults.arm({ fault: "latency", ms: 3000 });
  let isThere = false;
  const answer = get().finally(() => {
    isThere = true;
  });
  await hits(1);
  await box.clock.advance(2999);
  expect(isThere).toBe(false);
  expect(await box.requests.list()).toEqual([]);
  await box.clock.advance(1);
  expect(await answer).toMatchObject({ status: 200, headers: { "x-linq-mock-fault": "latency" } });
});

test("latency of a range lies within it, and is the same in every run", async () => {
  const late = async (): Promise<number> => {
    await box.reset();
    await box.faults.arm({ fault: "latency", ms: 1000, max_ms: 2000 });
    const answer = get();
    await hits(1);
    for (let ms = 0; ms <= 2000; ms += 50) {
      if ((await box.requests.list()).length > 0) {
        await answer;
        return ms;
      }
      await box.clock.advance(50);
    }
    throw new Error("it never came");
  };
  const first = await late();
  expect(first).toBeGreaterThanOrEqual(1000);
  expect(first).toBeLessThanOrEqual(2050);
  expect(await late()).toBe(first);
});

test("drip sends the headers at once, and the body in pieces", async () => {
  await box.faults.arm({ fault: "drip", ms: 1000 });
  const answer = get();
  await hits(1);
  for (let i = 0; i < 10; i += 1) await box.clock.advance(100);
  const { status, pieces, body, headers } = await answer;
  expect({ status, length: Buffer.byteLength(body) }).toEqual({ status: 200, length: Number(headers["content-length"]) });
  expect(pieces).toBeGreaterThan(5);
  JSON.parse(body);
});

test("reset-before-headers resets the connection, and the call has taken effect", async () => {
  await box.faults.arm({ fault: "reset-before-headers" });
  expect(await socketCall(box.url, SEND)).toMatchObject({ ended: "reset", pieces: 0 });
  expect(await messages()).toBe(2);
  expect((await box.requests.list())[0]).toMatchObject({ status: 201, fault: "reset-before-headers" });
});

test("reset-before-headers without performed loses the call", async () => {
  await box.faults.arm({ fault: "reset-before-headers", performed: false });
  expect(await socketCall(box.url, SEND)).toMatchObject({ ended: "reset", pieces: 0 });
  expect(await messages()).toBe(1);
});

test("reset-after-headers resets the connection behind the headers", async () => {
  await box.faults.arm({ fault: "reset-after-headers" });
  const { status, headers, body, ended } = await get();
  expect({ status, body, ended }).toEqual({ status: 200, body: "", ended: "reset" });
  expect(Number(headers["content-length"])).toBeGreaterThan(0);
});

test("truncated-body closes the connection within the body", async () => {
  await box.faults.arm({ fault: "truncated-body" });
  const { status, headers, body, ended } = await get();
  expect({ status, ended }).toEqual({ status: 200, ended: "closed" });
  expect(body.length).toBeGreaterThan(0);
  expect(body.length).toBeLessThan(Number(headers["content-length"]));
});

test("invalid-json is a whole answer whose body is no JSON", async () => {
  await box.faults.arm({ fault: "invalid-json" });
  const { status, headers, body } = await get();
  expect({ status, length: Number(headers["content-length"]) }).toEqual({ status: 200, length: Buffer.byteLength(body) });
  expect(() => JSON.parse(body)).toThrow();
});

test("empty-body has the status and no body", async () => {
  await box.faults.arm({ fault: "empty-body" });
  expect(await get()).toMatchObject({ status: 200, body: "", headers: { "content-length": "0" } });
});

test.each([
  [{ fault: "wrong-content-type" }, "text/html"],
  [{ fault: "wrong-content-type", content_type: "text/plain" }, "text/plain"],
] as const)("%j calls JSON something else", async (rule, type) => {
  await box.faults.arm(rule);
  const { headers, body } = await get();
  expect(headers["content-type"]).toBe(type);
  JSON.parse(body);
});

test.each([
  [{ fault: "html-error-page" }, 502, 1],
  [{ fault: "html-error-page", status: 504, performed: true }, 504, 2],
] as const)("%j is a page of a gateway", async (rule, status, there) => {
  await box.faults.arm(rule);
  const answer = await socketCall(box.url, SEND);
  expect(answer).toMatchObject({ status, headers: { "content-type": "text/html" } });
  expect(answer.body).toContain(`<h1>${status} `);
  expect(await messages()).toBe(there);
});

test("stale-read shows the world of some time ago, and writes see the world of now", async () => {
  await box.faults.arm({ fault: "stale-read", ms: 2000 });
  const seen = async (): Promise<number> => JSON.parse((await get("/chats/1/chat_messages")).body).data.length;
  await socketCall(box.url, SEND);
  await box.clock.advance(1000);
  await socketCall(box.url, SEND);
  expect([await seen(), await messages()]).toEqual([1, 3]);
  await box.clock.advance(1000);
  expect(await seen()).toBe(2);
  await box.clock.advance(1000);
  expect(await seen()).toBe(3);
});

test("a stale read is not older than its rule", async () => {
  await socketCall(box.url, SEND);
  await box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  await socketCall(box.url, SEND);
  expect(JSON.parse((await get("/chats/1/chat_messages")).body).data).toHaveLength(2);
});

test("a stale read sees what time alone has changed, as late as everything else", async () => {
  await box.faults.arm({ fault: "stale-read", ms: 2000 });
  const status = async (): Promise<string> =>
    JSON.parse((await get("/chats/1/chat_messages")).body).data.at(-1).delivery_status;
  await socketCall(box.url, SEND);
  await box.clock.advance(2499);
  expect(await status()).toBe("pending");
  await box.clock.advance(1);
  expect(await status()).toBe("delivered");
});

test.each<[string, () => Promise<unknown>]>([
  ["by its name", () => box.faults.disarm("stale-read")],
  ["with all others", () => box.faults.disarm()],
])("a stale read is not as old as a rule that was disarmed %s", async (_, disarm) => {
  await box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  await disarm();
  await socketCall(box.url, SEND);
  await box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  expect(JSON.parse((await get("/chats/1/chat_messages")).body).data).toHaveLength(2);
});

test("faults add up: what is late can be cut off, too", async () => {
  await box.faults.arm({ fault: "latency", ms: 500 });
  await box.faults.arm({ fault: "truncated-body", name: "cut" });
  const answer = get();
  await hits(2);
  await box.clock.advance(500);
  const { headers, body } = await answer;
  expect(headers["x-linq-mock-fault"]).toBe("latency, cut (truncated-body)");
  expect(body.length).toBeLessThan(Number(headers["content-length"]));
});

test.each([
  [{ fault: "status", status: 503 }, { fault: "html-error-page" }, 503, "application/json; charset=utf-8"],
  [{ fault: "html-error-page", status: 502 }, { fault: "html-error-page", status: 504 }, 502, "text/html"],
  [{ fault: "html-error-page" }, { fault: "rate-limit" }, 502, "text/html"],
] as const)("of the refusals %j and %j, the first counts", async (first, second, status, type) => {
  await box.faults.arm(first);
  await box.faults.arm({ ...second, name: "second" });
  expect(await get()).toMatchObject({ status, headers: { "content-type": type } });
});

const isHit = async (rule: FixtureFaultRule, path: string): Promise<boolean> => {
  await box.reset();
  await box.faults.arm(rule);
  return (await get(path)).headers["x-linq-mock-fault"] !== undefined;
};

test.each([
  [{ operation: "listMessages" }, "/chats/1/chat_messages", "/chats/1"],
  [{ operation: ["getChat", "listMessages"] }, "/chats/1", LIST],
  [{ method: "GET", path: "/chats/*/chat_messages" }, "/chats/1/chat_messages", "/chats/1"],
  [{ path: "/api/partner/v2/chats/1" }, "/chats/1", "/chats/2"],
  [{ path: "*_messages" }, "/chats/2/chat_messages", "/chats/2"],
  [{ line: "+15559876543" }, "/chats/5", "/chats/1"],
  [{ line: "+15559876543" }, "/chats?phone_number=5559876543", LIST],
  [{ participant: "Ann Archer" }, "/chats/2/chat_messages", "/chats/4"],
  [{ participant: "+12055550103" }, "/contacts/find?phone_number=205-555-0103", "/contacts/find?phone_number=205-555-0101"],
  [{ participant: "dee@example.com" }, "/contacts/2", "/contacts/1"],
  [{ participant: "+12055550101", line: "+15559876543" }, "/chats/5", "/chats/1"],
] as const)("a rule of %j means %s, and not %s", async (match, meant, other) => {
  const rule = { fault: "empty-body", ...match } as FixtureFaultRule;
  expect([await isHit(rule, meant), await isHit(rule, other)]).toEqual([true, false]);
});

test("a rule means whom a body names, however the number is written", async () => {
  await box.faults.arm({ fault: "status", status: 418, participant: "+12055550103" });
  const create = (phone: string) =>
    socketCall(box.url, {
      method: "POST",
      path: "/chats",
      body: { send_from: LINE, chat: { phone_numbers: [phone] }, message: { text: "Hi" } },
    });
  expect((await create("(205) 555-0103")).status).toBe(418);
  expect((await create("+12055550104")).status).toBe(200);
});

test("a rule for somebody looks into a body however deep it is nested", async () => {
  await box.faults.arm({ fault: "status", status: 418, participant: "Ann Archer" });
  const create = (numbers: string) =>
    fetch(`${box.url}/api/partner/v2/chats`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" },
      body: `{"chat": {"phone_numbers": ${numbers}}}`,
    });
  const [deep, end] = ["[".repeat(100_000), "]".repeat(100_000)];
  expect((await create(`${deep}${end}`)).status).toBe(400);
  expect((await create(`${deep}"+12055550101"${end}`)).status).toBe(418);
});

test.each([
  [{}, [1, 2, 3, 4, 5, 6]],
  [{ nth: 2 }, [2]],
  [{ first: 2 }, [1, 2]],
  [{ every: 3 }, [3, 6]],
] as const)("when %j, these of six calls are hit: %j", async (when, expected) => {
  await box.faults.arm({ fault: "empty-body", ...when });
  const hit: number[] = [];
  for (let i = 1; i <= 6; i += 1) if ((await get()).body === "") hit.push(i);
  expect(hit).toEqual(expected);
  expect(await box.faults.list()).toMatchObject([{ matches: 6, hits: expected.length }]);
});

test("a probability hits about so many, the same ones in every sandbox and after every reset, and others with another seed", async () => {
  const pattern = async (sandbox: TestSandbox): Promise<string> => {
    await sandbox.reset();
    await sandbox.faults.arm({ fault: "empty-body", probability: 0.3 });
    const hit: boolean[] = [];
    for (let i = 0; i < 100; i += 1) hit.push((await socketCall(sandbox.url, { path: LIST })).body === "");
    return hit.map(Number).join("");
  };
  const first = await pattern(box);
  const share = first.replaceAll("0", "").length;
  expect(share).toBeGreaterThan(15);
  expect(share).toBeLessThan(45);
  expect(await pattern(box)).toBe(first);
  expect(await pattern(await mock.sandbox())).toBe(first);
  const seeded = await startMockServer({ fixtures: smallWorld, seed: 7 });
  expect(await pattern(await seeded.sandbox())).not.toBe(first);
  await seeded.stop();
});

test("a snapshot has its rules and how far they are", async () => {
  await box.faults.arm({ fault: "empty-body", nth: 2 });
  await get();
  await box.snapshots.save("one-call");
  expect((await get()).body).toBe("");
  await box.snapshots.restore("one-call");
  expect((await get()).body).toBe("");
  expect((await get()).body).not.toBe("");
});

test("every operation can be faulted", async () => {
  await box.faults.arm({ fault: "rate-limit" });
  const statuses = await Promise.all(
    Object.values(operations).map(async ({ method, path }) => {
      const { status } = await socketCall(box.url, {
        method,
        path: path.replaceAll(/\{\w+\}/g, "1"),
        ...(method !== "GET" && { body: {} }),
      });
      return `${method} ${path} ${status}`;
    }),
  );
  expect(statuses).toEqual(Object.values(operations).map(({ method, path }) => `${method} ${path} 429`));
});

test("the journal says which faults touched an answer, and does not hold them against the mock", async () => {
  await box.faults.arm({ fault: "html-error-page", nth: 1 });
  await get();
  await get();
  expect(await box.contractViolations()).toEqual([]);
  const [second, first] = await box.requests.list();
  expect([first?.fault, second?.fault]).toEqual(["html-error-page", null]);
  expect(first?.response.body).toContain("502 Bad Gateway");
});

test("a HEAD is a GET without a body, also when it is late or spoilt", async () => {
  await box.faults.arm({ fault: "html-error-page", operation: "listChats" });
  const { status, body, ended } = await socketCall(box.url, { method: "HEAD", path: LIST });
  expect({ status, body, ended }).toEqual({ status: 502, body: "", ended: "closed" });
});

test("an answer without a body can be spoilt as well", async () => {
  for (const fault of ["drip", "truncated-body", "empty-body", "invalid-json"] as const) {
    await box.faults.arm({ fault, operation: "stopTyping" });
    const answer = socketCall(box.url, { method: "DELETE", path: "/chats/1/stop_typing" });
    await hits(1);
    for (let i = 0; i < 10; i += 1) await box.clock.advance(500);
    expect((await answer).status).toBe(204);
    await box.faults.disarm();
  }
});

test("a reset, and disarming all, let go of answers that are held back", async () => {
  for (const release of [() => box.reset(), () => box.faults.disarm()]) {
    await box.faults.arm({ fault: "latency", ms: 3_600_000 });
    const answer = get();
    await hits(1);
    await release();
    expect((await answer).status).toBe(200);
  }
  expect((await get()).headers["x-linq-mock-fault"]).toBeUndefined();
});

test("a caller who does not wait for a late answer leaves nothing behind", async () => {
  await box.faults.arm({ fault: "latency", ms: 3_600_000 });
  const impatience = new AbortController();
  const answer = fetch(`${box.url}/api/partner/v2${LIST}`, {
    headers: { "X-LINQ-INTEGRATION-TOKEN": "test" },
    signal: impatience.signal,
  });
  await hits(1);
  impatience.abort();
  await expect(answer).rejects.toThrow();
  await box.requests.waitFor({ operation: "listChats" });
});

test("stopping does not wait for answers that are held back", async () => {
  const other = await startMockServer({ fixtures: smallWorld, clock: NOON, faults: [{ fault: "latency", ms: 3_600_000 }] });
  const inbox = await other.sandbox();
  const answer = socketCall(inbox.url, { path: LIST });
  while ((await inbox.faults.list())[0]?.hits === 0);
  await other.stop();
  expect((await answer).status).toBe(200);
});
