import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumEntry } from "../../contracts/har/testing/chromium-har";
import { killAll, run, start } from "../testing/command";

// Asserted here, too: A-error-wording.

const API = "https://api.linqapp.com/api/partner/v2";

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-replay-command-"));
  file = join(folder, "calls.har");
  const entries = [
    chromiumEntry({ url: `${API}/chats/46`, body: { data: { id: 46 } } }),
    chromiumEntry({ url: `${API}/phone_numbers`, body: { phone_numbers: [] } }),
  ];
  writeFileSync(file, JSON.stringify({ log: { version: "1.2", entries } }));
});
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

test("a recording is served until a signal, and what was asked for is said then", async () => {
  const { child, url, log } = await start(["replay", file, "--port", "0", "--log", "warn"]);
  const ask = async (path: string) =>
    (await fetch(`${url}/api/partner/v2${path}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } })).text();
  expect(await ask("/chats/46")).toBe('{"data":{"id":46}}');
  await ask("/chats/47");
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(log()).toContain(`Replaying ${file}: 2 recorded calls\nThe API is at ${url}/api/partner/v2 and /api/partner/v3\n`);
  expect(log()).toContain("hint: The nearest recorded: GET /chats/46.");
  expect(log()).toMatch(
    /Answered 1 request from 1 of 2 recorded calls; 1 not asked for\.\nAsked, and not recorded:\n {2}GET \/api\/partner\/v2\/chats\/47\n$/,
  );
});

test.each([
  [[], "missing required argument 'file'"],
  [["/nowhere.har"], "/nowhere.har cannot be read: ENOENT: no such file or directory, open '/nowhere.har'"],
  [[__filename], `${__filename} is no JSON, and so no HAR file.`],
  [["x.har", "--port", "many"], "option '--port <n>' argument 'many' is invalid. A port is a number from 0 to 65535."],
])("%j is refused in one sentence", async (args, sentence) => {
  expect(await run(["replay", ...args])).toEqual({ stdout: "", stderr: `linq-mock: ${sentence}\n`, code: 2 });
});

test("a port that is in use is said as everywhere", async () => {
  const { child, url } = await start(["replay", file, "--port", "0"]);
  const { port } = new URL(url);
  expect(await run(["replay", file, "--port", port])).toMatchObject({
    stderr: `linq-mock: port ${port} is in use; choose another with --port, or let --port 0 take any free one\n`,
    code: 2,
  });
  child.kill();
  await once(child, "close");
});
