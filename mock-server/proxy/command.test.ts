import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { LoggingServer } from "../../contracts/testing/logging-server";
import { contractWorld } from "../../fixtures/contract-world";
import { type MockServer, startMockServer } from "../server/start-mock-server";
import { killAll, run, serve, start } from "../testing/command";
import { smallWorld } from "../testing/worlds";

/* Asks the built command, as `npm test` has just built it. */

const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "any" };

let mock: MockServer;
let server: LoggingServer;

beforeAll(async () => {
  mock = await startMockServer({ fixtures: smallWorld });
});
beforeEach(async () => {
  server = await new LoggingServer(mock.url).start();
});
afterEach(() => server.stop());
afterAll(async () => {
  killAll();
  await mock.stop();
});

async function proxy(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}, starts: typeof start | typeof serve = serve) {
  const { child, url, log } = await starts(["proxy", "--target", server.url, "--port", "0", ...args], env);
  const get = (path: string): Promise<Response> =>
    fetch(`${url.replace("localhost", "127.0.0.1")}/api/partner/v2${path}`, { headers: TOKEN });
  const stop = async (signal: "SIGINT" | "SIGTERM" = "SIGTERM"): Promise<unknown> => {
    child.kill(signal);
    const [code] = await once(child, "close");
    return code;
  };
  const said: string[] = [];
  child.stderr.on("data", (chunk: string) => said.push(chunk));
  const logged = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(log())) await once(child.stderr, "data");
  };
  return { get, stop, log, logged, saidSince: () => said.join("") };
}

function breakChats(): void {
  server.instead = ({ url }, response) => {
    if (!/\/chats\/\d+(\?|$)/.test(url)) return false;
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"data":{"id":"1"}}');
    return true;
  };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "says where it is and what passes, and %s ends it with a summary and 0",
  async (signal) => {
    const { get, stop, log } = await proxy([], {}, start);
    expect(log()).toMatch(
      /linq-mock \d\S+: proxy at http:\/\/localhost:\d+\/api\/partner\/v2 and \/api\/partner\/v3 to http:\/\/127\.0\.0\.1:\d+; GET and HEAD alone pass\n/,
    );
    expect((await get("/chats/1")).status).toBe(200);
    expect(await stop(signal)).toBe(0);
    expect(log()).toMatch(/\n[\d:.]+ GET \/api\/partner\/v2\/chats\/1 200 \d+\.\d ms getChat req-1\/\S+\n/);
    expect(log()).toMatch(
      /\n0 violations in 1 request: 1 answered by http:\/\/127\.0\.0\.1:\d+\.\n\n {2}getChat {2}200 x 1\n$/,
    );
  },
);

test("a violation is told when it happens, in a header, and at the end with 1", async () => {
  breakChats();
  const { get, stop, log, logged } = await proxy(["--log", "warn"]);
  await get("/chats?phone_number=%2B12052761148");
  const { headers } = await get("/chats/1?secret=1");
  expect(headers.get("X-Linq-Mock-Violation")).toBe("1 violation: /data/id must be an integer of at least 1");
  await logged(
    /\n[\d:.]+ GET \/api\/partner\/v2\/chats\/1 200 \S+ ms getChat req-2 violation: 1 violation: \/data\/id must be an integer/,
  );
  expect(log()).not.toMatch(/req-1|secret/);
  expect(await stop()).toBe(1);
  expect(log()).toMatch(
    /\n\d+ violations? in 2 requests: .*\n\n.*\n.*\n\nAnswers that break the contract\n {2}getChat 200: \/data\/id must be an integer/,
  );
});

test("the token of the environment goes to the target, and into no log", async () => {
  const { get, stop, log } = await proxy(["--log", "debug"], { LINQ_TOKEN: "real-token" });
  await get("/chats/1");
  await stop();
  expect(server.received[0]?.headers["x-linq-integration-token"]).toBe("real-token");
  expect(log()).toContain("whoever sends a token uses that of LINQ_TOKEN instead");
  expect(log()).not.toContain("real-token");
});

test("with --fallback the mock of --fixtures answers what it knows", async () => {
  const { get, stop, log } = await proxy(["--fallback", "--fixtures", "group-chats"]);
  expect(log()).toMatch(/a mock answers what it knows; its own API is at http:\/\/127\.0\.0\.1:\d+\/__mock\n/);
  expect((await get("/contacts")).headers.get("X-Linq-Mock-Answered-By")).toBe("mock");
  expect((await get("/chats/999999")).headers.get("X-Linq-Mock-Answered-By")).toBe("target");
  expect(await stop()).toBe(0);
  expect(log()).toContain("0 violations in 2 requests: 1 answered by ");
});

test("what is allowed is said, and passes", async () => {
  const { stop, log } = await proxy(["--allow", "writes,visible", "--recipient", "+12055550101"]);
  expect(log()).toContain("; GET, HEAD and what --allow writes,visible allows pass\n");
  expect(await stop()).toBe(0);
});

test("records for programs go to stdout, and what people read to stderr", async () => {
  breakChats();
  const { get, stop, log, saidSince } = await proxy(["--json-log"], {}, start);
  await get("/chats/1");
  await stop();
  expect(saidSince()).toMatch(/^1 violation in 1 request: /);
  const [started, request] = log().split("\n");
  expect(JSON.parse(started ?? "")).toMatchObject({ msg: "started", target: server.url });
  expect(JSON.parse(request ?? "")).toMatchObject({
    level: 40,
    operation: "getChat",
    violation: expect.stringMatching(/^1 violation: /),
  });
});

