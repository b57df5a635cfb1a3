import type { ServerResponse } from "node:http";
import { kindOf } from "../../client/request-kinds";
import { FakeTime } from "../../client/testing/fake-time";
import { assumptions } from "../../generated/v2/assumptions";
import { LoggingServer, type Received } from "../../testing/logging-server";
import { startTarget, type Target } from "../../testing/start-mock";
import { formatTimestamp } from "../../timestamps";
import { law03 } from "../checks/find-chat/03-find-matches-exactly";
import { law04 } from "../checks/find-chat/04-find-collapses-duplicates";
import { laws } from "../checks/index";
import { law37 } from "../checks/webhooks/37-signatures-verify";
import type { ContractOptions } from "../options";
import type { AssumptionOutcome, CheckOutcome, ContractReport } from "../report";
import { runContract } from "../run";
import { resultOfLaws } from "./assumption-tester";
import { assumptionTests, probes } from "./index";

const RECIPIENTS = ["+19075550101", "+19075550102"];
const ALL = { allow: ["write", "visible", "send"], recipients: RECIPIENTS } as const;
const RESTED_ON = laws.filter(({ number }) => [3, 4, 11, 15, 42, 45].includes(number));
/** What a run reads anyway: the lines, the chats, the contacts, a contact, a conversation. */
const SAMPLE = 6;

/** By the machine's clock, which is that of the mock. */
const isWinter = formatTimestamp(Date.now()).endsWith("-06:00");

let target: Target;
let server: LoggingServer;

beforeAll(async () => {
  target = await startTarget();
});
beforeEach(async () => {
  await target.reset();
  server = await new LoggingServer(target.url).start();
});
afterEach(() => server.stop());
afterAll(() => target.stop());

function run(options: Partial<ContractOptions>, asked: Parameters<typeof runContract>[1] = []): Promise<ContractReport> {
  const { token, line, spareLine } = target;
  const common = { target: server.url, token, line, spareLine, isOwnMock: false, rate: 1_000_000, time: new FakeTime() };
  return runContract({ ...common, ...options }, asked, assumptionTests);
}

function by(outcome: AssumptionOutcome["outcome"], report: ContractReport): Record<string, string> {
  const found = report.assumptions.filter((assumption) => assumption.outcome === outcome);
  return Object.fromEntries(found.map(({ id, detail }) => [id, detail]));
}

test("our own mock confirms whatever can be tried", async () => {
  const report = await run({ isOwnMock: true }, RESTED_ON);
  expect(by("contradicted", report)).toEqual({});
  expect(by("not tried", report)).toEqual({
    "A-attachment-count": "no files are sent",
    "A-attachment-limit": "no files are sent",
    "A-auth-envelope": "nothing was asked without a token",
    "A-auth-everywhere": "not asked: law 24",
    "A-availability": "nobody outside knows of whom the server knows nothing",
    "A-body-utf8": "every body that is sent is valid UTF-8",
    "A-body-limit": "no large bodies are sent",
    "A-call-fields": "only somebody else's phone can bring this about",
    "A-content-type": "every request that has a body is sent as JSON, or as a form with a file",
    "A-create-form": "not asked: law 71",
    "A-create-undeliverable": "a message that cannot be delivered would have to be sent",
    "A-edit-window": "a message would have to be 15 minutes old",
    "A-event-own-handle": "not asked: law 54",
    "A-event-participant": "only somebody else's phone can bring this about",
    "A-event-times": "only somebody else's phone can bring this about",
    "A-event-unsigned": "not asked: law 37",
    ...(isWinter && { "A-event-zone": "it shows in summer only, when US Central time has another offset" }),
    "A-find-first": "no two chats of the line with the same participants were seen",
    "A-form-urlencoded": "every request that has a body is sent as JSON, or as a form with a file",
    "A-group-left": "no call of V2 has a line leave a group",
    "A-head": "nothing but the operations of the contract is asked",
    "A-linked-file-size": "no file whose file_size is 0 was seen, and no answer tells which files are linked",
    "A-method-unknown": "nothing but the operations of the contract is asked",
    "A-migrate": "not asked: law 52",
    "A-number-display": "no participant outside North America, or with an e-mail address, who has no contact was seen",
    "A-replied-to": "only somebody else's phone can bring this about",
    "A-share-disabled": "no answer tells whether sharing is enabled, and no contact card is shared to find out",
    "A-typing-group": "no typing is started in a group to find out",
    "A-typing-others": "only somebody else's phone can bring this about",
    "A-webhook-success": "a receiver would have to fail",
  });
  expect(report.outcomes.filter(({ check, verdict }) => check === "shape" && verdict !== "pass")).toEqual([]);
  expect(report.left).toEqual([]);
});

