import { operations } from "../../contracts/generated/v2/operations";
import { FaultTester } from "../testing/fault-tester";
import { socketCall } from "../testing/sockets";

// Asserted here, too: A-error-wording, A-migrate, A-retry-after, A-message-order, A-head.

const bench = new FaultTester();

test("status answers in the envelope of the operation, and nothing has happened", async () => {
  await bench.box.faults.arm({ fault: "status", status: 503, detail: "Down for maintenance" });
  const chat = await bench.send();
  expect(chat).toMatchObject({ status: 503, ended: "closed", headers: { "x-linq-mock-fault": "status" } });
  expect(JSON.parse(chat.body)).toEqual({
    errors: [{ status: 503, code: "service_unavailable", title: "Service Unavailable", detail: "Down for maintenance" }],
  });
  expect(JSON.parse((await bench.get("/contacts")).body)).toMatchObject({ status: "error", error_code: "SERVICE_UNAVAILABLE" });
  expect(await bench.messages()).toBe(1);
});

test("status with performed refuses what has happened", async () => {
  await bench.box.faults.arm({ fault: "status", status: 500, performed: true, first: 1 });
  expect((await bench.send()).status).toBe(500);
  expect(await bench.messages()).toBe(2);
  expect((await bench.send()).status).toBe(201);
});

test("status with performed refuses what would have been refused otherwise, too", async () => {
  await bench.box.faults.arm({ fault: "status", status: 500, performed: true });
  expect((await socketCall(bench.box.url, { ...FaultTester.SEND, body: {} })).status).toBe(500);
});

test("status says what the vendor documents, where it does", async () => {
  await bench.box.faults.arm({ fault: "status", status: 404 });
  expect(JSON.parse((await bench.get("/chats/1")).body).errors[0].detail).toBe("Chat not found");
  expect(JSON.parse((await bench.get("/contacts/1")).body)).toMatchObject({ error_code: "CONTACT_NOT_FOUND" });
  await bench.box.faults.disarm();
  await bench.box.faults.arm({ fault: "status", status: 422 });
  const { status, body: unmigrated } = await bench.get("/chats/1/migrate_to_v3");
  expect({ status, body: JSON.parse(unmigrated) }).toEqual({
    status: 422,
    body: { data: { v3_chat_id: null, v2_chat_id: 1, migrated: false } },
  });
  await bench.box.faults.disarm();
  await bench.box.faults.arm({ fault: "status", status: 429, detail: "Slow down" });
  const { headers, body } = await bench.get();
  expect([headers["retry-after"], JSON.parse(body).errors[0].detail]).toEqual(["10", "Slow down"]);
});

test("nothing is lost of an answer that has no body to cut", async () => {
  await bench.box.faults.arm({ fault: "truncated-body" });
  await socketCall(bench.box.url, { method: "DELETE", path: "/chats/1/stop_typing" });
  await bench.get();
  const requests = await bench.box.requests.list();
  expect(requests.map(({ operation, lost }) => [operation, lost])).toEqual([
    ["listChats", true],
    ["stopTyping", false],
  ]);
});

test("rate-limit answers 429 with Retry-After", async () => {
  await bench.box.faults.arm({ fault: "rate-limit", retry_after: 7 });
  expect(await bench.get()).toMatchObject({ status: 429, headers: { "retry-after": "7", "x-linq-mock-fault": "rate-limit" } });
});

test("expired-token answers 401", async () => {
  await bench.box.faults.arm({ fault: "expired-token" });
  const { status, body } = await bench.get();
  expect({ status, body: JSON.parse(body) }).toMatchObject({
    status: 401,
    body: { errors: [{ detail: "Invalid or missing authentication token" }] },
  });
});

