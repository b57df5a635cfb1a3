import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startMockServer } from "./server/start-mock-server";
import { PARTS, partsIn, partsOfBundle } from "./testing/bundle-parts";
import { killAll, linqMock, run, serve, start } from "./testing/command";
import { LOOPBACKS } from "./testing/sockets";

// Asserted here, too: A-find-match, A-404-others, A-error-wording, A-availability-number, A-availability, A-auth-everywhere,
// A-auth-envelope.

/* Asks the built command, as `npm test` has just built it. */

const folder = mkdtempSync(join(tmpdir(), "linq-mock-cli-"));
const AS_NPM: NodeJS.ProcessEnv = { npm_lifecycle_event: "start" };

afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

/** A port below those that the system gives to others who ask for any. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    server.close();
    if (isFree) return port;
  }
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("starts, says where and what, and its Find Chat command works as it stands", async () => {
  const { child, url, log } = await start(["--port", "0"]);
  expect(log()).toContain(`the Linq Partner API V2 at ${url}/api/partner/v2`);
  expect(log()).toContain(
    "loaded 3 lines, 23 chats, 332 messages, 15 contacts; lines +12052761148, +15559876543, +13125550150",
  );
  expect(log()).toContain(`${url}/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109`);
  const [, shownUrl = "", header = ""] = /--url '([^']+)' .*\n +--header '([^']+)'/.exec(log()) ?? [];
  const response = await fetch(shownUrl.replace("localhost", "127.0.0.1"), {
    headers: [header.split(": ") as [string, string]],
  });
  const body = (await response.json()) as { data: { chat: { id: number } } };
  expect(body.data.chat.id).toBe(46);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(log()).toMatch(/GET \/api\/partner\/v2\/chats\/find 200 \d+\.\d ms findChat req-1\n/);
});

test("a start loads no part of its own that it does not need", async () => {
  const probe = file(
    "probe.js",
    `process.on("exit", () => console.error("\\nloaded: " + JSON.stringify(Object.keys(require.cache))));`,
  );
  const { child, log } = await start(["--port", "0"], { NODE_OPTIONS: `--require ${probe}` });
  child.kill("SIGTERM");
  await once(child, "close");
  const loaded = JSON.parse(/^loaded: (.*)$/m.exec(log())?.[1] ?? "") as string[];
  expect(loaded).toContain(join(__dirname, "../dist/cli.js"));
  expect(partsIn(loaded)).toEqual([]);
  expect(partsOfBundle()).toEqual(Object.keys(PARTS));
});

test("a mistake in code that nobody catches fits on a screen", () => {
  const mistake = `require(${JSON.stringify(join(__dirname, "../dist/index.js"))}).createApp({ webhooks: ["http://example.com/x"] })`;
  const { stderr } = spawnSync(process.execPath, ["-e", mistake], { encoding: "utf8" });
  expect(stderr).toContain("The webhook http://example.com/x gets nothing");
  expect(Math.max(...stderr.split("\n").map((line) => line.length))).toBeLessThan(400);
});

test("faults are armed by flag and by variable, and the banner names them", async () => {
  const flags = ["--fault", "status status=503 operation=findChat,getChat first=1", "--profile", "expired-token"];
  const { child, url, log } = await serve(["--port", "0", ...flags], { LINQ_MOCK_FAULT: "drip ms=10" });
  expect(log()).toContain("armed 2 faults: expired-token-calls (expired-token), status\n");
  const call = (): Promise<Response> =>
    fetch(`${url}/api/partner/v2/chats/46`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
  expect((await call()).headers.get("x-linq-mock-fault")).toBe("expired-token-calls (expired-token), status");
  await fetch(`${url}/__mock/faults/expired-token-calls`, { method: "DELETE" });
  await fetch(`${url}/__mock/reset`, { method: "POST" });
  const health = await (await fetch(`${url}/__mock/health`)).json();
  expect(health).toMatchObject({ faults: ["expired-token-calls", "status"] });
  child.kill("SIGTERM");
  await once(child, "close");
  expect(log()).toMatch(/ 401 .* fault: expired-token-calls \(expired-token\), status/);
  const other = await serve(["--port", "0"], { LINQ_MOCK_FAULT: "drip ms=10; empty-body every=2" });
  expect(other.log()).toContain("armed 2 faults: drip, empty-body\n");
});

test.each([
  [["--fault", "latency"], "cannot arm these faults at /faults/0/fault: latency needs ms"],
  [["--fault", "latency ms=soon"], "at /faults/0/ms: faults[0].ms must be a whole number"],
  [["--fault", "latency 3000"], "3000 is not name=value, as in 'latency ms=3000 operation=sendMessage'."],
  [["--fault", "{fault: drip}"], "It is not valid JSON"],
  [["--fault", " "], "It is not blank."],
  [["--fault", "drip operation=sendMesage"], "did you mean sendMessage?"],
  [["--profile", "latency"], "latency is a fault: --fault 'latency ...'."],
  [["--profile", "carier-slow"], "did you mean carrier-slow?"],
])("%j is refused with exit code 2", async (flags, reason) => {
  const { stderr, code } = await run(["--port", "0", ...flags]);
  expect(stderr).toContain(reason);
  expect(code).toBe(2);
});

/** What is on stderr from its stop on, once a message was sent so often, each with a key if there is one. */
async function saidAtStop(
  flags: readonly string[],
  times: number,
  message: object,
  starts: typeof start | typeof serve = serve,
) {
  const { child, url } = await starts(["--port", "0", ...flags]);
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "any-token", "Content-Type": "application/json" };
  const body = JSON.stringify({ message });
  for (let i = 0; i < times; i += 1) {
    for (const box of ["", "/s/a"]) {
      await fetch(`${url}${box}/api/partner/v2/chats/46/chat_messages`, { method: "POST", headers, body });
    }
  }
  const said: string[] = [];
  child.stderr.on("data", (chunk: string) => said.push(chunk));
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  return said.join("");
}

