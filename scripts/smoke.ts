/**
 * Tries the package as its users do: packs it, installs the tarball into an empty folder, imports it as ESM, as CommonJS and
 * from TypeScript, runs the test suites that README.md and docs/testing.md show, starts the linq-mock command, and takes the README's
 * five minutes.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const FIND = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";
const GIVE_UP_MS = 20_000;
const MOST_PACKAGES = 70;
const MOST_KILOBYTES = 20 * 1024;

const readme = readFileSync("README.md", "utf8");
const testingPage = readFileSync("docs/testing.md", "utf8");
const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), "linq-mock-smoke-"));

/** What a test of a user would do, in either module system. */
const usage = `
const mock = await startMockServer();
const response = await fetch(mock.url + ${JSON.stringify(FIND)}, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
const { data } = await response.json();
await mock.stop();
if (data.chat.id !== 46 || typeof createApp() !== "function") throw new Error("unexpected: " + JSON.stringify(data));
`;

/** What a test of an answer would do. */
const kitUsage = `
const [violation] = checkExchange("findChat", { method: "GET", path: "${FIND.slice("/api/partner/v2".length)}" }, { status: 500 });
if (violation?.rule !== "status" || typeof toSatisfyContract !== "function") throw new Error("unexpected: " + JSON.stringify(violation));
`;

/** A test in jsdom, where neither fetch nor setImmediate is. */
const jsdomSuite = `/** @jest-environment ${resolve("node_modules/jest-environment-jsdom")} */
const { createApp, startMockServer, TestSandbox } = require("linq-mock");
test("works in jsdom", async () => {
  const mock = await startMockServer();
  const { message } = await new TestSandbox(mock.url, "page").simulate.message({ chat: 46, from: "+12055426109", text: "hi" });
  expect([message.text, typeof createApp(), typeof fetch, typeof document]).toEqual(["hi", "function", "undefined", "object"]);
  await mock.stop();
});
`;

void smoke();

