import type { FixtureFaultRule } from "../../fixtures/generated/fixture-document";
import { startMockServer } from "../server/start-mock-server";
import type { TestSandbox } from "../test-sandbox";
import { FaultTester } from "../testing/fault-tester";
import { socketCall } from "../testing/sockets";
import { LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-error-wording, A-create-service, A-availability, A-auth-everywhere, A-auth-envelope.

const bench = new FaultTester();

const isHit = async (rule: FixtureFaultRule, path: string): Promise<boolean> => {
  await bench.box.reset();
  await bench.box.faults.arm(rule);
  return (await bench.get(path)).headers["x-linq-mock-fault"] !== undefined;
};

test.each([
  [{ operation: "listMessages" }, "/chats/1/chat_messages", "/chats/1"],
  [{ operation: ["getChat", "listMessages"] }, "/chats/1", FaultTester.LIST],
  [{ method: "GET", path: "/chats/*/chat_messages" }, "/chats/1/chat_messages", "/chats/1"],
  [{ path: "/api/partner/v2/chats/1" }, "/chats/1", "/chats/2"],
  [{ path: "/chats/1" }, "/chats/1/", "/chats/2/"],
  [{ path: "/chats/1" }, "/chats/%31", "/chats/%32"],
  [{ path: "*_messages" }, "/chats/2/chat_messages", "/chats/2"],
  [{ line: "+15559876543" }, "/chats/5", "/chats/1"],
  [{ line: "+15559876543" }, "/chats?phone_number=5559876543", FaultTester.LIST],
  [{ participant: "Ann Archer" }, "/chats/2/chat_messages", "/chats/4"],
  [{ participant: "+12055550103" }, "/contacts/find?phone_number=205-555-0103", "/contacts/find?phone_number=205-555-0101"],
  [{ participant: "dee@example.com" }, "/contacts/2", "/contacts/1"],
  [{ participant: "+12055550101", line: "+15559876543" }, "/chats/5", "/chats/1"],
] as const)("a rule of %j means %s, and not %s", async (match, meant, other) => {
  const rule = { fault: "empty-body", ...match } as FixtureFaultRule;
  expect([await isHit(rule, meant), await isHit(rule, other)]).toEqual([true, false]);
});

test("a rule means whom a body names, however the number is written", async () => {
  await bench.box.faults.arm({ fault: "status", status: 418, participant: "+12055550103" });
  const create = (phone: string) =>
    socketCall(bench.box.url, {
      method: "POST",
      path: "/chats",
      body: { send_from: LINE, chat: { phone_numbers: [phone] }, message: { text: "Hi" } },
    });
  expect((await create("(205) 555-0103")).status).toBe(418);
  expect((await create("+12055550104")).status).toBe(200);
});

test("a rule for somebody looks into a body, nested as deeply as is read", async () => {
  await bench.box.faults.arm({ fault: "status", status: 418, participant: "Ann Archer" });
  const create = (numbers: string) =>
    fetch(`${bench.box.url}/api/partner/v2/chats`, {
      method: "POST",
      headers: { "X-LINQ-INTEGRATION-TOKEN": "test", "Content-Type": "application/json" },
      body: `{"chat": {"phone_numbers": ${numbers}}}`,
    });
  const [deep, end] = ["[".repeat(150), "]".repeat(150)];
  expect((await create(`${deep}${end}`)).status).toBe(400);
  expect((await create(`${deep}"+12055550101"${end}`)).status).toBe(418);
});

test.each([
  [{}, [1, 2, 3, 4, 5, 6], null],
  [{ nth: 2 }, [2], 0],
  [{ first: 2 }, [1, 2], 0],
  [{ first: 8 }, [1, 2, 3, 4, 5, 6], 2],
  [{ every: 3 }, [3, 6], null],
  [{ after: 3 }, [3, 4, 5, 6], null],
  [{ after: 1 }, [1, 2, 3, 4, 5, 6], null],
  [{ until: 2 }, [1, 2], 0],
  [{ after: 2, until: 4 }, [2, 3, 4], 0],
  [{ after: 3, until: 3 }, [3], 0],
  [{ after: 3, every: 2 }, [4, 6], null],
  [{ after: 7 }, [], null],
] as const)("when %j, these of six calls are hit: %j, and %j are left", async (when, expected, left) => {
  await bench.box.faults.arm({ fault: "empty-body", ...when });
  const hit: number[] = [];
  for (let i = 1; i <= 6; i += 1) if ((await bench.get()).body === "") hit.push(i);
  expect(hit).toEqual(expected);
  expect(await bench.box.faults.list()).toMatchObject([{ matches: 6, hits: expected.length, left, spent: left === 0 }]);
});

test("a sequence answers one call after the other, and then lets them pass", async () => {
  const status = async (): Promise<number> => (await bench.get()).status;
  for (const fault of ["status", "html-error-page"] as const) {
    await bench.box.reset();
    await bench.box.faults.arm({ fault, operation: "listChats", sequence: [200, 200, 502, 503, 200] });
    const seen: number[] = [];
    for (let i = 1; i <= 7; i += 1) seen.push(await status());
    expect(seen).toEqual([200, 200, 502, 503, 200, 200, 200]);
    expect(await bench.box.faults.list()).toMatchObject([{ matches: 7, hits: 2, left: 0, spent: true }]);
  }
});

test("a token expires in the middle, and the next one works", async () => {
  await bench.box.faults.arm({ fault: "expired-token", token: "old-token", after: 3 });
  const status = async (token: string): Promise<number> =>
    (await fetch(`${bench.box.url}/api/partner/v2/chats/1`, { headers: { "X-LINQ-INTEGRATION-TOKEN": token } })).status;
  const tokens = ["old-token", "new-token", "old-token", "old-token", "old-token", "new-token"];
  const seen: number[] = [];
  for (const token of tokens) seen.push(await status(token));
  expect(seen).toEqual([200, 200, 200, 401, 401, 200]);
});

test("a rule acts from an instant of the sandbox's clock until another, counted from when it was armed", async () => {
  await bench.box.faults.arm({ fault: "status", status: 503, after: "in 1 minute", until: "2025-12-05T12:05:00-06:00" });
  const { box } = bench;
  expect(await box.faults.list()).toMatchObject([
    { after: "2025-12-05T12:01:00.000-06:00", until: "2025-12-05T12:05:00.000-06:00" },
  ]);
  const seen: [number, boolean | undefined][] = [];
  for (const ms of [0, 59_999, 1, 239_999, 1]) {
    await box.clock.advance(ms);
    seen.push([(await bench.get()).status, (await box.faults.list())[0]?.spent]);
  }
  expect(seen).toEqual([
    [200, false],
    [200, false],
    [503, false],
    [503, false],
    [200, true],
  ]);
});

test("a fixture, an option and a state say from when on, too", async () => {
  const rule: FixtureFaultRule = { fault: "status", status: 503, after: 2, until: "in 2 minutes" };
  const ofOption: FixtureFaultRule = { fault: "status", sequence: [200, 429], operation: "getChat", token: "t" };
  const mock = await startMockServer({
    fixtures: { ...smallWorld, faults: [rule] },
    faults: [ofOption],
    clock: FaultTester.NOW,
  });
  const box = await mock.sandbox();
  const seen: number[] = [];
  for (let i = 0; i < 2; i += 1) seen.push((await socketCall(box.url, { path: FaultTester.LIST })).status);
  expect(seen).toEqual([200, 503]);
  const state = await box.state();
  expect(state.faults).toMatchObject([
    { after: 2, until: "2025-12-05T12:02:00.000-06:00" },
    { sequence: [200, 429], token: "t" },
  ]);
  await box.load(state);
  expect((await box.state()).faults).toEqual(state.faults);
  await mock.stop();
});

test("a probability hits about so many, the same ones in every sandbox and after every reset, and others with another seed", async () => {
  const pattern = async (sandbox: TestSandbox): Promise<string> => {
    await sandbox.reset();
    await sandbox.faults.arm({ fault: "empty-body", probability: 0.3 });
    const hit: boolean[] = [];
    for (let i = 0; i < 100; i += 1) hit.push((await socketCall(sandbox.url, { path: FaultTester.LIST })).body === "");
    return hit.map(Number).join("");
  };
  const first = await pattern(bench.box);
  const share = first.replaceAll("0", "").length;
  expect(share).toBeGreaterThan(15);
  expect(share).toBeLessThan(45);
  expect(await pattern(bench.box)).toBe(first);
  expect(await pattern(await bench.mock.sandbox())).toBe(first);
  const seeded = await startMockServer({ fixtures: smallWorld, seed: 7 });
  expect(await pattern(await seeded.sandbox())).not.toBe(first);
  await seeded.stop();
});

test("a snapshot has its rules and how far they are", async () => {
  await bench.box.faults.arm({ fault: "empty-body", nth: 2 });
  await bench.get();
  await bench.box.snapshots.save("one-call");
  expect((await bench.get()).body).toBe("");
  await bench.box.snapshots.restore("one-call");
  expect((await bench.get()).body).toBe("");
  expect((await bench.get()).body).not.toBe("");
});
