import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumEntry } from "../../contracts/har/testing/chromium-har";
import { readFixtures } from "../../fixtures/load/read-files";
import { startMockServer } from "../server/start-mock-server";
import { killAll, linqMock, run } from "../testing/command";
import { smallWorld } from "../testing/worlds";

const folder = mkdtempSync(join(tmpdir(), "linq-mock-fixtures-command-"));
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function writtenTo(path: string): string {
  return `Written: ${path}\nServe it: npx linq-mock --fixtures ${path}\n`;
}

test.each([
  ["generate", ["--chats", "1"]],
  ["export", ["--url", "http://127.0.0.1:9"]],
  ["pull", ["--target", "http://127.0.0.1:9"]],
])("fixtures %s overwrites nothing without --force", async (command, flags) => {
  const path = file(`mine-${command}.yaml`, "# mine\n");
  const args = ["fixtures", command, ...flags, "--out", path];
  const refused = await run(args, { LINQ_TOKEN: "t" });
  expect(refused).toEqual({ stdout: "", stderr: `linq-mock: ${path} is there already; --force overwrites it\n`, code: 2 });
  expect(readFileSync(path, "utf8")).toBe("# mine\n");
  const forced = await run([...args, "--force"], { LINQ_TOKEN: "t" });
  expect(forced.stderr).toContain(command === "generate" ? writtenTo(path) : "127.0.0.1:9");
});

