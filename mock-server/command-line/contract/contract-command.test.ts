import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumEntry, chromiumHar } from "../../../contracts/har/testing/chromium-har";
import { LoggingServer } from "../../../contracts/testing/logging-server";
import { CONTRACT_LINES, contractWorld } from "../../../fixtures/contract-world";
import { type MockServer, startMockServer } from "../../server/start-mock-server";
import { killAll, linqMock, run } from "../../testing/command";
import { commandLine } from "../program";

// Asserted here, too: A-list-order, A-list-unknown, A-contact-empty, A-page-past-end.

/* Asks the built command, as `npm test` has just built it. */

const TOKEN = "staging-token";
const RECIPIENTS = ["+19075550101", "+19075550102", "+19075550103"];
const EVERYTHING = ["--allow", "writes,visible,send", "--recipient", RECIPIENTS.join(",")];
const FAST = ["--rate", "100000"];

let mock: MockServer;
let server: LoggingServer;
let folder: string;
let ledger: string;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: contractWorld(), tokens: [TOKEN] });
});
beforeEach(async () => {
  await mock.reset();
  server = await new LoggingServer(mock.url).start();
  folder = mkdtempSync(join(tmpdir(), "linq-mock-contract-"));
  ledger = join(folder, "ledger");
});
afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});
afterAll(async () => {
  killAll();
  await mock.stop();
});

function contract(args: readonly string[], env: NodeJS.ProcessEnv = { LINQ_TOKEN: TOKEN }) {
  return run(["contract", ...args], env);
}

function ask(args: readonly string[] = []) {
  const target = ["--target", server.url, "--line", CONTRACT_LINES.line, "--ledger", ledger, ...FAST];
  return contract([...target, ...args]);
}

/** Answers a chat that is read alone with what is broken. */
function breakChats(): void {
  server.instead = ({ url }, response) => {
    if (!/\/chats\/\d+$/.test(url)) return false;
    response
      .writeHead(404, { "Content-Type": "application/json" })
      .end('{"errors":[{"status":404,"code":"not_found","title":"Not Found","detail":"Chat not found"}]}');
    return true;
  };
}

test("without a target, a mock of its own is asked everything", async () => {
  const { stdout, code } = await contract([], {});
  expect(stdout).toMatch(/^V2 alone is asked; .*\nEverything that was asked holds\.\na mock of its own/);
  expect(code).toBe(0);
});

test("a target is read, with GET alone", async () => {
  const { stdout, code } = await ask();
  expect(stdout).toContain(`${server.url}, line phone 1`);
  expect(stdout).toMatch(/checks: it is not allowed; --allow writes does/);
  expect(server.received.length).toBeGreaterThan(100);
  expect(server.changes).toEqual([]);
  expect(code).toBe(0);
});

test("a dry run says what would be asked, and asks nothing", async () => {
  const { stdout, code } = await ask([...EVERYTHING, "--dry-run"]);
  expect(stdout).toMatch(/^Plan for http:\/\/127\.0\.0\.1:\d+, at most \d+ requests, to 3 recipients:\n/);
  expect(stdout).toMatch(/sends to a person +\d+ checks, at most \d+ requests\nNothing was asked\.\n$/);
  expect(server.received).toEqual([]);
  expect(code).toBe(0);
});