test("drip sends the headers at once, and the body in pieces", async () => {
  await bench.box.faults.arm({ fault: "drip", ms: 1000 });
  const answer = bench.get();
  await bench.hits(1);
  for (let i = 0; i < 10; i += 1) await bench.box.clock.advance(100);
  const { status, pieces, body, headers } = await answer;
  expect({ status, length: Buffer.byteLength(body) }).toEqual({ status: 200, length: Number(headers["content-length"]) });
  expect(pieces).toBeGreaterThan(5);
  JSON.parse(body);
});

test("reset-before-headers resets the connection, and the call has taken effect", async () => {
  await bench.box.faults.arm({ fault: "reset-before-headers" });
  expect(await bench.send()).toMatchObject({ ended: "reset", pieces: 0 });
  expect(await bench.messages()).toBe(2);
  expect((await bench.box.requests.list())[0]).toMatchObject({ status: 201, fault: "reset-before-headers" });
});

test("reset-before-headers without performed loses the call", async () => {
  await bench.box.faults.arm({ fault: "reset-before-headers", performed: false });
  expect(await bench.send()).toMatchObject({ ended: "reset", pieces: 0 });
  expect(await bench.messages()).toBe(1);
});

test("reset-after-headers resets the connection behind the headers", async () => {
  await bench.box.faults.arm({ fault: "reset-after-headers" });
  const { status, headers, body, ended } = await bench.get();
  expect({ status, body, ended }).toEqual({ status: 200, body: "", ended: "reset" });
  expect(Number(headers["content-length"])).toBeGreaterThan(0);
});

test("truncated-body closes the connection within the body", async () => {
  await bench.box.faults.arm({ fault: "truncated-body" });
  const { status, headers, body, ended } = await bench.get();
  expect({ status, ended }).toEqual({ status: 200, ended: "closed" });
  expect(body.length).toBeGreaterThan(0);
  expect(body.length).toBeLessThan(Number(headers["content-length"]));
});

test("invalid-json is a whole answer whose body is no JSON", async () => {
  await bench.box.faults.arm({ fault: "invalid-json" });
  const { status, headers, body } = await bench.get();
  expect({ status, length: Number(headers["content-length"]) }).toEqual({ status: 200, length: Buffer.byteLength(body) });
  expect(() => JSON.parse(body)).toThrow();
});

test("empty-body has the status and no body", async () => {
  await bench.box.faults.arm({ fault: "empty-body" });
  expect(await bench.get()).toMatchObject({ status: 200, body: "", headers: { "content-length": "0" } });
});

test.each([
  [{ fault: "wrong-content-type" }, "text/html"],
  [{ fault: "wrong-content-type", content_type: "text/plain" }, "text/plain"],
] as const)("%j calls JSON something else", async (rule, type) => {
  await bench.box.faults.arm(rule);
  const { headers, body } = await bench.get();
  expect(headers["content-type"]).toBe(type);
  JSON.parse(body);
});

test.each([
  [{ fault: "html-error-page" }, 502, 1],
  [{ fault: "html-error-page", status: 504, performed: true }, 504, 2],
] as const)("%j is a page of a gateway", async (rule, status, there) => {
  await bench.box.faults.arm(rule);
  const answer = await bench.send();
  expect(answer).toMatchObject({ status, headers: { "content-type": "text/html" } });
  expect(answer.body).toContain(`<h1>${status} `);
  expect(await bench.messages()).toBe(there);
});

test("stale-read shows the world of some time ago, and writes see the world of now", async () => {
  await bench.box.faults.arm({ fault: "stale-read", ms: 2000 });
  const seen = async (): Promise<number> => JSON.parse((await bench.get("/chats/1/chat_messages")).body).data.length;
  await bench.send();
  await bench.box.clock.advance(1000);
  await bench.send();
  expect([await seen(), await bench.messages()]).toEqual([1, 3]);
  await bench.box.clock.advance(1000);
  expect(await seen()).toBe(2);
  await bench.box.clock.advance(1000);
  expect(await seen()).toBe(3);
});

