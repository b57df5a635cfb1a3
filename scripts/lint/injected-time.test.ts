import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/* Plants calls of the machine's clock and of chance in a tree of its own, and requires that the lint rule finds each. */

const banned = ["Date.now();", "new Date();", "Math.random();", "setTimeout(() => {}, 1);", "setInterval(() => {}, 1);"];
const allowed = ["new Date(5);", "Date.parse('2025-05-21T15:30:00Z');", "setImmediate(() => {});"];

const tree = mkdtempSync(join(tmpdir(), "linq-mock-lint-"));
afterAll(() => rmSync(tree, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), content);
}

/** The lines of a file that the rule complains about. */
async function complaints(path: string): Promise<number[]> {
  const args = ["lint", "--reporter=github", "--max-diagnostics=none", path];
  const { stdout } = await promisify(execFile)(resolve("node_modules/.bin/biome"), args, { cwd: tree }).catch(
    (failed: { stdout: string }) => failed, // complaints make the command fail
  );
  return [...stdout.matchAll(/line=(\d+),.*Time and chance are injected/g)].map(([, line]) => Number(line));
}

beforeAll(() => {
  write(
    "biome.json",
    JSON.stringify({ plugins: [resolve("scripts/lint/injected-time.grit")], linter: { rules: { recommended: false } } }),
  );
});

test.each(["mock-server/domain/planted.ts", "mock-server/cli.ts", "mock-server/http/deep/planted.ts"])(
  "each is found in %s",
  async (path) => {
    write(path, [...banned, ...allowed].join("\n"));
    expect((await complaints(path)).sort()).toEqual(banned.map((_, i) => i + 1));
  },
);

test.each(["mock-server/state/clock.ts", "mock-server/server.ts", "mock-server/domain/planted.test.ts", "fixtures/planted.ts"])(
  "none is found in %s",
  async (path) => {
    write(path, banned.join("\n"));
    expect(await complaints(path)).toEqual([]);
  },
);
