import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientTime } from "../../contracts/client/pace";
import { serverTime } from "../../contracts/client/testing/server-time";
import { assumptionTests } from "../../contracts/suite/assumptions/index";
import { laws } from "../../contracts/suite/checks/index";
import type { ContractOptions } from "../../contracts/suite/options";
import type { ContractReport } from "../../contracts/suite/report";
import { runContract } from "../../contracts/suite/run";
import { CONTRACT_LINES, contractWorld } from "../../fixtures/contract-world";
import { Recorder } from "../recording/recorder";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { openProxy } from "../testing/open-proxy";
import { type Replay, startReplay } from "./server";

/* A contract run is recorded, and asked again of its recording. */

const TOKEN = "staging-token-7f3a";
const RECIPIENTS = ["+19075550101", "+19075550102", "+19075550103"];

/** All but those that send a form, of which a recording holds no more than its type. */
const ASKED = laws.filter(({ number }) => number !== 69 && number !== 71);

let folder: string;
let mock: MockServer;
let time: ClientTime;
const replays: Replay[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-replay-"));
  mock = await startMockServer({ fixtures: contractWorld(), tokens: [TOKEN] });
  time = serverTime((await mock.sandbox("default")).clock.advance);
});
beforeEach(() => mock.reset());
afterEach(async () => {
  for (const replay of replays.splice(0)) await replay.stop();
});
afterAll(async () => {
  await mock.stop();
  rmSync(folder, { recursive: true });
});

async function replayOf(file: string): Promise<Replay> {
  const text = readFileSync(file, "utf8");
  const replay = await startReplay({ text, name: file, port: 0, host: "127.0.0.1", log: "silent" });
  replays.push(replay);
  return replay;
}

function ask(target: string, options: Partial<ContractOptions> = {}): Promise<ContractReport> {
  const given = { target, token: TOKEN, isOwnMock: false, eventTimeoutMs: 20, time, ...options };
  return runContract(given, ASKED, assumptionTests);
}

async function record(file: string, options: Partial<ContractOptions> = {}): Promise<ContractReport> {
  const recorder = new Recorder(file, { creatorVersion: "0.0.0" });
  const { allow = [], recipients = [] } = options;
  const proxy = await openProxy({ target: mock.url, allow, recipients, onExchange: (exchange) => recorder.record(exchange) });
  const report = await ask(proxy.url, options);
  await proxy.stop();
  expect(recorder.close()).toEqual({ recorded: expect.any(Number), leftOut: 0 });
  return report;
}

/** What was found; the port that a reason names is another each time. */
function verdicts({ outcomes, assumptions }: ContractReport) {
  const judged = outcomes.map(({ id, verdict, reason }) => ({ id, verdict, reason: reason?.replace(/port \d+/, "port") }));
  return [...judged, ...assumptions.map(({ id, outcome }) => ({ id, outcome }))];
}

test("a run that writes and sends has the same verdicts when it is asked of its recording, where no webhook arrives", async () => {
  const file = join(folder, "writing.har");
  const options: Partial<ContractOptions> = {
    allow: ["write", "visible", "send"],
    recipients: RECIPIENTS,
    spareLine: CONTRACT_LINES.spareLine,
    webhookUrl: "https://hooks.example/linq",
  };
  const direct = await record(file, options);
  const replay = await replayOf(file);
  expect(verdicts(await ask(replay.url, options))).toEqual(verdicts(direct));
  expect(await replay.stop()).toMatch(/; 0 not asked for\.\n$/);
});
