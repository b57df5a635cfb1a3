import { type Instead, LoggingServer } from "../testing/logging-server";
import { startTarget, type Target } from "../testing/start-mock";
import { expectSame, expectStatus, expectThat } from "./expect";
import type { Law, LawContext } from "./law";
import { assuming, Broken, Skip } from "./law-errors";
import { exitCodeOf, SERVER_TROUBLE } from "./report";
import { runContract } from "./run";

/* What becomes of what a law finds. */

let target: Target;
let server: LoggingServer;

beforeAll(async () => {
  target = await startTarget();
});
beforeEach(async () => {
  server = await new LoggingServer(target.url).start();
});
afterEach(() => server.stop());
afterAll(() => target.stop());

const CHATS = "#/paths/~1chats/get";

async function judged(check: (context: LawContext) => Promise<void>, isOwnMock = true, assumptions?: Law["assumptions"]) {
  const law: Law = {
    number: 9,
    title: "it holds",
    broken: "it does not hold",
    operation: "listChats",
    clause: CHATS,
    requests: 9,
    check,
    ...(assumptions && { assumptions }),
  };
  const rate = 1_000_000;
  const report = await runContract({ target: server.url, token: target.token, isOwnMock, rate, line: target.line }, [law]);
  const outcome = report.outcomes.find(({ id }) => id === "law-9");
  if (!outcome) throw new Error("the law was not judged");
  return { outcome, code: exitCodeOf(report, { strict: false }), report };
}

/** Answers a chat that is read alone with this name. */
const named = (name: () => string, beside: () => object = () => ({})): Instead => {
  return ({ url }, response) => {
    if (!/\/chats\/\d+$/.test(url)) return false;
    const data = { id: 46, display_name: name(), service: "SMS", group: false, message_count: 0, chat_handles: [] };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ ...beside(), data }));
    return true;
  };
};

const isCalledAnn = async ({ api }: LawContext): Promise<void> => {
  expectSame((await api.get(46)).display_name, "Ann", "the name");
};

test("what holds passes, with the requests that it made", async () => {
  const { outcome, code } = await judged(async ({ api }) => void (await api.get(46)));
  expect(outcome).toMatchObject({ verdict: "pass", requests: 1, law: 9, operation: "listChats", clause: CHATS });
  expect(outcome.exchanges.map(({ request }) => request.path)).toEqual(["/chats/46"]);
  expect(code).toBe(0);
});

