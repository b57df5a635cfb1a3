import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ClientTime } from "../../contracts/client/pace";
import type { components } from "../control/generated/types";
import { createLocalMock } from "../server/create-app";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { killAll, run } from "../testing/command";
import { checkControlAnswers } from "../testing/control-contract";
import { smallWorld } from "../testing/worlds";
import { v2 } from "../v2/index";
import { NO_SECRET } from "../webhooks/delivery-attempt";
import { EXAM } from "./checks";
import { examine } from "./examine";

checkControlAnswers();

type Exam = components["schemas"]["Exam"];
// biome-ignore lint/suspicious/noExplicitAny: as a receiver parses it
type Envelope = any;

const SECRET = "s3cret";
const KNOWN = ["message.received"];
const FIELDS = ["api_version", "created_at", "data", "event_id", "event_type"];
const BODY_LIMIT = 100 * 1024;
const AT_ONCE = 5;
const MINUTE = 60_000;

/** A webhook as a receiver has it. */
interface Posted {
  readonly raw: string;
  readonly event: Envelope;
  readonly given: string | undefined;
  readonly right: string;
  readonly underWay: number;
}

/** The status that a wrong receiver answers instead of what a good one would; undefined where it does as that. */
type Wrong = (posted: Posted) => number | undefined;

let server: Server | undefined;
let mock: MockServer | undefined;

afterAll(killAll);
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await mock?.stop();
  server = undefined;
  mock = undefined;
});