test("every assumption is reported, in the order of the ledger and with its text", async () => {
  const { assumptions: reported } = await run({});
  expect(reported.map(({ id, text }) => [id, text])).toEqual(Object.entries(assumptions));
});

test("an assumption that a law rests on is judged by that law", () => {
  for (const { number, assumptions: restsOn = [] } of laws) {
    for (const id of restsOn)
      expect([assumptionTests[id]].flat()).toContainEqual({ kind: "laws", laws: expect.arrayContaining([number]) });
  }
});

test("reading alone sends nothing but GET, and few of those", async () => {
  const report = await run({});
  expect(server.changes).toEqual([]);
  expect(server.received.length).toBeLessThanOrEqual(30 + SAMPLE);
  expect(by("contradicted", report)).toEqual({});
  expect(Object.keys(by("confirmed", report)).length).toBeGreaterThan(20);
  expect(report.requests).toMatchObject({ write: 0, visible: 0, send: 0 });
});

test("with everything allowed, few requests go out, few messages, and everything is taken back", async () => {
  const report = await run(ALL);
  const { requests, left } = report;
  expect(requests.write).toBeLessThanOrEqual(35);
  expect(requests.read + requests.visible + requests.send).toBeLessThanOrEqual(30 + SAMPLE + 40);
  const sent = server.changes.filter(
    ({ url, body }) => /\/(chats|chat_messages)$/.test(url) && body.includes("Contract check"),
  );
  expect(sent.length).toBeLessThanOrEqual(10); // half of them are refused
  expect(by("contradicted", report)).toEqual({});
  expect(left).toEqual([]);
  const details = report.assumptions.map(({ detail }) => detail).join();
  expect(details).not.toMatch(/\d{7}|@/);
  expect(details).not.toContain("odd shape");
});

test.each(["read", "write", "send"] as const)("the probes that %s announce how many requests they make", async (kind) => {
  const own = Object.fromEntries(
    Object.entries(assumptionTests).map(([id, all]) => [
      id,
      [all].flat().filter((basis) => !("kind" in basis) || basis.kind === kind),
    ]),
  );
  const { token, line, spareLine } = target;
  const time = new FakeTime();
  const { exchanges } = await runContract({ target: target.url, token, line, spareLine, isOwnMock: true, time }, [], own);
  const announced = probes.filter((probe) => probe.kind === kind).reduce((sum, { requests }) => sum + requests, 0);
  expect(exchanges.length).toBeLessThanOrEqual(announced + SAMPLE);
  expect(exchanges.some(({ operation }) => kindOf[operation] === kind)).toBe(true);
});

/** Answers instead, as soon as the API was found there. */
function answerAll(answer: (response: ServerResponse) => void): void {
  server.instead = ({ url }: Received, response) => {
    if (url.endsWith("/phone_numbers")) return false;
    answer(response);
    return true;
  };
}

const json = { "Content-Type": "application/json" };

