import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import ts from "typescript";

/** What one call goes through in our own code. */
export interface Path {
  /** Source files with a function that runs. */
  readonly files: number;
  readonly calls: number;
  /** Calls of a function in another file than its caller's. */
  readonly changes: number;
  /** Functions within functions. */
  readonly depth: number;
}

const DRIVER = `
const { createServer } = require("node:http");
const { startMockServer } = require("./index.js");
const FIND = "/api/partner/v2/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109";
const headers = { "X-LINQ-INTEGRATION-TOKEN": "any", "Content-Type": "application/json" };
const counted = { calls: 0, changes: 0, depth: 0, files: new Set() };
const stack = [];
globalThis.enter = (file) => {
  counted.calls += 1;
  counted.files.add(file);
  if (stack.at(-1) !== file) counted.changes += 1;
  stack.push(file);
  counted.depth = Math.max(counted.depth, stack.length);
};
globalThis.leave = () => stack.pop();
const settle = () => new Promise((done) => setTimeout(done, 50));
async function trace(call) {
  for (let warmUps = 0; warmUps < 3; warmUps += 1) await call();
  await settle();
  Object.assign(counted, { calls: 0, changes: 0, depth: 0, files: new Set() });
  stack.length = 0;
  await call();
  await settle();
  return { ...counted, files: counted.files.size };
}
(async () => {
  const mock = await startMockServer();
  const post = (path, body) => fetch(mock.url + "/api/partner/v2" + path, { method: "POST", headers, body: JSON.stringify(body) });
  const find = await trace(async () => (await fetch(mock.url + FIND, { headers })).text());
  let told;
  const receiver = createServer((req, res) => { req.resume().on("end", () => { res.end(); told(); }); }).listen(0, "127.0.0.1");
  await new Promise((done) => receiver.once("listening", done));
  const webhook_url = "http://127.0.0.1:" + receiver.address().port;
  await post("/webhook_subscriptions", { webhook_subscription: { webhook_url, events: ["message.sent"], version: 2, secret: "s" } });
  const send = await trace(async () => {
    const delivered = new Promise((done) => { told = done; });
    await (await post("/chats/46/chat_messages", { message: { text: "Hi" } })).text();
    await delivered;
  });
  receiver.close();
  receiver.closeAllConnections();
  await mock.stop();
  console.log(JSON.stringify({ "One Find Chat": find, "One Send until its webhook": send }));
})();
`;

/** Builds the mock with every function counting itself, and has it answer. */
export async function tracePaths(): Promise<Readonly<Record<string, Path>>> {
  const folder = mkdtempSync(join(tmpdir(), "linq-mock-paths-"));
  try {
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    await build({
      entryPoints: { index: "mock-server/index.ts" },
      outdir: folder,
      bundle: true,
      platform: "node",
      format: "cjs",
      packages: "external",
      logLevel: "error",
      plugins: [counting],
    });
    writeFileSync(join(folder, "driver.cjs"), DRIVER);
    return JSON.parse(execFileSync(process.execPath, [join(folder, "driver.cjs")], { encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const counting: Plugin = {
  name: "counting",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = relative(process.cwd(), path);
      if (/node_modules|generated/.test(file)) return undefined;
      return { contents: withCounters(file, readFileSync(path, "utf8")), loader: "ts" };
    });
  },
};

/** The source with `enter(file)` at the start of each function that has a body, and `leave()` at its end. */
function withCounters(file: string, text: string): string {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const inserts: [at: number, code: string][] = [];
  const enter = `(globalThis as any).enter?.(${JSON.stringify(file)}); try {`;
  const leave = "} finally { (globalThis as any).leave?.(); }";
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body && !ts.isConstructorDeclaration(node)) {
      const body = node.body as ts.ConciseBody;
      if (ts.isBlock(body) && body.statements.length === 0) inserts.push([body.getStart() + 1, `${enter} ${leave}`]);
      else if (ts.isBlock(body)) inserts.push([body.getStart() + 1, enter], [body.getEnd() - 1, leave]);
      else inserts.push([body.getStart(), `{ ${enter} return (`], [body.getEnd(), `); ${leave} }`]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  inserts.sort(([a], [b]) => b - a);
  return inserts.reduce((code, [at, insert]) => code.slice(0, at) + insert + code.slice(at), text);
}
