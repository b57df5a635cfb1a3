import type { ClientTime } from "../../contracts/client/pace";
import { serverTime } from "../../contracts/client/testing/server-time";
import type { ContractOptions } from "../../contracts/suite/options";
import type { ContractReport } from "../../contracts/suite/report";
import { runContract } from "../../contracts/suite/run";
import { LoggingServer } from "../../contracts/testing/logging-server";
import { CONTRACT_LINES, contractWorld } from "../../fixtures/contract-world";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { type OpenProxy, openProxy } from "../testing/open-proxy";
import { describeTally } from "./summary";

/* The contract suite, through the proxy: whoever asks must not notice that it is there. */

const TOKEN = "suite";
const RECIPIENTS = ["+19075550101", "+19075550102", "+19075550103"];
const ALL = ["write", "visible", "send"] as const;

let mock: MockServer;
let time: ClientTime;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: contractWorld(), tokens: [TOKEN] });
  time = serverTime((await mock.sandbox("default")).clock.advance);
});
beforeEach(() => mock.reset());
afterAll(() => mock.stop());

function suiteAt(target: string, permissions: Partial<ContractOptions>): Promise<ContractReport> {
  return runContract({ target, token: TOKEN, isOwnMock: false, time, ...CONTRACT_LINES, ...permissions });
}

/** What a run found, without the ids and times that differ between two runs. */
function verdictsOf({ outcomes, assumptions, left }: ContractReport): object {
  return {
    outcomes: outcomes.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason ?? ""}`).sort(),
    assumptions: assumptions.map(({ id, outcome }) => `${id} ${outcome}`),
    left,
  };
}

async function throughProxy(allow: NonNullable<ContractOptions["allow"]>): Promise<[ContractReport, OpenProxy]> {
  const recipients = allow.length > 0 ? RECIPIENTS : [];
  const proxy = await openProxy({ target: mock.url, allow, recipients });
  const report = await suiteAt(proxy.url, { allow, recipients });
  await proxy.stop();
  expect(proxy.defects).toEqual([]);
  return [report, proxy];
}

test("the suite comes to the same verdicts through the proxy, with everything allowed, and no violation is seen", async () => {
  const direct = await suiteAt(mock.url, { allow: ALL, recipients: RECIPIENTS });
  await mock.reset();
  const [report, { tally, target }] = await throughProxy(ALL);
  expect(verdictsOf(report)).toEqual(verdictsOf(direct));
  expect(report.outcomes.filter(({ verdict }) => verdict === "fail" || verdict === "inconclusive")).toEqual([]);
  expect(describeTally(tally, { target, strict: true })).toMatch(/^0 violations in \d+ requests: \d+ answered by \S+\.$/m);
  expect(tally.answered).toBeGreaterThanOrEqual(report.exchanges.length);
});

test("the suite comes to the same verdicts through the proxy when it reads alone", async () => {
  const direct = await suiteAt(mock.url, {});
  const [report, { tally }] = await throughProxy([]);
  expect(verdictsOf(report)).toEqual(verdictsOf(direct));
  expect([tally.violations, tally.refused]).toEqual([0, 0]);
});

test("whatever the suite may do, the proxy lets through what it is told to alone", async () => {
  const server = await new LoggingServer(mock.url).start();
  const proxy = await openProxy({ target: server.url });
  await suiteAt(proxy.url, { allow: ALL, recipients: RECIPIENTS });
  expect(server.received.length).toBeGreaterThan(100);
  expect(server.changes).toEqual([]);
  expect(proxy.tally.refused).toBeGreaterThan(30);
  await proxy.stop();
  await server.stop();
});

test.each([
  ["http://localhost:4999", "127.0.0.1"],
  ["http://127.0.0.1:4999", "127.0.0.1"],
  ["http://127.0.0.1:4999", "0.0.0.0"],
])("a proxy to itself, %s, is refused: it would ask without end", async (target, host) => {
  await expect(openProxy({ target, host, port: 4999 })).rejects.toThrow(/address of the proxy itself/);
});