const useless: [string, (response: ServerResponse) => void][] = [
  ["a page for people", (response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<h1>Welcome</h1>")],
  ["a page for people that is not there", (response) => response.writeHead(404, { "Content-Type": "text/html" }).end("<h1>")],
  ["JSON that is a number", (response) => response.writeHead(400, json).end("42")],
  ["JSON that is null", (response) => response.writeHead(200, json).end("null")],
  ["JSON that is cut off", (response) => response.writeHead(200, json).end('{"data":')],
  ["a gateway that is alone", (response) => response.writeHead(502).end()],
  ["a token that has expired", (response) => response.writeHead(401, json).end("{}")],
];

test.each(useless)("%s confirms nothing, and contradicts nothing but how errors are worded", async (_, answer) => {
  answerAll(answer);
  const report = await run(ALL);
  const { "A-error-wording": __, "A-auth-envelope": ___, ...contradicted } = by("contradicted", report);
  expect({ ...by("confirmed", report), ...contradicted }).toEqual({});
});

const odd: [string, string][] = [
  ["an empty object", "{}"],
  ["an empty list", "[]"],
  ["nothing where data should be", '{"data":null,"meta":null,"contacts":null,"pagination":null}'],
  ["text where data should be", '{"data":"Hello","meta":7,"contacts":"Hello","pagination":[]}'],
];

test.each(odd)("%s confirms nothing", async (_, body) => {
  answerAll((response) => response.writeHead(200, json).end(body));
  const report = await run(ALL);
  expect(by("confirmed", report)).toEqual({});
});

test("a server that fails at what laws ask, too, contradicts nothing by it", async () => {
  answerAll((response) => response.writeHead(500, json).end("{}"));
  expect(by("contradicted", await run({}, [law03]))).toEqual({});
  expect(by("contradicted", await run({}))["A-id-shape"]).toBe("a chat whose id is a word answers 500 instead of 404");
});

test("a server that has had enough is left alone", async () => {
  answerAll((response) => response.writeHead(429, { ...json, "Retry-After": "7" }).end("{}"));
  const time = new FakeTime();
  const report = await run({ ...ALL, time });
  expect(by("confirmed", report)).toEqual({ "A-retry-after": "a 429 says in seconds when to try again" });
  expect(by("contradicted", report)).toEqual({});
  expect(by("not tried", report)["A-find-missing"]).toBe("not asked: law 5; the server allows no more requests for now (429)");
  expect(server.received.length).toBeLessThan(10);
  expect(time.sleeps.filter((ms) => ms === 7000)).toHaveLength(2);
});

test("a server that is gone is not asked on, and the report is there all the same", async () => {
  answerAll((response) => response.destroy());
  const report = await run(ALL);
  expect({ ...by("confirmed", report), ...by("contradicted", report) }).toEqual({});
  expect(by("not tried", report)["A-webhook-update"]).toContain("does not answer");
  expect(server.received.length).toBeLessThan(10);
});

test("a run that is stopped while it probes ends, and takes back what it has made", async () => {
  const stopping = new AbortController();
  server.instead = ({ method }) => {
    if (method === "PATCH") stopping.abort();
    return false;
  };
  await expect(run({ ...ALL, signal: stopping.signal })).rejects.toThrow("The run was stopped.");
  const made = server.changes.filter(({ method, url }) => method === "POST" && url.endsWith("/contacts")).length;
  expect(made).toBeGreaterThan(0);
  expect(server.changes.some(({ method, url }) => method === "DELETE" && /\/contacts\/\d+$/.test(url))).toBe(true);
});

function outcome(law: 3 | 4, found: Pick<CheckOutcome, "verdict"> & Partial<CheckOutcome>): CheckOutcome {
  const { title, operation, clause } = law === 3 ? law03 : law04;
  const rest = { check: "law", assumptions: [], exchanges: [], requests: 1, ms: 1 } as const;
  return { id: `law-${law}`, law, title, operation, kind: "read", clause, ...rest, ...found };
}

const evidence = { what: "find", pointer: "", expected: null, received: {} };

function found(...outcomes: CheckOutcome[]): [string, string] {
  const { outcome: what, detail } = resultOfLaws({ laws: [3, 4] }, { outcomes }, "A-find-match");
  return [what, detail];
}

test("laws that hold confirm, and are named", () => {
  const confirmed = found(outcome(3, { verdict: "pass" }), outcome(4, { verdict: "pass" }));
  expect(confirmed).toEqual(["confirmed", `${law03.title} (law 3); ${law04.title} (law 4)`]);
});

test("one that the server breaks contradicts, whatever the others say", () => {
  const seen = { assumptions: ["A-find-match"], reason: "find is odd, which is only assumed not to be", evidence } as const;
  const broken = outcome(4, { verdict: "contradicted", ...seen });
  expect(found(outcome(3, { verdict: "pass" }), broken)).toEqual(["contradicted", "find is odd (law 4)"]);
  expect(found(outcome(3, { verdict: "fail", reason: "find is odd", evidence }))).toEqual([
    "contradicted",
    "find is odd (law 3)",
  ]);
});

test("one that has waited for an event in vain says nothing of what it crosses", () => {
  const awaited = { ...evidence, awaited: true } as const;
  const failed = outcome(3, { verdict: "fail", reason: "message.sent is not delivered", evidence: awaited });
  expect(found(failed)).toEqual(["not tried", "law 3: message.sent is not delivered"]);
});

test("one of which a step alone is about it, and that fails, has failed at something else", () => {
  const { number, title, operation, clause } = law37;
  const failed = { ...outcome(3, { verdict: "fail", evidence }), law: number, title, operation, clause };
  expect(resultOfLaws({ laws: [37], inSteps: true }, { outcomes: [failed] }, "A-event-unsigned").outcome).toBe("not tried");
  const against = { ...failed, verdict: "contradicted", assumptions: ["A-event-unsigned"] } as const;
  expect(resultOfLaws({ laws: [37], inSteps: true }, { outcomes: [against] }, "A-event-unsigned").outcome).toBe("contradicted");
});

test("one that was skipped for another reason says nothing", () => {
  const skipped = outcome(3, { verdict: "skipped", reason: "the line has no group chat" });
  expect(found(skipped, outcome(4, { verdict: "pass" }))).toEqual(["confirmed", `${law04.title} (law 4)`]);
  expect(found(skipped)).toEqual(["not tried", "law 3: the line has no group chat"]);
});

test("one that is in doubt says nothing, and neither does one that was not asked", () => {
  const doubtful = outcome(3, { verdict: "inconclusive", reason: "somebody was writing meanwhile", evidence });
  expect(found(doubtful)).toEqual(["not tried", "law 3: somebody was writing meanwhile"]);
  expect(found()).toEqual(["not tried", "not asked: law 3, law 4"]);
});
