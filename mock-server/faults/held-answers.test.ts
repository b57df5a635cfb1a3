import { connect } from "node:net";
import { startMockServer } from "../server/start-mock-server";
import { FaultTester } from "../testing/fault-tester";
import { socketCall } from "../testing/sockets";
import { smallWorld } from "../testing/worlds";

// Asserted here, too: A-head.

const bench = new FaultTester();

test("latency holds an answer back until the sandbox's clock is so far", async () => {
  await bench.box.faults.arm({ fault: "latency", ms: 3000 });
  let isThere = false;
  const answer = bench.get().finally(() => {
    isThere = true;
  });
  await bench.hits(1);
  await bench.box.clock.advance(2999);
  expect(isThere).toBe(false);
  expect(await bench.box.requests.list()).toEqual([]);
  await bench.box.clock.advance(1);
  expect(await answer).toMatchObject({ status: 200, headers: { "x-linq-mock-fault": "latency" } });
});

test("latency of a range lies within it, and is the same in every run", async () => {
  const late = async (): Promise<number> => {
    await bench.box.reset();
    await bench.box.faults.arm({ fault: "latency", ms: 1000, max_ms: 2000 });
    const answer = bench.get();
    await bench.hits(1);
    for (let ms = 0; ms <= 2000; ms += 50) {
      if ((await bench.box.requests.list()).length > 0) {
        await answer;
        return ms;
      }
      await bench.box.clock.advance(50);
    }
    throw new Error("it never came");
  };
  const first = await late();
  expect(first).toBeGreaterThanOrEqual(1000);
  expect(first).toBeLessThanOrEqual(2050);
  expect(await late()).toBe(first);
});

test("a reset, and disarming all, let go of answers that are held back", async () => {
  for (const release of [() => bench.box.reset(), () => bench.box.faults.disarm()]) {
    await bench.box.faults.arm({ fault: "latency", ms: 3_600_000 });
    const answer = bench.get();
    await bench.hits(1);
    await release();
    expect((await answer).status).toBe(200);
  }
  expect((await bench.get()).headers["x-linq-mock-fault"]).toBeUndefined();
});

test("a caller who does not wait for a late answer leaves nothing behind", async () => {
  await bench.box.faults.arm({ fault: "latency", ms: 3_600_000 });
  const impatience = new AbortController();
  const answer = fetch(`${bench.box.url}/api/partner/v2${FaultTester.LIST}`, {
    headers: { "X-LINQ-INTEGRATION-TOKEN": "test" },
    signal: impatience.signal,
  });
  await bench.hits(1);
  impatience.abort();
  await expect(answer).rejects.toThrow();
  const [request] = await bench.box.requests.waitFor({ operation: "listChats" });
  expect(request).toMatchObject({ status: 200, fault: "latency", lost: true });
});

test("stopping does not wait for answers that are held back", async () => {
  const other = await startMockServer({
    fixtures: smallWorld,
    clock: FaultTester.NOW,
    faults: [{ fault: "latency", ms: 3_600_000 }],
  });
  const inbox = await other.sandbox();
  const answer = socketCall(inbox.url, { path: FaultTester.LIST });
  while ((await inbox.faults.list())[0]?.hits === 0);
  await other.stop();
  expect((await answer).status).toBe(200);
});

test("disarming the last rule that makes late lets go, and replacing it, too", async () => {
  const disarms = [
    () => bench.box.faults.disarm("late"),
    () =>
      fetch(`${bench.box.url}/__mock/faults`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ faults: [{ fault: "rate-limit" }] }),
      }),
  ];
  for (const disarm of disarms) {
    await bench.box.faults.arm({ fault: "latency", name: "late", ms: 3_600_000 });
    const answer = bench.get();
    await bench.hits(1);
    await disarm();
    expect((await answer).status).toBe(200);
  }
});

test("who waits for a call that is held back is told so", async () => {
  await bench.box.faults.arm({ fault: "latency", ms: 1000 });
  const answer = bench.get();
  await bench.hits(1);
  await expect(bench.box.requests.waitFor({ operation: "listChats" }, { timeoutMs: 1 })).rejects.toThrow(
    "An answer is held back by a fault until the sandbox's clock is so far",
  );
  await bench.box.clock.advance(1000);
  expect((await answer).status).toBe(200);
  expect((await bench.box.requests.list())[0]).toMatchObject({ lost: false });
});

test("the log says what lets go of an answer, where the clock stands still", async () => {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const mock = await startMockServer({ fixtures: smallWorld, clock: FaultTester.NOW, log: "warn" });
  const box = await mock.sandbox("late");
  await box.faults.arm({ fault: "latency", ms: 3000 });
  const answer = socketCall(box.url, { path: FaultTester.LIST });
  while (write.mock.calls.length === 0) await box.faults.list();
  await box.clock.advance(3000);
  expect((await answer).status).toBe(200);
  await mock.stop();
  const said = write.mock.calls.join("");
  write.mockRestore();
  expect(said).toMatch(
    /GET \/s\/late\/api\/partner\/v2\/chats req-\d+ is held back by a fault, and the clock stands still: PUT \/s\/late\/__mock\/clock \{"advance_ms": 3000\} lets it go, and so does DELETE \/s\/late\/__mock\/faults\n/,
  );
});

test("a HEAD can be late", async () => {
  await bench.box.faults.arm({ fault: "latency", ms: 500, nth: 1 });
  const head = socketCall(bench.box.url, { method: "HEAD", path: FaultTester.LIST });
  await bench.hits(1);
  await bench.box.clock.advance(500);
  expect(await head).toMatchObject({ status: 200, body: "" });
});

test("two calls on one connection: what the second waits for ends with the connection", async () => {
  await bench.box.faults.arm({ fault: "latency", ms: 3_600_000 });
  const { hostname, port, pathname } = new URL(bench.box.url);
  const socket = connect(Number(port), hostname);
  const call = `GET ${pathname}/api/partner/v2${FaultTester.LIST} HTTP/1.1\r\nHost: localhost\r\nX-LINQ-INTEGRATION-TOKEN: t\r\n\r\n`;
  socket.write(`${call}${call}`);
  await bench.hits(2);
  socket.destroy();
  expect(await bench.box.requests.waitFor({ operation: "listChats" }, { count: 2 })).toMatchObject([
    { lost: true },
    { lost: true },
  ]);
});