test("says at the end what the client could do better, in all sandboxes", async () => {
  const said = await saidAtStop(["--log", "error"], 2, { text: "Hi" });
  expect(said).toMatch(
    /^Advice: 2 messages were sent again without an idempotency key\. Give .*\(docs\/advice\.md, message-repeated\)\n$/,
  );
});

test("says it beside records on stdout, too", async () => {
  expect(await saidAtStop(["--json-log"], 2, { text: "Hi" }, start)).toMatch(/^Advice: 2 messages/);
});

test("says nothing at the end to a client that does it right", async () => {
  expect(await saidAtStop(["--log", "error"], 2, { text: "Hi", idempotency_key: "k" })).toBe("");
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends it with exit code 0", async (signal) => {
  const { child } = await start(["start", "--port", "0", "--log", "info"]);
  child.kill(signal);
  expect(await once(child, "close")).toEqual([0, null]);
});

test("a kill loses what memory held, as the docs say, and leaves the fixtures as they were", async () => {
  const text = JSON.stringify({ version: 1, lines: ["+12055550100"], contacts: [{ first_name: "Ann" }] });
  const fixtures = file("killed.json", text);
  const { child, url } = await start(["--port", "0", "--fixtures", fixtures]);
  const headers = { "X-LINQ-INTEGRATION-TOKEN": "t", "Content-Type": "application/json" };
  const body = JSON.stringify({ contact: { first_name: "Ben" } });
  const created = await fetch(`${url}/api/partner/v2/contacts`, { method: "POST", headers, body });
  expect(created.ok).toBe(true);
  child.kill("SIGKILL");
  await once(child, "close");
  expect(readFileSync(fixtures, "utf8")).toBe(text);
  const again = await startMockServer({ fixtures });
  const { contacts } = await (await again.sandbox("default")).state();
  await again.stop();
  expect(contacts).toMatchObject([{ first_name: "Ann" }]);
  expect(readFileSync("docs/sandboxes.md", "utf8").replaceAll("\n", " ")).toMatch(
    /keeps all of it in memory: when it ends, by `kill -9` or otherwise, everything is gone/,
  );
});