test("a stale read is not older than its rule", async () => {
  await bench.send();
  await bench.box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  await bench.send();
  expect(JSON.parse((await bench.get("/chats/1/chat_messages")).body).data).toHaveLength(2);
});

test("a stale read sees what time alone has changed, as late as everything else", async () => {
  await bench.box.faults.arm({ fault: "stale-read", ms: 2000 });
  const status = async (): Promise<string> =>
    JSON.parse((await bench.get("/chats/1/chat_messages")).body).data.at(-1).delivery_status;
  await bench.send();
  await bench.box.clock.advance(2499);
  expect(await status()).toBe("pending");
  await bench.box.clock.advance(1);
  expect(await status()).toBe("delivered");
});

test.each<[string, () => Promise<unknown>]>([
  ["by its name", () => bench.box.faults.disarm("stale-read")],
  ["with all others", () => bench.box.faults.disarm()],
])("a stale read is not as old as a rule that was disarmed %s", async (_, disarm) => {
  await bench.box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  await disarm();
  await bench.send();
  await bench.box.faults.arm({ fault: "stale-read", ms: 3_600_000 });
  expect(JSON.parse((await bench.get("/chats/1/chat_messages")).body).data).toHaveLength(2);
});

test("faults add up: what is late can be cut off, too", async () => {
  await bench.box.faults.arm({ fault: "latency", ms: 500 });
  await bench.box.faults.arm({ fault: "truncated-body", name: "cut" });
  const answer = bench.get();
  await bench.hits(2);
  await bench.box.clock.advance(500);
  const { headers, body } = await answer;
  expect(headers["x-linq-mock-fault"]).toBe("latency, cut (truncated-body)");
  expect(body.length).toBeLessThan(Number(headers["content-length"]));
});

test.each([
  [{ fault: "status", status: 503 }, { fault: "html-error-page" }, 503, "application/json; charset=utf-8"],
  [{ fault: "html-error-page", status: 502 }, { fault: "html-error-page", status: 504 }, 502, "text/html"],
  [{ fault: "html-error-page" }, { fault: "rate-limit" }, 502, "text/html"],
] as const)("of the refusals %j and %j, the first counts", async (first, second, status, type) => {
  await bench.box.faults.arm(first);
  await bench.box.faults.arm({ ...second, name: "second" });
  expect(await bench.get()).toMatchObject({ status, headers: { "content-type": type } });
});

test("every operation can be faulted", async () => {
  await bench.box.faults.arm({ fault: "rate-limit" });
  const statuses = await Promise.all(
    Object.values(operations).map(async ({ method, path }) => {
      const { status } = await socketCall(bench.box.url, {
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
  await bench.box.faults.arm({ fault: "html-error-page", nth: 1 });
  await bench.get();
  await bench.get();
  expect(await bench.box.contractViolations()).toEqual([]);
  const [second, first] = await bench.box.requests.list();
  expect([first?.fault, second?.fault]).toEqual(["html-error-page", null]);
  expect(first?.response.body).toContain("502 Bad Gateway");
});

test("a HEAD is a GET without a body, also when it is late or spoilt", async () => {
  await bench.box.faults.arm({ fault: "html-error-page", operation: "listChats" });
  const { status, body, ended } = await socketCall(bench.box.url, { method: "HEAD", path: FaultTester.LIST });
  expect({ status, body, ended }).toEqual({ status: 502, body: "", ended: "closed" });
});

test("an answer without a body can be spoilt as well", async () => {
  for (const fault of ["drip", "truncated-body", "empty-body", "invalid-json"] as const) {
    await bench.box.faults.arm({ fault, operation: "stopTyping" });
    const answer = socketCall(bench.box.url, { method: "DELETE", path: "/chats/1/stop_typing" });
    await bench.hits(1);
    for (let i = 0; i < 10; i += 1) await bench.box.clock.advance(500);
    expect((await answer).status).toBe(204);
    await bench.box.faults.disarm();
  }
});
