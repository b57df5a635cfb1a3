import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/* Plants violations of the import rules in a tree of its own, and requires that each is found, and nothing else. */

const BUILT_IN = /^\w+$/;
const EMPTY = "export {};\n";

const planted = [
  { rule: "contracts-know-nothing-of-ours", from: "contracts/a.ts", to: "mock-server/empty.ts" },
  { rule: "contracts-know-nothing-of-ours", from: "contracts/suite/run.ts", to: "fixtures/empty.ts" },
  { rule: "laws-ask-the-transport", from: "contracts/suite/checks/find-chat/a.ts", to: "http" },
  { rule: "few-files-reach-the-network", from: "contracts/suite/checks/find-chat/a.ts", to: "http" },
  { rule: "laws-ask-the-transport", from: "contracts/suite/assumptions/a.ts", to: "child_process" },
  ...["http", "https", "http2", "net", "tls", "dgram"].map((to) => ({
    rule: "few-files-reach-the-network",
    from: `fixtures/pull/${to}.ts`,
    to,
  })),
  { rule: "few-files-reach-the-network", from: "mock-server/proxy/upstream.ts", to: "node_modules/undici/index.js" },
  { rule: "only-tests-start-the-mock", from: "contracts/suite/session.ts", to: "contracts/testing/empty.ts" },
  { rule: "fixtures-know-only-contracts", from: "fixtures/a.ts", to: "mock-server/empty.ts" },
  { rule: "fixtures-know-types-of-records-only", from: "fixtures/c.ts", to: "mock-server/world/model.ts" },
  { rule: "nobody-imports-scripts", from: "mock-server/a.ts", to: "scripts/empty.ts" },
  { rule: "world-imports-no-sibling", from: "mock-server/world/a.ts", to: "mock-server/webhooks/empty.ts" },
  { rule: "world-imports-no-sibling", from: "mock-server/world/b.ts", to: "contracts/generated/v2/types.ts" },
  { rule: "express-stays-at-the-edge", from: "mock-server/v2/operations/a.ts", to: "node_modules/express/index.js" },
  { rule: "versions-know-not-each-other", from: "mock-server/v2/b.ts", to: "mock-server/v3/empty.ts" },
  { rule: "the-server-knows-no-version", from: "mock-server/server/e.ts", to: "mock-server/v2/empty.ts" },
  { rule: "the-server-knows-no-version", from: "mock-server/control/a.ts", to: "mock-server/v2/empty.ts" },
  { rule: "the-server-knows-no-version", from: "mock-server/advice/a.ts", to: "contracts/client/url-and-token.ts" },
  { rule: "the-page-is-a-client", from: "mock-server/ui/a.ts", to: "mock-server/world/model.ts" },
  { rule: "the-page-takes-types-alone", from: "mock-server/ui/b.ts", to: "mock-server/control/generated/types.ts" },
  { rule: "nobody-imports-the-page", from: "mock-server/server/f.ts", to: "mock-server/ui/empty.ts" },
  { rule: "no-circles", from: "scripts/one.ts", to: "scripts/two.ts" },
];
const allowed = [
  { from: "scripts/two.ts", to: "scripts/one.ts" }, // the other half of the circle, which is reported once
  { from: "fixtures/b.ts", to: "contracts/empty.ts" },
  { from: "fixtures/type-of-record.ts", to: "mock-server/world/model.ts" },
  { from: "mock-server/c.ts", to: "fixtures/empty.ts" },
  { from: "mock-server/ui/type-of-answer.ts", to: "mock-server/control/generated/types.ts" },
  { from: "mock-server/server/d.ts", to: "node_modules/express/index.js" },
  { from: "contracts/suite/receiver.ts", to: "http" },
  { from: "contracts/client/http-client.ts", to: "https" },
  { from: "mock-server/server/listen.test.ts", to: "net" },
  { from: "mock-server/testing/sockets.ts", to: "net" },
  { from: "fixtures/pull/type-of-request.ts", to: "http" },
  { from: "contracts/suite/run.test.ts", to: "contracts/testing/empty.ts" },
  { from: "contracts/testing/start-mock.ts", to: "mock-server/empty.ts" },
];

const tree = mkdtempSync(join(tmpdir(), "linq-mock-rules-"));
afterAll(() => rmSync(tree, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), content);
}

function importOf(from: string, to: string): string {
  const clause = from.includes("type-of") ? "type { Chat } from " : "";
  if (BUILT_IN.test(to)) return `import ${clause}"node:${to}";\n`;
  const [, dependency] = /^node_modules\/(\w+)\//.exec(to) ?? [];
  if (dependency !== undefined) return `import ${dependency} from "${dependency}";\n${dependency}();\n`;
  return `import ${clause}"${"../".repeat(from.split("/").length - 1)}${to.replace(".ts", "")}";\n`;
}

async function violations(): Promise<{ rule: string; from: string; to: string }[]> {
  const args = ["--config", resolve(".dependency-cruiser.json"), "--output-type", "json", "."];
  const { stdout } = await promisify(execFile)(resolve("node_modules/.bin/depcruise"), args, { cwd: tree }).catch(
    (failed: { stdout: string }) => failed, // violations make the command fail
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } };
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

test("each planted violation is found, and nothing else", async () => {
  write("tsconfig.json", "{}");
  write("package.json", '{"dependencies":{"express":"5","undici":"7"}}');
  for (const name of ["express", "undici"]) {
    write(`node_modules/${name}/package.json`, `{"name":"${name}","version":"5.0.0","main":"index.js"}`);
    write(`node_modules/${name}/index.js`, "");
  }
  for (const { to } of [...planted, ...allowed]) if (!to.startsWith("node_modules") && !BUILT_IN.test(to)) write(to, EMPTY);
  for (const { from, to } of [...planted, ...allowed]) write(from, importOf(from, to));
  const byText = (a: object, b: object): number => JSON.stringify(a).localeCompare(JSON.stringify(b));
  expect((await violations()).sort(byText)).toEqual([...planted].sort(byText));
});