describe("fixtures validate", () => {
  const good = file("good.yaml", 'version: 1\nlines: ["+12052761148"]\n');
  const bad = file("bad.yaml", "version: 1\nlines: [12052761148]\ncontacts:\n  - { frist_name: Ann }\n");
  const doubtful = file(
    "doubtful.yaml",
    'version: 1\ncontacts: [{ first_name: Ann, created_at: "2025-05-21T15:30:00-05:00", updated_at: "2025-05-20T15:30:00-05:00" }]\n',
  );
  const FIRST =
    'lines[0] must be a phone number in E.164, in quotes, such as "+12052761148"; it is 12052761148, because without quotes a number loses its plus';
  const SECOND = "contacts[0] has the unknown field frist_name";

  test("says what is in a good one, of every kind that --fixtures takes", async () => {
    expect(await run(["fixtures", "validate", good, "sms-only"])).toEqual({
      stdout: `${good} is valid: 1 line, 0 contacts, 0 chats, 0 messages\nsms-only is valid: 2 lines, 11 contacts, 15 chats, 120 messages\n`,
      stderr: "",
      code: 0,
    });
  });

  test("one that names what the default world has is told how to add to that", async () => {
    const path = file("addition.yaml", "version: 1\nchats: [{ line: '+13125550150', participants: [Ellen Prewitt] }]\n");
    const { stdout, code } = await run(["fixtures", "validate", path]);
    expect(code).toBe(1);
    expect(stdout).toContain("+13125550150 is not one of the lines");
    expect(stdout).toContain(
      `Together with the default world it is valid: write extends: default, or validate --together default ${path}\n`,
    );
  });

  test("shows every mistake, with its line and a mark below the place", async () => {
    const { stdout, stderr, code } = await run(["fixtures", "validate", bad]);
    expect([stderr, code]).toEqual(["", 1]);
    expect(stdout).toBe(`${bad}:2:9 at /lines/0: error
  ${FIRST}; did you mean "+12052761148"?
    2 | lines: [12052761148]
      |         ^
${bad}:4:7 at /contacts/0/frist_name: error
  ${SECOND}; did you mean first_name?
    4 |   - { frist_name: Ann }
      |       ^
${bad}: 2 errors
`);
  });

  test("says all of it as JSON", async () => {
    const { stdout, stderr, code } = await run(["fixtures", "validate", "--json", good, bad]);
    expect([stderr, code]).toEqual(["", 1]);
    expect(JSON.parse(stdout)).toEqual([
      { path: good, valid: true, problems: [] },
      {
        path: bad,
        valid: false,
        problems: [
          {
            severity: "error",
            file: bad,
            line: 2,
            column: 9,
            pointer: "/lines/0",
            reason: FIRST,
            found: "12052761148",
            expected: 'must be a phone number in E.164, in quotes, such as "+12052761148"',
            suggestion: '"+12052761148"',
          },
          {
            severity: "error",
            file: bad,
            line: 4,
            column: 7,
            pointer: "/contacts/0/frist_name",
            reason: SECOND,
            found: "frist_name",
            expected: expect.stringMatching(/^id, first_name, .*, updated_at$/),
            suggestion: "first_name",
          },
        ],
      },
    ]);
  });

  test("says that there are more errors than are shown", async () => {
    const many = file("many.yaml", `version: 1\nusers: [${"7, ".repeat(5000)}]\n`);
    const { stdout, stderr, code } = await run(["fixtures", "validate", many]);
    expect([stderr, code]).toEqual(["", 1]);
    expect(stdout).toMatch(/many\.yaml: at least 1000 errors; more are not shown\n$/);
  });

  test("annotates the lines on GitHub", async () => {
    const { stdout, stderr, code } = await run(["fixtures", "validate", "--github", bad, doubtful]);
    expect([stderr, code]).toEqual(["", 1]);
    expect(stdout.split("\n")).toEqual([
      `::error file=${bad},line=2,col=9,title=/lines/0::${FIRST}; did you mean "+12052761148"?`,
      `::error file=${bad},line=4,col=7,title=/contacts/0/frist_name::${SECOND}; did you mean first_name?`,
      expect.stringMatching(/^::warning file=.*doubtful\.yaml,.*::this world has no line, /),
      expect.stringMatching(
        /^::warning file=.*doubtful\.yaml,line=2,col=84,title=\/contacts\/0\/updated_at::time runs backwards: /,
      ),
      "",
    ]);
  });

  test("takes what is only likely to be a mistake for one", async () => {
    const { stdout, code } = await run(["fixtures", "validate", doubtful]);
    expect([code, stdout.split("\n").at(-2)]).toEqual([1, `${doubtful}: 2 warnings`]);
  });

  test("checks several as one world, as they are served", async () => {
    const more = file("more.yaml", 'version: 1\nchats: [{ line: "+12052761148", participants: ["+12055550101"] }]\n');
    expect((await run(["fixtures", "validate", good, more])).code).toBe(1);
    const { stdout, code } = await run(["fixtures", "validate", "--together", good, more]);
    expect([stdout, code]).toEqual([`${good} + ${more} is valid: 1 line, 0 contacts, 1 chat, 0 messages\n`, 0]);
  });

  test("a file that is not there is no mistake in it", async () => {
    const { stderr, code } = await run(["fixtures", "validate", "nothing.yaml"]);
    expect([stderr, code]).toEqual(["linq-mock: nothing.yaml: there is no such file or folder\n", 2]);
  });

  test.each([
    [["fixtures"], "linq-mock fixtures needs one of validate, list, generate, export, pull"],
    [["fixtures", "valdate"], "unknown command 'fixtures valdate'; did you mean validate?"],
    [["fixtures", "validate"], "missing required argument 'path'"],
    [["fixtures", "validate", "--json", "--github", "x"], "option '--github' cannot be used with option '--json'"],
  ])("is used as it is meant to be: %j", async (args, sentence) => {
    expect(await run(args)).toEqual({ stdout: "", stderr: `linq-mock: ${sentence}\n`, code: 2 });
  });
});

test("fixtures list names the shipped worlds", async () => {
  const { stdout } = await run(["fixtures", "list"]);
  expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([
    "default",
    "empty",
    "busy-inbox",
    "group-chats",
    "sms-only",
    "v3-examples",
    "edge-cases",
    "large",
    "",
  ]);
  const { stdout: json } = await run(["fixtures", "list", "--json"]);
  expect(JSON.parse(json)).toHaveLength(8);
});