test("the mock does not load what the proxy needs; the proxy does", async () => {
  const probe = join(mkdtempSync(join(tmpdir(), "linq-mock-proxy-")), "probe.js");
  writeFileSync(
    probe,
    `process.on("exit", () => console.error(Object.keys(require.cache).some((path) => /\\/run-proxy-\\w+\\.js$/.test(path)) ? "proxy: loaded" : "proxy: left out"));`,
  );
  const ends: string[] = [];
  for (const args of [["start"], ["proxy", "--target", server.url]]) {
    const { child, log } = await start([...args, "--port", "0"], { NODE_OPTIONS: `--require ${probe}` });
    child.kill("SIGTERM");
    await once(child, "close");
    ends.push(/^proxy: .*$/m.exec(log())?.[0] ?? "");
  }
  rmSync(dirname(probe), { recursive: true });
  expect(ends).toEqual(["proxy: left out", "proxy: loaded"]);
});

test("a port that is taken is said, with exit code 2", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const { stderr, stdout, code } = await run(["proxy", "--target", server.url, "--port", String(port)]);
  expect({ stderr, stdout, code }).toEqual({ stderr: expect.stringContaining(`port ${port} is in use`), stdout: "", code: 2 });
  taken.close();
});

test("a contract run through a proxy that records has the same verdicts as a direct one, and so has one of the replay", async () => {
  const folder = mkdtempSync(join(tmpdir(), "linq-mock-record-"));
  const file = join(folder, "run.har");
  const staging = await startMockServer({ fixtures: contractWorld() });
  const verdicts = async (target: string): Promise<string[]> => {
    const report = join(folder, "report.json");
    const asked = ["--target", target.replace("localhost", "127.0.0.1"), "--rate", "100000", "--report", `json=${report}`];
    const { code } = await run(["contract", ...asked], { LINQ_TOKEN: "any" });
    expect(code).toBe(1); // the mock takes any token, so that law 25 does not hold
    const { outcomes } = JSON.parse(readFileSync(report, "utf8")) as { outcomes: { id: string; verdict: string }[] };
    return outcomes.map(({ id, verdict }) => `${id} ${verdict}`).sort();
  };
  const direct = await verdicts(staging.url);
  const recording = await start(["proxy", "--target", staging.url, "--port", "0", "--record", file]);
  expect(recording.log()).toContain(`what passes is recorded in ${file}`);
  expect(await verdicts(recording.url)).toEqual(direct);
  recording.child.kill("SIGTERM");
  expect(await once(recording.child, "close")).toEqual([0, null]);
  expect(recording.log()).toMatch(/\nrecorded {3}1\d\d calls in \S+run\.har\n$/);
  await staging.stop();
  const replay = await start(["replay", file, "--port", "0"]);
  expect(await verdicts(replay.url)).toEqual(direct);
  replay.child.kill("SIGTERM");
  await once(replay.child, "close");
  rmSync(folder, { recursive: true });
});

test("a recording that cannot be begun leaves no file, and none that was there is lost", async () => {
  const folder = mkdtempSync(join(tmpdir(), "linq-mock-record-"));
  const file = join(folder, "run.har");
  const { port } = new URL(mock.url);
  const inUse = await run(["proxy", "--target", server.url, "--port", port, "--record", file]);
  expect([inUse.code, existsSync(file)]).toEqual([2, false]);
  writeFileSync(file, "precious");
  const there = await run(["proxy", "--target", server.url, "--port", "0", "--record", file]);
  expect([there.code, readFileSync(file, "utf8")]).toEqual([2, "precious"]);
  expect(there.stderr).toContain(`${file} cannot be recorded to: `);
  rmSync(folder, { recursive: true });
});

test.each<[string, readonly string[], RegExp, NodeJS.ProcessEnv?]>([
  ["no target", [], /nothing to pass requests on to; name it with --target <url>/],
  ["no address", ["--target", "staging"], /The target is no address/],
  ["an address without encryption", ["--target", "http://api.example"], /The token would be sent unencrypted/],
  ["sending to nobody", ["--target", "http://127.0.0.1:9", "--allow", "send"], /name each with --recipient/],
  ["being seen by nobody", ["--target", "http://127.0.0.1:9", "--allow", "visible"], /name each with --recipient/],
  [
    "recipients without sending",
    ["--target", "http://127.0.0.1:9", "--recipient", "+1"],
    /which needs --allow writes, visible or send/,
  ],
  [
    "a recipient that is none",
    ["--target", "http://127.0.0.1:9", "--allow", "send", "--recipient", "ann"],
    /neither a number nor/,
  ],
  ["an unknown permission", ["--target", "http://127.0.0.1:9", "--allow", "all"], /It is writes, visible or send/],
  ["a world without a mock", ["--target", "http://127.0.0.1:9", "--fixtures", "default"], /add --fallback/],
  [
    "fixtures that are not there",
    ["--target", "http://127.0.0.1:9", "--fallback", "--fixtures", "/nowhere.yaml"],
    /cannot serve these fixtures/,
  ],
  ["a token that is none", ["--target", "http://127.0.0.1:9"], /what no header can carry/, { LINQ_TOKEN: "a\u00e9" }],
  ["a token as a flag", ["--target", "http://127.0.0.1:9", "--token", "secret"], /unknown option '--token'/],
])("%s is said in one sentence, with exit code 2", async (_, args, expected, ...[env]) => {
  const { stdout, stderr, code } = await run(["proxy", "--port", "0", ...args], env);
  expect({ stdout, code, lines: stderr.trim().split("\n").length }).toEqual({ stdout: "", code: 2, lines: 1 });
  expect(stderr).toMatch(expected);
});