test("a broken contract ends with 1, every report says so, and nothing of it counts that a baseline knows", async () => {
  breakChats();
  const formats = ["json", "junit", "github", "html"];
  const reports = formats.flatMap((format) => ["--report", `${format}=${join(folder, format)}`]);
  const { stdout, code } = await ask(reports);
  expect(stdout).toMatch(/law 9/);
  expect(code).toBe(1);
  for (const format of formats) {
    const report = readFileSync(join(folder, format), "utf8");
    expect(report).toMatch(/law[- ]9/);
    for (const secret of [TOKEN, CONTRACT_LINES.line, "2052761148", "Ellen Prewitt"]) expect(report).not.toContain(secret);
  }
  const json = readFileSync(join(folder, "json"), "utf8");
  const fingerprints = [...new Set(json.match(/(?:law|shape)-[^"#]+#[\da-f]{8}/g))];
  const deviations = fingerprints.map((fingerprint) => ({ fingerprint, reason: "known", owner: "ann", expires: "2999-12-31" }));
  const baseline = join(folder, "baseline.json");
  writeFileSync(baseline, JSON.stringify({ linq_mock_baseline: 1, deviations }));
  const again = await ask(["--baseline", baseline]);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("known") });
});

test("a report may go to stdout; people then read on stderr", async () => {
  breakChats();
  const { stdout, stderr } = await ask(["--report", "json=-"]);
  expect(JSON.parse(stdout)).toMatchObject({ linq_mock_contract: 2 });
  expect(stderr).toMatch(/law 9/);
});

test("a run that cannot be judged writes no report, and says so and what is there of an earlier one", async () => {
  const [old, fresh] = [join(folder, "old.json"), join(folder, "new.xml")];
  writeFileSync(old, "of yesterday");
  const args = ["--report", `json=${old}`, "--report", `junit=${fresh}`];
  const { stderr, code } = await contract(["--target", "http://127.0.0.1:9", ...args]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^No report was written; of an earlier run is \S+old\.json\.\nlinq-mock: /m);
  expect([readFileSync(old, "utf8"), existsSync(fresh)]).toEqual(["of yesterday", false]);
});

test("what was found out about what is assumed is written down, to be passed on", async () => {
  const facts = join(folder, "facts.json");
  const { code } = await ask(["--facts", facts]);
  expect(code).toBe(0);
  const text = readFileSync(facts, "utf8");
  expect(JSON.parse(text)).toMatchObject({ linq_mock_facts: 1, target: "other" });
  expect(text).toMatch(/"A-list-required",\s+"answer": "confirmed"/);
  for (const secret of [TOKEN, CONTRACT_LINES.line, "2052761148", "Ellen Prewitt"]) expect(text).not.toContain(secret);
});

test("a recording makes facts, too, of the day and the server that it is of, and says what was left out of it", async () => {
  const [facts, recording] = [join(folder, "facts.json"), join(folder, "calls.har")];
  const url = "https://api.linqapp.com/api/partner/v2/phone_numbers";
  const entries = [
    chromiumEntry({ url, status: 429, body: { errors: [] } }),
    chromiumEntry({ url, status: 0 }),
    chromiumEntry({ url: "https://app.example.com/" }),
  ];
  writeFileSync(recording, chromiumHar(...entries));
  const { stdout } = await contract(["--har", recording, "--facts", facts], {});
  expect(stdout).toMatch(/Left out of 3 entries: 1 went elsewhere or were no HTTP, 1 had no whole answer\.\n$/);
  expect(JSON.parse(readFileSync(facts, "utf8"))).toMatchObject({
    date: "2025-12-05",
    target: "vendor",
    facts: expect.arrayContaining([expect.objectContaining({ assumption: "A-retry-after", answer: "contradicted" })]),
  });
  writeFileSync(recording, chromiumHar(...entries, chromiumEntry({ url: url.replace("api.", "staging."), body: {} })));
  const { stderr, code } = await contract(["--har", recording, "--facts", facts], {});
  expect(stderr).toMatch(/calls\.har makes no facts: its calls went to several servers, or it does not tell when/);
  expect(code).toBe(2);
});

test("what the contract does not know is added, which --strict takes for broken", async () => {
  server.instead = ({ url, headers }, response) => {
    if (!url.endsWith("/phone_numbers")) return false;
    void fetch(`${mock.url}${url}`, { headers: headers as Record<string, string> }).then(async (reply) => {
      const answer = reply.clone(); // passed on, not looked at
      const body = (await answer.json()) as { phone_numbers?: object[] };
      for (const line of body.phone_numbers ?? []) Object.assign(line, { vibe: "good" });
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    return true;
  };
  const { code, stdout } = await ask(["--strict"]);
  expect({ code, added: /[1-9]\d* added/.test(stdout) }).toEqual({ code: 1, added: true });
});

test("a target that does otherwise than a mock that holds the same is told by what it means", async () => {
  server.instead = ({ url, headers }, response) => {
    if (!/\/chats\?/.test(url)) return false;
    void fetch(`${mock.url}${url}`, { headers: headers as Record<string, string> }).then(async (reply) => {
      const answer = reply.clone(); // passed on, not looked at
      const body = (await answer.json()) as { data?: object[] };
      response
        .writeHead(answer.status, { "Content-Type": "application/json" })
        .end(JSON.stringify({ ...body, ...(body.data && { data: body.data.toReversed() }) }));
    });
    return true;
  };
  expect((await ask(["--against", "mock"])).stdout).toContain("List Chats lists the same entries in another order");
});

test.each([1, 9, 20, 40])("a run that is killed after %i changes leaves nothing behind after a sweep", async (most) => {
  const before = await held();
  const target = ["--target", server.url, "--line", CONTRACT_LINES.line, "--ledger", ledger, ...FAST];
  const child = linqMock(["contract", ...target, ...EVERYTHING, "--spare-line", CONTRACT_LINES.spareLine], {
    LINQ_TOKEN: TOKEN,
  });
  server.instead = () => {
    if (server.changes.length === most) child.kill("SIGKILL");
    return false;
  };
  await once(child, "close");
  expect(server.changes.length).toBeGreaterThanOrEqual(most);
  server.instead = () => false;
  const { stdout, stderr, code } = await ask(["--sweep"]);
  expect({ stdout, stderr, code }).toEqual({ stdout: expect.stringMatching(/^Removed \d+, left 0\.\n$/), stderr: "", code: 0 });
  expect(await held()).toEqual(before);
  expect(existsSync(ledger)).toBe(false);
});

test.each(["SIGTERM", "SIGHUP"] as const)(
  "a run that is stopped by %s takes back what it made, and ends with 2",
  async (signal) => {
    const before = await held();
    const target = ["--target", server.url, "--line", CONTRACT_LINES.line, "--ledger", ledger, ...FAST];
    const child = linqMock(["contract", ...target, ...EVERYTHING], { LINQ_TOKEN: TOKEN });
    let isStopped = false;
    server.instead = () => {
      if (server.changes.length < 20 || isStopped) return false;
      isStopped = true; // a second signal would end it at once
      if (signal === "SIGHUP") for (const out of [child.stdout, child.stderr]) out.destroy(); // as of a terminal that has gone
      child.kill(signal);
      return false;
    };
    expect(await once(child, "close")).toEqual([2, null]);
    server.instead = () => false;
    expect(await held()).toEqual(before);
  },
);

/** What the account holds that a run could leave. Chats cannot be removed. */
async function held(): Promise<unknown> {
  const read = async (path: string): Promise<Record<string, unknown>> => {
    const response = await fetch(`${mock.url}/api/partner/v2${path}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": TOKEN } });
    return (await response.json()) as Record<string, unknown>;
  };
  const chats = (await read(`/chats?phone_number=${encodeURIComponent(RECIPIENTS[0] ?? "")}`)) as {
    data: { message_count: number }[];
  };
  return {
    contacts: (await read("/contacts?per_page=1"))["pagination"],
    subscriptions: await read("/webhook_subscriptions"),
    lines: await read("/phone_numbers"),
    messages: chats.data.filter(({ message_count }) => message_count > 0).length,
  };
}

test("without a token, that is said in one sentence, with exit code 2", async () => {
  const { stdout, stderr, code } = await contract(["--target", "http://127.0.0.1:9"], {});
  expect({ stdout, stderr, code }).toEqual({
    stdout: "",
    stderr: expect.stringMatching(
      /^linq-mock: there is no token; set LINQ_TOKEN \(a mock takes any\), or give it on stdin with --token-stdin.*\n$/,
    ),
    code: 2,
  });
});

test("a token that is refused is told with what the server says, where it came from, and how to see it", async () => {
  const token = "an-expired-token";
  const detail = `The token ${token} of ann@example.com has expired\u001b[2J`;
  server.instead = (_, response) => {
    response.writeHead(401, { "Content-Type": "application/json" }).end(JSON.stringify({ errors: [{ title: "No", detail }] }));
    return true;
  };
  const { stdout, stderr, code } = await contract(["--target", server.url, ...FAST], { LINQ_TOKEN: token });
  expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
  expect(
    stderr,
  ).toBe(`linq-mock: nothing was checked: GET /phone_numbers answers 401 "The token secret 1 of email 1 has expired\\u001b[2J".
  ${server.url} refuses the token from LINQ_TOKEN (set, 16 characters).
  Renew it in the job; if customers get 401, too, the server is at fault.
  see it  curl -g -i '${server.url}/api/partner/v2/phone_numbers' -H "X-LINQ-INTEGRATION-TOKEN: $LINQ_TOKEN"
`);
});

test.each<[string, readonly string[], RegExp]>([
  ["nobody there", ["--target", "http://127.0.0.1:2"], /cannot be judged: .*ECONNREFUSED; check the address/],
  ["a port where nothing listens", ["--target", "http://127.0.0.1:9"], /the connection failed with ECONNREFUSED/],
  ["no address", ["--target", "staging"], /The target is no address/],
  [
    "sending to nobody",
    ["--target", "http://127.0.0.1:9", "--allow", "send"],
    /--allow send needs somebody to send to; name each with --recipient/,
  ],
  ["recipients without sending", ["--target", "http://127.0.0.1:9", "--recipient", "+1"], /which needs --allow send/],
  ["an unknown permission", ["--allow", "everything"], /It is writes, visible or send/],
  ["a line without a target", ["--line", "+12052761148"], /--line is about a server; name it with --target/],
  ["a sweep without a target", ["--sweep"], /--sweep is about a server; name it with --target/],
  ["facts of nothing", ["--facts", "x"], /--facts is about a server; name it with --target, or a recording of it with --har/],
  ["an unknown format", ["--report", "pdf=x"], /The formats: json, junit, github, html/],
  ["a report that cannot be written", ["--report", "json=/nowhere/x.json"], /the report \/nowhere\/x\.json cannot be written/],
  ["a baseline that is not there", ["--baseline", "/nowhere.json"], /\/nowhere\.json cannot be read/],
  ["a recording that is none", ["--har", __filename], /HAR/],
  ["a token as a flag", ["--token", "secret"], /unknown option '--token'/],
])("%s is said in one sentence", async (_, args, expected) => {
  process.env["LINQ_TOKEN"] = TOKEN;
  const asked = commandLine().parseAsync(["contract", ...args], { from: "user" });
  const error = await asked.catch((thrown: Error) => thrown).finally(() => delete process.env["LINQ_TOKEN"]);
  expect(error).toMatchObject({ message: expect.stringMatching(expected) });
});

test("the token may come on stdin", async () => {
  const child = linqMock(["contract", "--target", server.url, "--token-stdin", "--line", "+15550000000"], {});
  child.stdin.end(`${TOKEN}\n`);
  expect(await once(child, "close")).toEqual([2, null]);
  expect(server.received).toHaveLength(1);
});

test("flags are variables, too", async () => {
  const { code, stdout } = await contract(["--dry-run"], { LINQ_MOCK_TARGET: "http://127.0.0.1:9", LINQ_MOCK_ALLOW: "writes" });
  expect(code).toBe(0);
  expect(stdout).toMatch(/writes, and reaches nobody +\d+ checks, at most/);
});
