import { AdaptiveRate } from "../client/adaptive-rate";
import { Pace } from "../client/pace";
import { kindOf } from "../client/request-kinds";
import { FakeTime } from "../client/testing/fake-time";
import { LoggingServer } from "../testing/logging-server";
import { startTarget, type Target } from "../testing/start-mock";
import { laws } from "./checks/index";
import type { Law, LawContext } from "./law";
import { runContract } from "./run";

/* How much a run asks, and how long that takes. */

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

function run(asked?: readonly Law[], allow: readonly "write"[] = []) {
  return runContract({ target: server.url, token: target.token, isOwnMock: false, line: target.line, allow }, asked);
}

function law(check: (context: LawContext) => Promise<unknown>): Law {
  const words = { title: "", broken: "it does not hold", clause: "#" };
  return { ...words, number: 1, operation: "listChats", requests: 0, check: (context) => check(context).then(() => undefined) };
}

const readLines = law(({ api }) => api.lines());
const readLinesAfresh = law(({ freshApi }) => freshApi.lines());

/** How often the lines were read after the greeting. */
const lineReads = (): number => server.received.filter(({ url }) => url.endsWith("/phone_numbers")).length - 1;

test("what was read is not read again", async () => {
  const { outcomes, requests, exchanges } = await run([readLines, readLines]);
  expect(lineReads()).toBe(0);
  expect(outcomes.filter(({ check }) => check === "law")).toMatchObject([{ verdict: "pass" }, { verdict: "pass" }]);
  expect(outcomes.at(-1)?.exchanges).toEqual(exchanges); // it is shown with the law that rests on it, all the same
  expect(requests.read).toBe(1);
});

test("it is read again by a law about reading, after a change that it may show, and for a law that did not hold", async () => {
  await run([readLinesAfresh]);
  expect(lineReads()).toBe(1);
  const readContacts = law(({ api }) => api.contacts({}));
  const createContact = law(({ api, unique }) => api.createContact({ first_name: unique() }));
  await run([readContacts, createContact, readContacts, readLines], ["write"]);
  const contactReads = server.received.filter(({ method, url }) => method === "GET" && url.endsWith("/contacts"));
  expect(contactReads).toHaveLength(2);
  expect(lineReads()).toBe(2); // at the greeting: no contact shows there
  const broken = law(async ({ api }) => {
    await api.lines();
    await api.call(204, "GET", "/phone_numbers");
  });
  await run([broken]);
  expect(lineReads()).toBe(5); // at the greeting, afresh, and once more to see whether anything has changed
});

test("a run that reads asks for nothing more than twice", async () => {
  const { exchanges } = await run();
  const counts = new Map<string, number>();
  for (const { request, token } of exchanges) {
    const asked = `${token} ${request.path}`;
    counts.set(asked, (counts.get(asked) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count > 2)).toEqual([]);
  expect([...counts].filter(([, count]) => count > 1).length).toBeLessThan(15); // what law 23 reads twice
});

test("it takes less than 20 s of a server that answers in 5 ms", async () => {
  const { exchanges } = await run();
  expect(exchanges.length).toBeGreaterThan(laws.filter(({ operation }) => kindOf[operation] === "read").length);
  const time = new FakeTime();
  const began = time.now();
  const pace = new Pace(time, new AdaptiveRate());
  for (const { operation, response } of exchanges) {
    await pace.turn(operation, undefined);
    await time.sleep(5);
    pace.learn({ ...response, ms: 5 });
  }
  expect(time.now() - began).toBeLessThan(20_000);
});