describe("fixtures generate", () => {
  const GENERATE = ["fixtures", "generate", "--chats", "5", "--messages", "40", "--contacts", "4", "--seed", "7"];

  test("writes the same bytes each time, on stdout as in a file", async () => {
    const path = join(folder, "made.json");
    const [shown, written] = await Promise.all([run(GENERATE), run([...GENERATE, "--out", path])]);
    expect([shown.code, shown.stderr, written]).toEqual([0, "", { stdout: "", stderr: writtenTo(path), code: 0 }]);
    expect(shown.stdout).toBe(readFileSync(path, "utf8"));
    const { records, warnings } = readFixtures(path, { now: 0 });
    expect([records.chats.length, records.messages.length, records.contacts.length, warnings]).toEqual([5, 40, 4, []]);
  });

  test("variables of the server's flags change nothing", async () => {
    const { stdout } = await run(GENERATE);
    const withoutSeed = await run(GENERATE.slice(0, -2));
    const env = { LINQ_MOCK_PROFILE: "carrier-slow", LINQ_MOCK_SEED: "9", LINQ_MOCK_WATCH: "maybe", LINQ_MOCK_LINES: "all" };
    expect((await run(GENERATE, env)).stdout).toBe(stdout);
    expect(await run(GENERATE.slice(0, -2), env)).toEqual(withoutSeed);
  });

  test("writes YAML where the name asks for it, of the same world", async () => {
    const [json, yaml] = [join(folder, "one.json"), join(folder, "one.yaml")];
    await Promise.all([json, yaml].map((out) => run([...GENERATE, "--locale", "es,fr", "--out", out])));
    expect(readFileSync(yaml, "utf8")).toMatch(/^# yaml-language-server: \$schema=.*\nversion: 1\n/);
    expect(readFixtures(yaml, { now: 0 }).records).toEqual(readFixtures(json, { now: 0 }).records);
  });

  test.each([
    [["--profile", "huge"], "there is no profile huge; there are organization, busy-inbox, edge"],
    [["--locale", "tlh"], "there is no locale tlh; there are en, es, de, fr"],
    [["--chats", "many"], "option '--chats <n>' argument 'many' is invalid. It is a whole number, 0 or more."],
    [["--chats", "0", "--messages", "3"], "3 messages need at least one chat; ask for chats, too, or for no messages"],
    [["--until", "2 days ago"], "--until is a time of ISO 8601 with an offset, such as 2025-05-21T15:30:00-05:00"],
    [["--out", "world.txt"], "world.txt is no name of a fixture; it ends in .json, .yaml or .yml"],
    [["--out", "no/such/world.json"], "no/such/world.json cannot be written: there is no such folder"],
  ])("refuses %j in one sentence", async (args, sentence) => {
    const { stdout, stderr, code } = await run(["fixtures", "generate", ...args]);
    expect([stdout, stderr, code]).toEqual(["", `linq-mock: ${sentence}\n`, 2]);
  });
});

describe("fixtures export", () => {
  test("writes a sandbox's world, which loads again to an equal one", async () => {
    const mock = await startMockServer({ fixtures: smallWorld, controlToken: "key" });
    const box = await mock.sandbox("qa");
    await box.simulate.message({ chat: 1, text: "Are you there?" });
    const path = join(folder, "exported.json");
    const args = ["fixtures", "export", "--url", `${mock.url}/`, "--sandbox", "qa", "--control-token", "key", "--out", path];
    expect(await run(args)).toEqual({ stdout: "", stderr: writtenTo(path), code: 0 });
    expect(await run(args)).toMatchObject({ stderr: `linq-mock: ${path} is there already; --force overwrites it\n`, code: 2 });
    await mock.stop();
    expect(readFileSync(path, "utf8")).toContain("Are you there?");
    const second = await startMockServer({ fixtures: path });
    const { stdout } = await run(["fixtures", "export", "--url", second.url], { LINQ_MOCK_SANDBOX: "true" });
    await second.stop();
    expect(stdout).toBe(readFileSync(path, "utf8"));
  });

  test("takes the URL of a sandbox, too", async () => {
    const mock = await startMockServer({ fixtures: smallWorld });
    const box = await mock.sandbox("qa");
    await box.simulate.message({ chat: 1, text: "Only here" });
    const { stdout } = await run(["fixtures", "export", "--url", `${box.url}/`]);
    await mock.stop();
    expect(stdout).toContain("Only here");
  });

  test.each([
    ["text/plain", "hello"],
    ["application/json", '{"sandboxes": 3}'],
    ["application/json", '"hello"'],
  ])("of another server that answers %s %s it says so", async (type, body) => {
    const other = createServer((_, res) => res.setHeader("Content-Type", type).end(body)).listen(0, "127.0.0.1");
    await once(other, "listening");
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { stderr, code } = await run(["fixtures", "export", "--url", url]);
    other.close();
    expect(stderr).toMatch(
      /^linq-mock: (GET \/__mock\/sandboxes answered 200: )?it is not linq-mock that answers at http:\S+\n$/,
    );
    expect(code).toBe(2);
  });

  test("opens no sandbox that is not there", async () => {
    const mock = await startMockServer();
    await mock.sandbox("qa");
    const { stderr, code } = await run(["fixtures", "export", "--url", mock.url, "--sandbox", "aq"]);
    const { sandboxes } = (await (await fetch(`${mock.url}/__mock/health`)).json()) as { sandboxes: number };
    await mock.stop();
    expect([stderr, code, sandboxes]).toEqual(["linq-mock: there is no sandbox aq; there are default, qa\n", 2, 2]);
  });

  test.each([
    [["--url", "localhost:4010"], "--url is where the mock is, such as http://localhost:4010"],
    [["--url", "http://127.0.0.1:9", "--sandbox", "a/b"], "A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -"],
    [
      ["--url", "http://127.0.0.1:9", "--sandbox", "ab"],
      "GET /__mock/sandboxes got no answer: is the mock running at http://127.0.0.1:9?",
    ],
  ])("refuses %j in one sentence", async (args, sentence) => {
    expect(await run(["fixtures", "export", ...args])).toEqual({ stdout: "", stderr: `linq-mock: ${sentence}\n`, code: 2 });
  });
});

describe("fixtures pull", () => {
  const TOKEN = "integration-token-7";

  test("reads a server into a file without anything personal, and says what was replaced", async () => {
    const mock = await startMockServer({ tokens: [TOKEN] });
    const path = join(folder, "pulled.yaml");
    const args = ["fixtures", "pull", "--target", mock.url, "--line", "+12052761148", "--rate", "1000", "--out", path];
    const { stdout, stderr, code } = await run(args, { LINQ_TOKEN: TOKEN });
    const { requests } = await mock.sandbox("default");
    const methods = new Set((await requests.list()).map(({ method }) => method));
    await mock.stop();
    expect([stdout, code, [...methods]]).toEqual(["", 0, ["GET"]]);
    expect(stderr).toMatch(/^Read: 3 users, 3 lines, 15 contacts, \d+ chats, \d+ messages\.\nReplaced: .* phone numbers/);
    expect(stderr).toContain(`Written: ${path}\n`);
    const written = readFileSync(path, "utf8");
    for (const secret of [TOKEN, "Prewitt", "+12055426109", "hollis"]) expect(written).not.toContain(secret);
    expect(readFixtures(path, { now: 0 }).records.lines).toHaveLength(3);
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });

  test("what is not anonymised is for its owner only", async () => {
    const mock = await startMockServer();
    const path = join(folder, "open.json");
    const args = ["fixtures", "pull", "--target", mock.url, "--rate", "1000", "--out", path, "--no-anonymize"];
    const { stderr, code } = await run(args, { LINQ_TOKEN: TOKEN });
    await mock.stop();
    expect([code, stderr]).toEqual([0, expect.stringContaining("NOT anonymised")]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("takes the token from stdin, and goes on where it was stopped", async () => {
    const mock = await startMockServer({ tokens: [TOKEN] });
    const path = join(folder, "resumed.json");
    const args = ["fixtures", "pull", "--target", mock.url, "--out", path, "--token-stdin", "--rate"];
    const first = linqMock([...args, "20"]);
    first.stdin.end(`${TOKEN}\n`);
    const { requests } = await mock.sandbox("default");
    await requests.waitFor({ operation: "listMessages" }, { count: 3, timeoutMs: 30_000 });
    first.kill("SIGINT");
    const said = new Promise<string>((resolve) => first.stderr.setEncoding("utf8").once("data", resolve));
    expect(await said).toMatch(/^linq-mock: .*again/);
    const second = linqMock([...args, "1000"]);
    second.stdin.end(TOKEN);
    const report: string[] = [];
    for await (const chunk of second.stderr.setEncoding("utf8")) report.push(String(chunk));
    await mock.stop();
    expect(report.join("")).toMatch(/Resumed: \d+ chats? (was|were) there already\./);
    expect(readFixtures(path, { now: 0 }).records.chats).toHaveLength(23);
  }, 60_000);

  test("reads a recording instead, and says what that does not have", async () => {
    const handles = ["+12055426109", "+12052761148"].map((phone_number, i) => ({ id: i + 1, phone_number, service: "SMS" }));
    const chat = {
      id: 46,
      display_name: "Ellen Prewitt",
      service: "SMS",
      group: false,
      message_count: 20,
      chat_handles: handles,
    };
    const url = "https://api.linqapp.com/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers[]=2055426109";
    const har = file("calls.har", JSON.stringify({ log: { entries: [chromiumEntry({ url, body: { data: { chat } } })] } }));
    const path = join(folder, "recorded.yaml");
    const { stdout, stderr, code } = await run(["fixtures", "pull", "--har", har, "--out", path]);
    expect([stdout, code]).toEqual(["", 0]);
    expect(stderr).toMatch(/^Read: 1 line, 1 chat\.\nReplaced: 2 phone numbers, 1 name\.\n/);
    expect(stderr).toMatch(
      /\n1 recorded call\.\nMissing: lines: .*\nMissing: chat 46: 0 of 20 messages recorded\.\nWritten: /s,
    );
    expect(readFileSync(path, "utf8")).not.toMatch(/Prewitt|2055426109/);
    expect(readFixtures(path, { now: 0 }).records.chats).toHaveLength(1);
  });

  test.each([
    [["--target", "http://127.0.0.1:9"], {}, "required option '--out <file>' not specified"],
    [["--out", "x.json"], {}, "there is nothing to read; name a server with --target, or a recording with --har"],
    [["--out", "x.json", "--har", "x", "--target", "x"], {}, "--har reads a recording; leave out --target"],
    [
      ["--out", "x.json", "--har", "/nowhere"],
      {},
      "/nowhere cannot be read: ENOENT: no such file or directory, open '/nowhere'",
    ],
    [
      ["--target", "http://127.0.0.1:9", "--out", "x.json"],
      {},
      "there is no token; set LINQ_TOKEN (a mock takes any), or give it on stdin with --token-stdin",
    ],
    [
      ["--target", "http://127.0.0.1:9", "--out", "x.txt"],
      { LINQ_TOKEN: "t" },
      "x.txt is no name of a fixture; it ends in .json, .yaml or .yml",
    ],
    [
      ["--target", "http://127.0.0.1:9", "--out", "x.json", "--rate", "0"],
      {},
      "option '--rate <n>' argument '0' is invalid. It is a number above 0.",
    ],
  ])("refuses %j in one sentence", async (args, env, sentence) => {
    expect(await run(["fixtures", "pull", ...args], env)).toEqual({ stdout: "", stderr: `linq-mock: ${sentence}\n`, code: 2 });
  });
});
