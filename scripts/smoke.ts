/**
 * Tries the package as its users do: packs it, installs the tarball into an empty folder, imports it as ESM, as CommonJS and
 * from TypeScript, and starts the linq-mock command.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const FIND = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";
const GIVE_UP_MS = 20_000;

const folder = mkdtempSync(join(tmpdir(), "linq-mock-smoke-"));

/** What a test of a user would do, in either module system. */
const usage = `
const mock = await startMockServer();
const response = await fetch(mock.url + ${JSON.stringify(FIND)}, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
const { data } = await response.json();
await mock.stop();
if (data.chat.id !== 46 || typeof createApp() !== "function") throw new Error("unexpected: " + JSON.stringify(data));
`;

void smoke();

async function smoke(): Promise<void> {
  try {
    install();
    importAsEsm();
    importAsCommonJs();
    compile();
    await runCommand();
    console.log("smoke: the packed package installs, imports (ESM, CommonJS, TypeScript) and starts");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function install(): void {
  const packed = run("npm", ["pack", "--json", "--pack-destination", folder], process.cwd());
  const [{ filename, size }] = JSON.parse(packed.slice(packed.indexOf("["))) as [{ filename: string; size: number }];
  console.log(`smoke: ${filename}, ${Math.round(size / 1024)} KB`);
  writeFileSync(join(folder, "package.json"), '{"private":true}');
  run("npm", ["install", "--no-audit", "--no-fund", join(folder, filename)]);
}

function importAsEsm(): void {
  writeFileSync(join(folder, "esm.mjs"), `import { createApp, startMockServer } from "linq-mock";\n${usage}`);
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
    'import { type MockServer, startMockServer } from "linq-mock";\nexport const mock: Promise<MockServer> = startMockServer({ clock: "real" });\n';
  for (const name of ["typed.mts", "typed.cts"]) writeFileSync(join(folder, name), source);
  const tsc = resolve("node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];
  run(process.execPath, [tsc, ...flags, "typed.mts", "typed.cts"]);
}

async function runCommand(): Promise<void> {
  const child = spawn(join(folder, "node_modules/.bin/linq-mock"), ["--port", "0"], { cwd: folder });
  const giveUp = setTimeout(() => child.kill("SIGKILL"), GIVE_UP_MS);
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  const closed = once(child, "close");
  while (child.exitCode === null && !/localhost:\d+/.test(output)) await Promise.race([once(child.stderr, "data"), closed]);
  const port = /localhost:(\d+)/.exec(output)?.[1];
  const response = await fetch(`http://127.0.0.1:${port}${FIND}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
  if (response.status !== 200) throw new Error(`linq-mock answered ${response.status}`);
  await response.arrayBuffer();
  child.kill("SIGTERM");
  const [code] = await closed;
  clearTimeout(giveUp);
  if (code !== 0) throw new Error(`linq-mock ended with ${code}: ${output}`);
}

function run(command: string, args: readonly string[], cwd: string = folder): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