test("what does not hold fails, with what was expected and received, and where", async () => {
  const { outcome, code } = await judged(async () => expectSame({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, "the thing"));
  expect(outcome).toMatchObject({
    verdict: "fail",
    reason: "it does not hold",
    evidence: { what: "the thing", pointer: "/a/1/b", expected: 3, received: 2 },
    fingerprint: expect.stringMatching(/^law-9#[\da-f]{8}$/),
  });
  expect(code).toBe(1);
});

test.each<[string, (context: LawContext) => Promise<void>, object]>([
  ["a condition", async () => expectThat(false, "so many", { expected: 2, received: 3 }), { what: "so many", expected: 2 }],
  [
    "a status",
    async ({ api }) => expectStatus(await api.request("GET", "/chats/46"), "4xx"),
    { what: "the status of GET /chats/46", pointer: "status", expected: "4xx", received: 200 },
  ],
  [
    "a premise with another status that the contract knows",
    async ({ api }) => void (await api.get(2_147_483_647)),
    { what: "the status of getChat", pointer: "status", expected: 200, received: 404 },
  ],
])("%s that is not met fails", async (_, check, evidence) => {
  expect((await judged(check)).outcome).toMatchObject({ verdict: "fail", evidence });
});

test("an event that is waited for by what a broken answer said is no matter of its own", async () => {
  const wait = async (): Promise<void> => {
    throw new Broken({ what: "the events", pointer: "", expected: 1, received: 0, awaited: true });
  };
  expect((await judged(wait)).outcome.verdict).toBe("fail");
  server.instead = named(() => 7 as never);
  const { outcome } = await judged(async ({ api }) => void (await api.get(46).then(wait)));
  expect(outcome).toMatchObject({ verdict: "inconclusive", reason: expect.stringContaining("whose shape is broken") });
});

test("what is asked to clean up is not what shows it, and a status that stands before is told as itself", async () => {
  const { outcome } = await judged(async ({ api }) => {
    await api.get(2_147_483_647).then(
      () => Promise.reject(new Error("it is there")),
      async (error: unknown) => {
        await api.lines();
        throw error;
      },
    );
  });
  expect(outcome).toMatchObject({
    verdict: "fail",
    reason: "Get Chat answers 404, not 200",
    cause: "Get Chat answers 404, not 200",
  });
  expect(outcome.exchanges.map(({ request }) => request.path)).toEqual(["/chats/2147483647"]);
});

test("what cannot be asked is skipped, and counts for nothing", async () => {
  const { outcome, code } = await judged(() => Promise.reject(new Skip("there is no group")));
  expect(outcome).toMatchObject({ verdict: "skipped", reason: "there is no group" });
  expect(code).toBe(0);
});

test("a kind that is not allowed is skipped, and says which flag allows it", async () => {
  const write: Law = {
    number: 31,
    title: "",
    broken: "",
    operation: "createContact",
    clause: "#",
    requests: 1,
    check: async () => {},
  };
  const report = await runContract({ target: server.url, token: target.token, isOwnMock: false, rate: 1_000_000 }, [write]);
  expect(report.outcomes.at(-1)).toMatchObject({ verdict: "skipped", reason: "it is not allowed; --allow writes does" });
});

test("a status that the contract does not know is reported once, by the check of the shape", async () => {
  server.instead = ({ url }, response) => {
    if (!url.includes("/chats/46")) return false;
    response.writeHead(503, { "Content-Type": "application/json" }).end("{}");
    return true;
  };
  const { outcome, report, code } = await judged(isCalledAnn);
  expect(outcome).toMatchObject({
    verdict: "inconclusive",
    reason: expect.stringContaining("that the contract does not know"),
  });
  expect(report.outcomes.filter(({ verdict }) => verdict === "fail")).toMatchObject([{ check: "shape", operation: "getChat" }]);
  expect(code).toBe(1);
});

test("a law that stumbles over a broken shape is inconclusive, and the shape fails", async () => {
  server.instead = ({ url }, response) => {
    if (!url.includes("/chats/46")) return false;
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"data":{"chat_handles":null}}');
    return true;
  };
  const { outcome } = await judged(async ({ api }) => void (await api.get(46)).chat_handles.length);
  expect(outcome).toMatchObject({ verdict: "inconclusive", reason: expect.stringContaining("whose shape is broken") });
});

test("a mistake of the check itself is inconclusive", async () => {
  const { outcome, code } = await judged(() => Promise.reject(new TypeError("oh")));
  expect(outcome).toMatchObject({ verdict: "inconclusive", reason: "the check itself failed: oh" });
  expect(code).toBe(2);
});

/** Judges a law that writes, on a server that others use. */
async function judgedWriting(check: Law["check"], isRepeatable?: true) {
  const law: Law = { number: 9, title: "", broken: "it fails", operation: "createContact", clause: "#", requests: 9, check };
  const options = { target: server.url, token: target.token, isOwnMock: false, allow: ["write"] as const, rate: 1_000_000 };
  const { outcomes } = await runContract(options, [{ ...law, ...(isRepeatable && { isRepeatable }) }]);
  return outcomes.find(({ id }) => id === "law-9");
}

/** Finds something the first time alone. */
function onceBroken(then: () => void = () => {}): Law["check"] {
  let asked = 0;
  return async ({ api, unique }) => {
    await api.createContact({ first_name: unique() });
    asked += 1;
    if (asked > 1) return then();
    expectThat(false, "the first attempt", { expected: "one", received: "another" });
  };
}

describe("what a law that writes has found", () => {
  const first = { verdict: "fail", evidence: { what: "the first attempt" } };

  test("stands, because its own first attempt may be why a second one would pass", async () => {
    expect(await judgedWriting(onceBroken())).toMatchObject({ ...first, requests: 1 });
  });

  test("passes when it makes all anew and holds the second time: it was a disturbance", async () => {
    expect(await judgedWriting(onceBroken(), true)).toMatchObject({ verdict: "pass", requests: 2 });
  });

  test("stands with its first evidence when the second attempt has nothing to ask about, or fails otherwise", async () => {
    const nothing = onceBroken(() => {
      throw new Skip("there is nothing left");
    });
    expect(await judgedWriting(nothing, true)).toMatchObject(first);
    const otherwise = onceBroken(() => expectThat(false, "the second", { expected: 1, received: 2 }));
    expect(await judgedWriting(otherwise, true)).toMatchObject(first);
  });

  test("is told of the request that shows it", async () => {
    const refused: Law["check"] = async ({ api }) => expectStatus(await api.request("GET", "/chats/2147483647"), 200);
    expect(await judgedWriting(refused)).toMatchObject({ verdict: "fail", operation: "getChat" });
    expect(await judgedWriting(onceBroken())).toMatchObject({ operation: "createContact" });
  });

  test("counts when it shows at the end of the run", async () => {
    const late: Law["check"] = async ({ api, later }) => {
      const { length } = await api.subscriptions();
      later(async () => expectSame(length, -1, "what came after all"));
    };
    expect(await judgedWriting(late)).toMatchObject({
      verdict: "fail",
      evidence: { what: "what came after all" },
      requests: 1,
    });
  });
});

describe("on a server that others use", () => {
  test("what does not hold is asked once more, and passes when it was a race", async () => {
    let asked = 0;
    server.instead = named(() => (++asked === 1 ? "Bob" : "Ann"));
    const { outcome } = await judged(isCalledAnn, false);
    expect(outcome).toMatchObject({ verdict: "pass", requests: 2 });
  });

  test("it fails when nothing has changed meanwhile", async () => {
    server.instead = named(() => "Bob");
    expect((await judged(isCalledAnn, false)).outcome).toMatchObject({ verdict: "fail", requests: 3 });
  });

  test("it is not judged while somebody writes", async () => {
    let asked = 0;
    server.instead = named(() => `Bob ${++asked}`);
    const { outcome, code } = await judged(isCalledAnn, false);
    expect(outcome).toMatchObject({ verdict: "skipped", reason: "somebody was writing meanwhile; it does not hold" });
    expect(code).toBe(0);
  });

  test("a 500 that the contract knows is trouble of the server, and nobody is writing", async () => {
    let asked = 0;
    const error = { status: "error", error_code: "INTERNAL_ERROR", message: "Internal error", errors: ["Timeout"] };
    server.instead = ({ url }, response) => {
      if (!url.includes("/contacts") || ++asked > 2) return false;
      return Boolean(response.writeHead(500, { "Content-Type": "application/json" }).end(JSON.stringify(error)));
    };
    const reading = async ({ api }: LawContext) => void (await api.contacts({ per_page: 100 }));
    const found = { reason: "List Contacts answers 500, not 200", cause: SERVER_TROUBLE };
    expect((await judged(reading, false)).outcome).toMatchObject({ verdict: "fail", ...found });
    asked = 0;
    expect((await judged(reading, false, ["A-find-match"])).outcome).toMatchObject({ verdict: "inconclusive", ...found });
  });

  test("a field that the contract does not know is new in each answer, and nobody is writing", async () => {
    let asked = 0;
    server.instead = named(
      () => "Bob",
      () => ({ request_id: `req_${++asked}` }),
    );
    const { outcome, code } = await judged(isCalledAnn, false);
    expect(outcome).toMatchObject({ verdict: "fail", reason: "it does not hold" });
    expect(asked).toBe(3);
    expect(code).toBe(1);
  });

  test("on a mock of our own nothing is asked twice", async () => {
    server.instead = named(() => "Bob");
    expect((await judged(isCalledAnn)).outcome).toMatchObject({ verdict: "fail", requests: 1 });
  });

  test("what is only assumed is contradicted there, and no failure unless it is asked strictly", async () => {
    server.instead = named(() => "Bob");
    const { outcome, code, report } = await judged(isCalledAnn, false, ["A-find-match"]);
    expect(outcome).toMatchObject({
      verdict: "contradicted",
      assumptions: ["A-find-match"],
      reason: "it does not hold, which is only assumed not to be",
      evidence: { expected: "Ann", received: "Bob" },
    });
    expect(code).toBe(0);
    expect(exitCodeOf(report, { strict: true })).toBe(1);
    expect((await judged(isCalledAnn, true, ["A-find-match"])).outcome.verdict).toBe("fail");
  });
});

test("a step that rests on an assumption contradicts it, and ends the law", async () => {
  server.instead = named(() => "Bob");
  const law = async ({ api }: LawContext): Promise<void> => {
    await api.subscriptions();
    await assuming(["A-find-first"], async () => expectSame((await api.get(46)).display_name, "Ann", "the name"));
    await api.get(1);
  };
  expect((await judged(law, false)).outcome).toMatchObject({ verdict: "contradicted", assumptions: ["A-find-first"] });
  expect((await judged(law, true)).outcome).toMatchObject({ verdict: "fail", requests: 2 });
});

test.each([
  ["a value that is not there", { a: undefined }, { a: 1 }, "A-always-present"],
  ["nothing instead of an empty text", { a: [null] }, { a: [""] }, "A-contact-empty"],
  ["the same time in another form", { at: "2025-06-02T14:00:00Z" }, { at: "2025-06-02T09:00:00.120-05:00" }, "A-time-form"],
])("%s differs from it by what is only assumed", async (_, received, expected, assumption) => {
  const law = async (): Promise<void> => expectSame(received, expected, "the thing");
  expect((await judged(law, false)).outcome).toMatchObject({ verdict: "contradicted", assumptions: [assumption] });
  const worse = async (): Promise<void> => expectSame({ x: received, y: 1 }, { x: expected, y: 2 }, "the thing");
  expect((await judged(worse, false)).outcome).toMatchObject({ verdict: "fail", evidence: { pointer: "/y" } });
});

test("a list that lacks an entry lacks it, whatever is assumed", async () => {
  const law = async (): Promise<void> => expectSame({ ids: [1, 2] }, { ids: [1] }, "the thing");
  expect((await judged(law, false)).outcome).toMatchObject({ verdict: "fail", evidence: { pointer: "/ids/1" } });
});

test("a field that only one of two answers has is no difference: it is reported with the shape", async () => {
  const law = async (): Promise<void> => expectSame({ a: 1, b: 2 }, { a: 1, c: 3 }, "the thing");
  expect((await judged(law)).outcome.verdict).toBe("pass");
});

test("a law that stumbles over what only contradicts an assumption contradicts it, too", async () => {
  server.instead = ({ url }, response) => {
    if (!url.includes("/chats/46")) return false;
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"data":{"id":46}}');
    return true;
  };
  const law = async ({ api }: LawContext) => void (await api.get(46)).chat_handles.length;
  const { outcome, code } = await judged(law, false);
  expect(outcome).toMatchObject({ verdict: "contradicted", assumptions: ["A-always-present"] });
  expect(code).toBe(0);
});

test("what asks for a value that no answer had is inconclusive", async () => {
  const { outcome } = await judged(async ({ api }) => void (await api.get(Number.NaN)));
  expect(outcome).toMatchObject({
    verdict: "inconclusive",
    reason: "it rests on a value that an answer did not have: GET /chats/NaN answered 404, not 200",
  });
});