async function smoke(): Promise<void> {
  try {
    install();
    importAsEsm();
    importAsCommonJs();
    compile();
    bundleForBrowser();
    runShownSuites();
    checkShippedWorlds();
    run(join(folder, "node_modules/.bin/linq-mock"), ["contract"]);
    await runCommand();
    console.log(
      "smoke: the packed package installs, imports (ESM, CommonJS, TypeScript), starts, and does what the README shows",
    );
  } finally {
    for (const child of children) child.kill("SIGKILL"); // those that have ended do not mind
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(): void {
  const packed = run("npm", ["pack", "--json", "--pack-destination", folder], process.cwd());
  const [{ filename, size }] = JSON.parse(packed.slice(packed.indexOf("["))) as [{ filename: string; size: number }];
  console.log(`smoke: ${filename}, ${Math.round(size / 1024)} KB`);
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  run("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)]);
  const installed = run("npm", ["ls", "--all", "--parseable"]).trim().split("\n").length - 1; // without the folder itself
  const kilobytes = Number.parseInt(run("du", ["-sk", "node_modules"]), 10);
  console.log(`smoke: installed ${installed} packages, ${(kilobytes / 1024).toFixed(1)} MB`);
  if (installed >= MOST_PACKAGES || kilobytes >= MOST_KILOBYTES) throw new Error("the package has grown");
}

function importAsEsm(): void {
  const imports =
    'import { checkExchange, createApp, startMockServer } from "linq-mock";\nimport { toSatisfyContract } from "linq-mock/jest";\n';
  writeFileSync(join(folder, "esm.mjs"), `${imports}${usage}${kitUsage}`);
  run(process.execPath, ["esm.mjs"]);
}

function importAsCommonJs(): void {
  writeFileSync(
    join(folder, "common.cjs"),
    `const { createApp, startMockServer } = require("linq-mock");\n(async () => {${usage}})();`,
  );
  run(process.execPath, ["common.cjs"]);
}

function compile(): void {
  const source =
    'import { aChat, aContact, aWorld, type MockServer, startMockServer, type WebhookEvent } from "linq-mock";\n' +
    'import { TestSandbox } from "linq-mock/browser";\n' +
    'export const sent = new TestSandbox("", "page").requests.list({ operation: "sendMessage" }).then(([one]) => one?.request.body.message.text);\n' +
    'export const textOf = (event: WebhookEvent) => (event.event_type === "message.received" ? event.data.text : event.data);\n' +
    'const fixtures = aWorld({ contacts: [aContact({ first_name: "Ann" })], chats: [aChat({ messages: [{ me: "Hi" }] })] });\n' +
    'export const mock: Promise<MockServer> = startMockServer({ fixtures, clock: "real" });\n';
  for (const name of ["typed.mts", "typed.cts"]) writeFileSync(join(folder, name), source);
  const tsc = resolve("node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];
  run(process.execPath, [tsc, ...flags, "typed.mts", "typed.cts"]);
}

/** A page's bundle, which nothing of Node may be in. */
function bundleForBrowser(): void {
  writeFileSync(
    join(folder, "page.js"),
    'import { TestSandbox } from "linq-mock/browser";\nnew TestSandbox(location.origin, "page");\n',
  );
  run(resolve("node_modules/.bin/esbuild"), [
    "page.js",
    "--bundle",
    "--platform=browser",
    "--outfile=page.bundle.js",
    "--log-level=warning",
  ]);
}

function runShownSuites(): void {
  writeFileSync(join(folder, "jsdom.test.js"), jsdomSuite);
  for (const { name, code } of shownFiles(readme + testingPage)) writeFileSync(join(folder, name), code);
  run(process.execPath, ["first.mjs"]);
  run(process.execPath, ["--test", "auto-reply.node.mjs"]);
  run(process.execPath, [resolve("node_modules/jest/bin/jest.js"), "--rootDir", folder, "--silent"]);
}

/** Their files are in the package, and so is what the others are generated with. */
function checkShippedWorlds(): void {
  const command = join(folder, "node_modules/.bin/linq-mock");
  const names = run(command, ["fixtures", "list"])
    .split("\n")
    .flatMap((line) => /^[\w-]+/.exec(line)?.[0] ?? []);
  run(command, ["fixtures", "validate", ...names.filter((name) => name !== "large")]);
}

async function runCommand(): Promise<void> {
  const child = spawn(join(folder, "node_modules/.bin/linq-mock"), ["--port", "0"], { cwd: folder });
  children.push(child);
  const giveUp = setTimeout(() => child.kill("SIGKILL"), GIVE_UP_MS);
  const closed = once(child, "close");
  const output = await outputUntil(child, /localhost:\d+/);
  const port = /localhost:(\d+)/.exec(output())?.[1] ?? "";
  const response = await fetch(`http://127.0.0.1:${port}${FIND}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
  if (response.status !== 200) throw new Error(`linq-mock answered ${response.status}`);
  await response.arrayBuffer();
  await takeTour(port);
  await takeTourByV3(port);
  child.kill("SIGTERM");
  const [code] = await closed;
  clearTimeout(giveUp);
  if (code !== 0) throw new Error(`linq-mock ended with ${code}: ${output()}`);
}

/** The README's five minutes, on ports that are free. The receiver must print what the README says that it prints. */
async function takeTour(port: string): Promise<void> {
  if (spawnSync("curl", ["--version"]).error) return console.log("smoke: there is no curl here, so the tour was not taken");
  const receiverPort = await freePort();
  const onFreePorts = (text: string): string =>
    text.replaceAll("localhost:4010", `localhost:${port}`).replaceAll(/(localhost:|listen\()3000\b/g, `$1${receiverPort}`);
  writeFileSync(join(folder, "receiver.mjs"), onFreePorts(readFileSync(join(folder, "receiver.mjs"), "utf8")));
  const receiver = spawn(process.execPath, ["receiver.mjs"], { cwd: folder });
  children.push(receiver);
  const closed = once(receiver, "close");
  const printed = await outputUntil(receiver, /waiting for webhooks/);
  const commands = onFreePorts(shownCommands(readme, "simulate/typing"));
  const tour = spawn("bash", ["-euc", `curl() { command curl --silent --fail "$@"; }\n${commands}`], { stdio: "ignore" });
  const [code] = await once(tour, "close");
  receiver.kill();
  await closed;
  const expected = [
    "message.sent Hello!",
    "message.received Hi, are you open",
    "typing_indicator.received",
    "typing_indicator.removed",
  ];
  const missing = expected.filter((line) => !printed().includes(line));
  if (code !== 0 || missing.length > 0)
    throw new Error(`the tour ended with ${code}; the receiver did not print ${missing.join(", ")}, but ${printed()}`);
}

/** The same by V3, with the vendor's SDK, twice: what is printed was verified by it. */
async function takeTourByV3(port: string): Promise<void> {
  symlinkSync(resolve("node_modules/@linqapp"), join(folder, "node_modules/@linqapp"));
  const shown = readFileSync(join(folder, "v3.mjs"), "utf8").replaceAll("localhost:4010", `localhost:${port}`);
  const receiverPort = String(await freePort());
  writeFileSync(join(folder, "v3.mjs"), shown.replaceAll("3001", receiverPort));
  for (let run = 1; run <= 2; run += 1) await takeTourOnce(port, receiverPort);
}

async function takeTourOnce(port: string, receiverPort: string): Promise<void> {
  const app = spawn(process.execPath, ["v3.mjs"], { cwd: folder });
  children.push(app);
  const giveUp = setTimeout(() => app.kill("SIGKILL"), GIVE_UP_MS);
  const delivered = await outputUntil(app, /message\.sent Hello!(.|\n)*message\.delivered Hello!/);
  const unsigned = await fetch(`http://127.0.0.1:${receiverPort}/`, { method: "POST", body: "{}" });
  if (unsigned.status !== 401) throw new Error(`the receiver of V3 answered ${unsigned.status} to what is not signed`);
  const answer = JSON.stringify({ chat: 46, text: "Hi, are you open?" });
  const headers = { "Content-Type": "application/json" };
  await fetch(`http://127.0.0.1:${port}/__mock/simulate/message`, { method: "POST", headers, body: answer });
  const printed = await outputUntil(app, /message\.received Hi, are you open\?/);
  clearTimeout(giveUp);
  if (app.exitCode !== null || app.signalCode !== null)
    throw new Error(`the tour by V3 ended early; it printed ${delivered()}${printed()}`);
  const closed = once(app, "close");
  app.kill();
  await closed;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Waits until a process has printed something, and returns what tells all that it has printed. */
async function outputUntil(child: ChildProcess, expected: RegExp): Promise<() => string> {
  let output = "";
  const closed = once(child, "close");
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  for (const stream of streams) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  while (child.exitCode === null && !expected.test(output))
    await Promise.race([...streams.map((stream) => once(stream, "data")), closed]);
  return () => output;
}

function run(command: string, args: readonly string[], cwd: string = folder): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** The files that a document shows: JavaScript whose first line is a comment with the name of the file. */
function shownFiles(markdown: string): { readonly name: string; readonly code: string }[] {
  return [...markdown.matchAll(/```js\n(\/\/ ([\w.-]+)\n.*?)```/gs)].map(([, code = "", name = ""]) => ({ name, code }));
}

/** The shell commands that a document shows in the block that holds a text. */
function shownCommands(markdown: string, holding: string): string {
  const block = [...markdown.matchAll(/```sh\n(.*?)```/gs)].find(([, commands = ""]) => commands.includes(holding));
  if (!block?.[1]) throw new Error(`no block of commands holds ${holding}`);
  return block[1];
}