test("logs JSON records on stdout by flag", async () => {
  const { child, url, log } = await start(["--port", "0", "--json-log", "--webhook", "v3:http://localhost:9/"]);
  await (await fetch(`${url}/nothing`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "secret-token" } })).text();
  child.kill("SIGTERM");
  await once(child, "close");
  const records = log()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const webhook_secrets = [{ url: expect.stringContaining("localhost:9"), secret: expect.stringMatching(/^whsec_/) }];
  expect(records[0]).toMatchObject({ msg: "started", url, webhook_secrets });
  expect(records.at(-1)).toMatchObject({
    method: "GET",
    path: "/nothing",
    status: 404,
    requestId: "req-1",
    hint: expect.stringContaining("/api/partner/v2"),
  });
  expect(log()).not.toContain("secret-token");
});

test("serves on when whoever reads its log has gone", async () => {
  const { child, url } = await start(["--port", "0"]);
  child.stderr.destroy();
  for (let i = 0; i < 5; i += 1) expect((await fetch(`${url}/__mock/health`)).status).toBe(200);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test("what Kubernetes sets for a service called linq-mock is no port", async () => {
  const env = { LINQ_MOCK_PORT: "tcp://10.0.0.1:4010", LINQ_MOCK_WEBHOOK_PORT: "udp://10.0.0.1:4010" };
  const { stderr } = await run(["--watch"], env);
  expect(stderr).toContain("--watch needs --fixtures");
  expect(stderr).toMatch(/^linq-mock: LINQ_MOCK_PORT is ignored; Kubernetes has set it for a service of that name \(tcp:/);
  expect((await run(["contract", "--dry-run", "--allow", "send"], env)).stderr).not.toContain("port");
  expect((await run(["--watch"], { LINQ_MOCK_PORT: "tcp" })).stderr).toContain("A port is a number");
});

test.each([
  ...LOOPBACKS.filter((address) => address.includes(":")).map((address) => ({ given: `[${address}]`, shown: `[${address}]` })),
  { given: "127.0.0.1", shown: "127.0.0.1" },
  { given: "0.0.0.0", shown: "127.0.0.1" },
])("the address of --host $given is shown as $shown", async ({ given, shown }) => {
  const { child, url } = await serve(["--port", "0", "--host", given, "--control-token", "t"]);
  expect(new URL(url).hostname).toBe(shown);
  expect((await fetch(`${url}/__mock/health`, { headers: { Authorization: "Bearer t" } })).status).toBe(200);
  child.kill("SIGTERM");
  await once(child, "close");
});

test("takes every flag from the environment, too", async () => {
  const subscription = { webhook_url: "http://127.0.0.1:9/", version: "v3", events: ["message.sent"] };
  const world = { version: 1, lines: [{ phone_number: "+12055550100" }], webhook_subscriptions: [subscription] };
  const fixtures = file("env.json", JSON.stringify(world));
  const { child, log } = await serve([], { LINQ_MOCK_PORT: "0", LINQ_MOCK_FIXTURES: fixtures });
  expect(log()).toContain("loaded 1 line, 0 chats, 0 messages, 0 contacts; lines +12055550100");
  expect(log()).toMatch(/webhook http:\/\/127\.0\.0\.1:9\S*: subscription 1, signed with whsec_\S{44}\n/); // that it had to make
  child.kill("SIGTERM");
  await once(child, "close");
});

test("several --fixtures are one world, also by the variable", async () => {
  const mine = file("mine.yaml", "version: 1\ncontacts: [{ first_name: Ann }]\n");
  const { child, log } = await serve(["--port", "0", "--fixtures", "default", "--fixtures", mine]);
  expect(log()).toContain("loaded 3 lines, 23 chats, 332 messages, 16 contacts");
  child.kill("SIGTERM");
  await once(child, "close");
  const other = await serve(["--port", "0"], { LINQ_MOCK_FIXTURES: `empty,${mine}` });
  expect(other.log()).toContain("loaded 1 line, 0 chats, 0 messages, 1 contact;");
  const alone = await serve(["--port", "0", "--fixtures", mine]);
  expect(alone.log()).toMatch(/^[\d:.]+ fixtures: .*mine\.yaml:1:1: this world has no line, so nothing can be sent or found/m);
});

test("each mistake of fixtures is shown at the start; of more than ten, how the rest is", async () => {
  const bad = file("two.yaml", "version: 1\nlines: [12052761148]\nchat: []\n");
  const two = await run(["--fixtures", bad]);
  expect([two.code, two.stderr.split("\n").filter((line) => line.includes(": error"))]).toEqual([
    2,
    [`${bad}:2:9 at /lines/0: error`, `${bad}:3:1 at /chat: error`],
  ]);
  expect(two.stderr).toMatch(/^linq-mock: cannot serve these fixtures\n/);
  const many = file("many files.yaml", `version: 1\nlines: [${Array.from({ length: 12 }, () => "7").join()}]\n`);
  expect((await run(["--fixtures", "empty", "--fixtures", many])).stderr).toContain(
    `and 2 more: npx linq-mock fixtures validate --together empty '${many}' shows all\n`,
  );
});

test("limits, webhook hosts and the seed follow their flags; a webhook that fails is in the log, without its query", async () => {
  const flags = ["--rate-limits", "off", "--allow-webhook-host", "no-such-host.invalid", "--seed", "7"];
  const { child, url, log } = await serve(["--port", "0", ...flags]);
  const call = async (path: string, body?: object): Promise<Response> => {
    const headers = { "X-LINQ-INTEGRATION-TOKEN": "t", "Content-Type": "application/json" };
    return fetch(`${url}${path}`, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  };
  const check = () => call("/api/partner/v2/i_message_availability/check", { phone_number: "+12055550101" });
  expect([(await check()).status, (await check()).status]).toEqual([200, 200]);
  const webhook_subscription = {
    webhook_url: "http://no-such-host.invalid/hook?key=secret",
    events: ["contact.created"],
    version: 2,
  };
  await call("/api/partner/v2/webhook_subscriptions", { webhook_subscription });
  await call("/api/partner/v2/contacts", { contact: { first_name: "Cleo" } });
  const waited = await call("/__mock/deliveries/wait?status=failed&timeout_ms=8000");
  const { deliveries } = (await waited.json()) as { deliveries: { event_id: string; attempts: { error: string }[] }[] };
  expect(deliveries[0]?.event_id).toBe("86452133-f4f6-4464-8733-86f11fc72199");
  expect(deliveries[0]?.attempts[0]?.error).not.toContain("this machine only");
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(log()).toMatch(/^[\d:.]+ webhook contact\.created to http:\/\/no-such-host\.invalid\/hook failed: /m);
  expect(log()).not.toContain("secret");
});

test("a silent mock serves and says nothing", async () => {
  const port = await freePort();
  const child = linqMock(["--port", String(port), "--log", "silent"]);
  const output = Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  const health = (): Promise<Response | undefined> => fetch(`http://127.0.0.1:${port}/__mock/health`).catch(() => undefined);
  while (child.exitCode === null && (await health())?.status !== 200);
  child.kill("SIGTERM");
  expect(await output).toEqual(["", "", [0, null]]);
});

test("says that the control API is closed when other machines can reach the server", async () => {
  const { child, log } = await serve(["--port", "0", "--host", "0.0.0.0"]);
  expect(log()).toContain("/__mock is closed, because other machines can reach this server; --control-token opens it");
  child.kill("SIGTERM");
  await once(child, "close");
});

test("says which flags or variables change what is served, and leave no trace in it", async () => {
  const { child, log } = await serve(["--port", "0", "--clock", "2026-01-02T03:04:05Z"], {
    LINQ_MOCK_SANDBOX: "true",
    LINQ_MOCK_ISOLATE_VERSIONS: "on",
  });
  expect(log()).toContain("the clock stands still at 2026-01-02T03:04:05Z (--clock)");
  expect(log()).toContain("V3 has the limits of the vendor's sandbox (--sandbox)");
  expect(log()).toContain("each version shows its own messages alone (--isolate-versions)");
  child.kill("SIGTERM");
  await once(child, "close");
});

test("says where it is at any level but silent, and no token", async () => {
  const { child, log } = await serve(["--port", "0", "--log", "error", "--token", "alpha", "--token", "beta"]);
  expect(log()).toContain("--header 'X-LINQ-INTEGRATION-TOKEN: YOUR-TOKEN'");
  expect(log()).not.toContain("alpha");
  child.kill("SIGTERM");
  await once(child, "close");
});

test("an empty variable is none, a list stands with commas, and a switch can be off", async () => {
  const env = { LINQ_MOCK_HOST: "", LINQ_MOCK_CONTROL_TOKEN: "", LINQ_MOCK_TOKEN: "alpha, beta", LINQ_MOCK_JSON_LOG: "false" };
  const { child, url, log } = await serve(["--port", "0"], env);
  const status = async (token: string) =>
    (await fetch(`${url}/api/partner/v2/chats/45`, { headers: { "X-LINQ-INTEGRATION-TOKEN": token } })).status;
  expect(log()).toMatch(/^linq-mock /);
  expect([await status("alpha"), await status("beta"), await status("gamma")]).toEqual([200, 200, 401]);
  expect((await fetch(`${url}/__mock/health`)).status).toBe(200);
  child.kill("SIGTERM");
  await once(child, "close");
});

test.each([
  ["true", "--watch needs --fixtures"],
  ["ON", "--watch needs --fixtures"],
  ["false", "cannot arm these faults"],
  ["0", "cannot arm these faults"],
  ["No", "cannot arm these faults"],
  ["maybe", "LINQ_MOCK_WATCH is neither true, 1, on, yes nor false, 0, off, no"],
])("a variable of a switch that says %s: %s", async (LINQ_MOCK_WATCH, sentence) => {
  const { stderr } = await run(["--fault", "latency"], { LINQ_MOCK_WATCH });
  expect(stderr).toMatch(new RegExp(`^linq-mock: ${sentence}`));
});

test.each(["contract", "proxy", "fixtures", "replay"])("%s has no --version that would pass for a check", async (command) => {
  expect(await run([command, "--version", "v3"])).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("--version"),
  });
});

test("--version and --help go to stdout", async () => {
  expect(await run(["--version"])).toEqual({ stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: "", code: 0 });
  const help = await run(["start", "--help"]);
  expect(help).toMatchObject({ stderr: "", code: 0 });
  expect(help.stdout).toContain("--fixtures <file|folder|name>");
  expect(help.stdout).toContain("LINQ_MOCK_FIXTURES");
  expect((await run(["--help"])).stdout).toContain("--fixtures <file|folder|name>");
});

describe("one clear sentence and exit code 2", () => {
  test("for a port in use", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as { port: number };
    const { stderr, code } = await run(["--port", String(port)]);
    blocker.close();
    expect({ stderr, code }).toEqual({
      stderr: `linq-mock: port ${port} is in use; choose another with --port, or let --port 0 take any free one\n`,
      code: 2,
    });
  });

  const broken = file(
    "broken.yaml",
    'version: 1\nlines: [{ phone_number: "+12055550100" }]\nchats: [{ line: "+12055550111", participants: ["+12055550122"] }]\n',
  );

  test.each([
    [
      ["--fixtures", join(folder, "nothing.yaml")],
      `cannot serve these fixtures: ${join(folder, "nothing.yaml")}: there is no such file or folder`,
    ],
    [
      ["--fixtures", broken],
      `cannot serve these fixtures: ${broken}:3:17 at /chats/0/line: +12055550111 is not one of the lines; did you mean`,
    ],
    [
      ["--fixtures", "smsonly"],
      "cannot serve these fixtures: smsonly: there is no such file or folder, and no shipped world of this name",
    ],
    [["--watch"], "--watch needs --fixtures <file|folder>"],
    [["--watch", "--fixtures", "empty"], "--watch needs a file or folder; the shipped world empty does not change"],
    [["--prot", "1"], "unknown option '--prot' (Did you mean --port?); see linq-mock start --help"],
    [["fixtures", "generate", "--quick"], "unknown option '--quick'; see linq-mock fixtures generate --help"],
    [["serve"], "unknown command 'serve'; see linq-mock --help"],
    [["4391"], "unknown command '4391'; did you mean --port 4391?"],
    [["--token", "--sandbox"], "--token has no value: --sandbox is a flag of its own"],
    [["--token", "--port", "4391"], "--token has no value: --port is a flag of its own"],
    [["strat"], "unknown command 'strat'; did you mean start?"],
    [["help", "foo"], "unknown command 'foo'; see linq-mock --help"],
    [["help", "prxoy"], "unknown command 'prxoy'; did you mean proxy?"],
    [["contracts", "--target", "x"], "unknown command 'contracts'; did you mean contract?"],
    [["--port", "http"], "option '--port <n>' argument 'http' is invalid. A port is a number from 0 to 65535."],
    [["--port", "70000"], "option '--port <n>' argument '70000' is invalid. A port is a number from 0 to 65535."],
    [
      ["--log", "loud"],
      "option '--log <level>' argument 'loud' is invalid. Allowed choices are silent, error, warn, info, debug.",
    ],
    [
      ["--clock", "noon"],
      "option '--clock <real|time>' argument 'noon' is invalid. A clock is real, or a time such as 2025-05-21T15:30:00-05:00.",
    ],
    [
      ["--cors", "app.example"],
      "option '--cors <origin|off>' argument 'app.example' is invalid. An origin is a scheme, a host and perhaps",
    ],
    [["--cors", "https://app.example/"], "option '--cors <origin|off>' argument 'https://app.example/' is invalid."],
    [["--seed", "one"], "option '--seed <n>' argument 'one' is invalid. A seed is a whole number."],
    [["--rate-limits", "maybe"], "option '--rate-limits <on|off>' argument 'maybe' is invalid. It is on or off."],
    [["--host", "203.0.113.1", "--port", "0"], "--host 203.0.113.1 is no address of this machine"],
    [
      ["--webhook", "https://example.com/hook", "--port", "0"],
      "The webhook https://example.com/hook gets nothing: webhooks go to this machine only; --allow-webhook-host",
    ],
    [
      ["--webhook", "v9:http://localhost/", "--port", "0"],
      "The webhook http://localhost/ is of the version v9; there are v2, v3",
    ],
    [["4391"], "unknown command '4391'; npm passes flags on after --: npm start -- --port 4391", AS_NPM],
    [["mine.yaml"], "unknown command 'mine.yaml'; npm passes flags on after --: npm start -- --port 4391", AS_NPM],
  ] as [string[], string, NodeJS.ProcessEnv?][])("for %j", async (args, sentence, env = {}) => {
    const { stdout, stderr, code } = await run(args, env);
    expect({ stdout, stderr, code }).toEqual({ stdout: "", stderr: expect.stringMatching(/^[^\n]+\n$/), code: 2 });
    expect(stderr).toContain(`linq-mock: ${sentence}`);
  });
});