const signed = (secret: string, raw: string): string => `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;

/** A receiver that does everything right, but for what it is told to do wrong. */
async function receiver(
  wrong: Wrong = () => undefined,
  answer: (res: ServerResponse, posted: Posted) => void = (res) => void res.end(),
): Promise<string> {
  let underWay = 0;
  server = createServer(async (req: IncomingMessage, res) => {
    underWay += 1;
    res.once("close", () => {
      underWay -= 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString();
    const given = req.headers["x-webhook-signature"] as string | undefined;
    const right = signed(SECRET, raw);
    const posted = { raw, event: JSON.parse(raw), given, right, underWay };
    res.statusCode = wrong(posted) ?? (given === right ? 200 : 401);
    answer(res, posted);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

async function ask(body: object): Promise<{ status: number; body: Envelope }> {
  mock ??= await startMockServer();
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`${mock.url}/__mock/exam`, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

async function gradeOf(url: string, secret: string | undefined = SECRET): Promise<Exam> {
  const { status, body } = await ask({ url, ...(secret && { secret }) });
  expect(status).toBe(200);
  return body.exam;
}

const failedIn = ({ checks }: Exam): string[] => checks.flatMap(({ id, result }) => (result === "failed" ? [id] : []));

test("a good receiver has an A", async () => {
  const exam = await gradeOf(await receiver());
  expect(exam).toMatchObject({ grade: "A", version: "v2" });
  expect(exam.checks.map(({ id, result, advice }) => [id, result, advice])).toEqual(EXAM.map(({ id }) => [id, "passed", null]));
  expect(exam.checks[1]?.reason).toContain("whether it acted once cannot be seen");
});

/** Receivers that are wrong in one way, by the check that finds it. */
const WRONG: Readonly<Record<string, readonly [grade: Exam["grade"], make: () => Wrong]>> = {
  "takes-a-webhook": ["F", () => () => 401],
  "same-event-twice": [
    "C",
    () => {
      const seen = new Set<string>();
      return ({ event, given, right }) => {
        const isKnown = given === right && seen.has(event.event_id);
        if (given === right) seen.add(event.event_id);
        return isKnown ? 409 : undefined;
      };
    },
  ],
  "out-of-order": [
    "C",
    () => {
      let newest = "";
      return ({ event: { data } }) => {
        if (data.sent_at < newest) return 409;
        newest = data.sent_at;
        return undefined;
      };
    },
  ],
  late: [
    "C",
    () =>
      ({ event }) =>
        Date.now() - Date.parse(event.created_at) > 5 * MINUTE ? 400 : undefined,
  ],
  "badly-signed": [
    "F",
    () =>
      ({ raw, given }) =>
        given === signed(NO_SECRET, raw) ? 200 : undefined,
  ],
  "other-bytes": [
    "F",
    () => {
      const seen = new Set<string>();
      return ({ given = "", right }) => {
        if (given === right) seen.add(given);
        return seen.has(given) ? 200 : undefined;
      };
    },
  ],
  "not-signed": [
    "F",
    () =>
      ({ given }) =>
        given === undefined ? 200 : undefined,
  ],
  "unknown-event": [
    "C",
    () =>
      ({ event }) =>
        KNOWN.includes(event.event_type) ? undefined : 422,
  ],
  "unknown-fields": [
    "C",
    () =>
      ({ event }) =>
        Object.keys(event).every((name) => FIELDS.includes(name)) ? undefined : 422,
  ],
  huge: [
    "C",
    () =>
      ({ raw }) =>
        raw.length > BODY_LIMIT ? 413 : undefined,
  ],
};

test.each(Object.entries(WRONG))(
  "a receiver that is wrong in %s alone has the grade that this is worth",
  async (id, [grade, make]) => {
    const exam = await gradeOf(await receiver(make()));
    expect([exam.grade, failedIn(exam)]).toEqual([grade, [id]]);
    expect(exam.checks.find((check) => check.id === id)?.advice).toMatch(/\w/);
  },
);

/** A receiver of V3 that checks the signature and, with a tolerance, the timestamp. */
async function receiverOfV3(toleranceMs: number): Promise<string> {
  server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { "x-webhook-timestamp": at, "x-webhook-signature": given } = req.headers;
    const right = createHmac("sha256", SECRET)
      .update(`${at}.${Buffer.concat(chunks)}`)
      .digest("hex");
    const isTimely = Math.abs(Date.now() - Number(at) * 1000) < toleranceMs;
    res.writeHead(given === right && isTimely ? 200 : 401).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

test("a receiver of V3 refuses what was signed long ago; one that does not is advised to", async () => {
  const good = await ask({ url: await receiverOfV3(5 * MINUTE), secret: SECRET, version: "v3" });
  expect(good.body.exam).toMatchObject({ grade: "A", version: "v3" });
  expect(good.body.exam.checks.map(({ id }: { id: string }) => id)).toContain("old-timestamp");
  server?.close();
  const { exam } = (await ask({ url: await receiverOfV3(Number.POSITIVE_INFINITY), secret: SECRET, version: "v3" })).body;
  expect([exam.grade, failedIn(exam)]).toEqual(["B", []]);
  expect(exam.checks.find(({ id }: { id: string }) => id === "old-timestamp")).toMatchObject({
    result: "advice",
    reason: expect.stringMatching(/^answered 200 in .*: whoever has seen it can send it again$/),
    advice: expect.stringContaining("Standard Webhooks"),
  });
});

test("a receiver of the other version is known as one", async () => {
  const firstOf = (exam: Exam) => exam.checks[0];
  const asV3 = (await ask({ url: await receiver(), secret: SECRET, version: "v3" })).body.exam;
  expect(firstOf(asV3)).toMatchObject({
    result: "failed",
    reason: expect.stringContaining("answered 401"),
    advice: "It takes webhooks of V2, and these are of V3: did you mean --api-version v2?",
  });
  server?.close();
  const asV2 = await gradeOf(await receiverOfV3(5 * MINUTE));
  expect([asV2.grade, firstOf(asV2)?.advice]).toEqual([
    "F",
    "It takes webhooks of V3, and these are of V2: did you mean --api-version v3?",
  ]);
  server?.close();
  expect(firstOf(await gradeOf(await receiver(() => 401)))?.advice).toContain("Is the secret the receiver's");
});

test("a receiver that chokes on many at once has a C", async () => {
  const slowly = (res: ServerResponse): void => void setTimeout(() => res.end(), 50);
  const exam = await gradeOf(await receiver(({ underWay }) => (underWay > AT_ONCE ? 503 : undefined), slowly));
  expect([exam.grade, failedIn(exam)]).toEqual(["C", ["many-at-once"]]);
  expect(exam.checks.find(({ id }) => id === "many-at-once")?.reason).toMatch(/^\d+ of 20 were not taken: answered 503 in /);
});

test("each check but that of time has a receiver that fails it", () => {
  expect([...Object.keys(WRONG), "many-at-once", "answers-in-time"].sort()).toEqual(EXAM.map(({ id }) => id).sort());
});

test("what is wrong in two ways has a D; what checks no signature has an F, and says what it acts on", async () => {
  const both = await gradeOf(
    await receiver(({ raw, event }) => (raw.length > BODY_LIMIT || !KNOWN.includes(event.event_type) ? 500 : undefined)),
  );
  expect([both.grade, failedIn(both)]).toEqual(["D", ["unknown-event", "huge"]]);
  server?.close();
  const careless = await gradeOf(await receiver(() => 200));
  expect([careless.grade, failedIn(careless)]).toEqual(["F", ["badly-signed", "other-bytes", "not-signed"]]);
  expect(careless.checks[4]?.reason).toContain("it acts on what nobody signed");
});

test("what is signed badly must be refused with 4xx: another answer, or none, is no refusal", async () => {
  const crashing = await gradeOf(await receiver(({ given, right }) => (given === right ? 200 : 500)));
  expect(failedIn(crashing)).toEqual(["badly-signed", "other-bytes", "not-signed"]);
  server?.close();
  const cutting = await gradeOf(
    await receiver(undefined, (res, { given, right }) => void (given === right ? res.end() : res.destroy())),
  );
  expect(cutting.checks[4]).toMatchObject({
    result: "failed",
    reason: expect.stringContaining("connection closed by 127.0.0.1"),
  });
});

test("of a receiver that takes no webhook, nothing else is asked", async () => {
  const exam = await gradeOf(await receiver(() => 404));
  expect(exam.checks.map(({ result }) => result)).toEqual(["failed", ...Array(EXAM.length - 1).fill("not_asked")]);
});

test("without a secret, signatures are not asked about, and that is a B", async () => {
  const exam = await gradeOf(await receiver(({ given }) => (given === undefined ? 200 : 400)), "");
  expect([exam.grade, failedIn(exam)]).toEqual(["B", []]);
  expect(exam.checks.flatMap(({ id, result }) => (result === "not_asked" ? [id] : []))).toEqual([
    "badly-signed",
    "other-bytes",
    "not-signed",
  ]);
});

describe("time", () => {
  let now = 0;
  const deadlines: (readonly [at: number, abort: AbortController])[] = [];
  const time: ClientTime = {
    now: () => now,
    sleep: () => Promise.resolve(),
    deadline(ms) {
      const abort = new AbortController();
      deadlines.push([now + ms, abort]);
      return abort.signal;
    },
  };
  const pass = (ms: number): void => {
    now += ms;
    for (const [at, abort] of deadlines.splice(0)) if (at <= now) abort.abort(new Error("in time"));
  };

  async function gradeWith(answer: (res: ServerResponse, posted: Posted) => void): Promise<Exam> {
    const local = createLocalMock({});
    const { world } = local.sandboxes.open("default");
    const exam = await examine(world, {
      url: await receiver(undefined, answer),
      secret: SECRET,
      version: v2,
      versions: [v2],
      time,
    });
    await local.stop(AbortSignal.abort());
    return exam as Exam;
  }

  test.each([
    [9_999, "A", "passed"],
    [10_001, "B", "advice"],
  ])("an answer after %d ms is a %s", async (ms, grade, result) => {
    let isFirst = true;
    const exam = await gradeWith((res) => {
      if (isFirst) pass(ms);
      isFirst = false;
      res.end();
    });
    expect([exam.grade, exam.checks.at(-1)?.result]).toEqual([grade, result]);
  });

  test("no answer within the vendor's time fails", async () => {
    const exam = await gradeWith((res, { raw }) => (raw.length > BODY_LIMIT ? pass(15_000) : void res.end()));
    expect([exam.grade, failedIn(exam)]).toEqual(["D", ["huge", "answers-in-time"]]);
    const { reason, advice } = exam.checks.find(({ id }) => id === "huge") ?? {};
    expect([reason, advice]).toEqual(["no answer within 15 s", "Answer first, and work after."]);
  });
});

test.each([
  ["closes the connection of what is signed badly", (posted: Posted) => posted.given !== posted.right, "badly-signed"],
  ["closes the connection of what is large", ({ raw }: Posted) => raw.length > BODY_LIMIT, "huge"],
])("who %s has perhaps crashed, and is not told to be faster", async (_, isFatal, id) => {
  const { checks } = await gradeOf(
    await receiver(undefined, (res, posted) => void (isFatal(posted) ? res.destroy() : res.end())),
  );
  const { reason, advice } = checks.find((check) => check.id === id) ?? {};
  expect(reason).toContain("(ECONNRESET)");
  expect(advice).toContain("closed the connection without an answer, or is gone: did it crash?");
});

test("the webhooks are the world's own, and leave it as it is", async () => {
  const bodies: string[] = [];
  const url = await receiver(({ raw }) => void bodies.push(raw));
  mock = await startMockServer();
  const box = await mock.sandbox("default");
  const before = await box.state();
  await gradeOf(url);
  expect(await box.state()).toEqual(before);
  expect(await box.deliveries.list()).toEqual([]);
  const contract = await v2.loadContract();
  const known = bodies
    .map((raw) => JSON.parse(raw))
    .filter(({ event_type, exam_unknown }) => KNOWN.includes(event_type) && !exam_unknown);
  expect(known.length).toBeGreaterThan(25);
  for (const event of known) expect(contract.event(event.event_type, event)).toEqual([]);
});

test.each([
  [{ url: "nowhere" }, 422, "url must be an http or https URL"],
  [{ url: "http://hooks.example.com/" }, 403, "This receiver gets nothing: webhooks go to this machine only"],
  [{ url: "http://localhost:1/", version: "v9" }, 422, "There is no version v9"],
  [{ url: "http://127.0.0.1:1/" }, 409, "Nobody takes webhooks there: connection refused by 127.0.0.1:1 (ECONNREFUSED)"],
])("%j is no exam", async (body, status, message) => {
  const answer = await ask(body);
  expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringContaining(message)]);
});

test("a world in which nobody has written twice has nothing to examine with", async () => {
  mock = await startMockServer({ fixtures: smallWorld });
  expect(await ask({ url: await receiver() })).toMatchObject({ status: 409, body: { error: { code: "nothing_to_tell" } } });
});

test("a test asks for it by its sandbox", async () => {
  const url = await receiver();
  mock = await startMockServer();
  const box = await mock.sandbox();
  expect(await box.exam({ url, secret: SECRET })).toMatchObject({ url, grade: "A" });
});

describe("linq-mock exam", () => {
  test("exits with 0 when all passed, and says so as text or JSON; on stderr, what is asked", async () => {
    const url = await receiver();
    const text = await run(["exam", url, "--secret", SECRET]);
    expect([text.code, text.stderr]).toEqual([
      0,
      EXAM.map(({ title }, i) => `${i + 1} of ${EXAM.length}: ${title}\n`).join(""),
    ]);
    expect(text.stdout).toMatch(/^passed {5}Takes a webhook .* answered 200 in /);
    expect(text.stdout).toMatch(/\n\nGrade A: http:\/\/127/);
    const json = await run(["exam", url, "--json"], { LINQ_MOCK_SECRET: SECRET });
    expect([json.code, JSON.parse(json.stdout).grade]).toEqual([0, "A"]);
  });

  test("exits with 1 when something failed, with what to do", async () => {
    const { code, stdout } = await run(["exam", await receiver(() => 200), "--secret", SECRET]);
    expect([code, stdout.includes("Grade F")]).toEqual([1, true]);
    expect(stdout).toContain("-> Check the signature over the raw bytes");
  });

  test("--version names that of the API, as --api-version does", async () => {
    const url = await receiver();
    const versions = ["--version", "--api-version"].map(async (flag) => {
      const { stdout } = await run(["exam", url, "--json", flag, "v3"]);
      return JSON.parse(stdout).version;
    });
    expect(await Promise.all(versions)).toEqual(["v3", "v3"]);
  });

  test.each([
    [["nowhere"], "a receiver is an http or https URL"],
    [["http://hooks.example.com/"], "--allow-webhook-host hooks.example.com allows this one"],
    [["http://127.0.0.1:1/"], "connection refused by 127.0.0.1:1"],
    [["http://127.0.0.1:1/", "--api-version", "v9"], "there is no version v9"],
    [["http://127.0.0.1:1/", "--version", "v9"], "there is no version v9"],
    [["http://127.0.0.1:1/", "--version"], "argument missing"],
    [["http://nothing.invalid/", "--allow-webhook-host", "nothing.invalid"], "nothing.invalid"],
  ])("exits with 2 for %j", async (args, message) => {
    const { code, stdout, stderr } = await run(["exam", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
