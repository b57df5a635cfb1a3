/**
 * Tries the package as its users do: packs it, installs the tarball into an empty folder, imports it as ESM, as CommonJS and
 * from TypeScript, runs the test suites that README.md and docs/testing.md show, starts the linq-mock command, and takes the README's
 * five minutes.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { GIVE_UP_MS, outputUntil, takeTour, takeTourByV3 } from "./smoke/readme-commands";

const FIND = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";
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
  const tour = { folder, readme, children };
  await takeTour(tour, port);
  await takeTourByV3(tour, port);
  child.kill("SIGTERM");
  const [code] = await closed;
  clearTimeout(giveUp);
  if (code !== 0) throw new Error(`linq-mock ended with ${code}: ${output()}`);
}

function run(command: string, args: readonly string[], cwd: string = folder): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** The files that a document shows: JavaScript whose first line is a comment with the name of the file. */
function shownFiles(markdown: string): { readonly name: string; readonly code: string }[] {
  return [...markdown.matchAll(/```js\n(\/\/ ([\w.-]+)\n.*?)```/gs)].map(([, code = "", name = ""]) => ({ name, code }));
}
