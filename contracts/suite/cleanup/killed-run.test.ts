import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instead, LoggingServer } from "../../testing/logging-server";
import { startTarget, type Target } from "../../testing/start-mock";
import { law50 } from "../checks/sending/50-refused-create-sends-nothing";
import type { Law } from "../law";
import { runContract } from "../run";
import { sweep } from "./sweep";

/* What a run that was killed has left in its ledger can be swept. */

let target: Target;
let server: LoggingServer;
let folder: string;

beforeAll(async () => {
  target = await startTarget();
  server = await new LoggingServer(target.url).start();
  folder = mkdtempSync(join(tmpdir(), "linq-mock-killed-"));
});
afterAll(async () => {
  await server.stop();
  await target.stop();
  rmSync(folder, { recursive: true });
});

const options = () => ({
  target: server.url,
  token: target.token,
  isOwnMock: false,
  rate: 1_000_000,
  line: target.line,
  allow: ["write", "visible", "send"] as const,
  recipients: ["+19075550101", "+19075550102", "+19075550103"],
  ledgerFile: join(folder, "ledger"),
});

/** Asks a law, and keeps the ledger as it is when the law has come to its end. */
async function killedAfter(law: Law): Promise<void> {
  const { ledgerFile } = options();
  const killed: Law = {
    ...law,
    check: async (context) => {
      await law.check(context).catch(() => undefined);
      copyFileSync(ledgerFile, `${ledgerFile}.killed`);
    },
  };
  await runContract(options(), [killed]);
  copyFileSync(`${ledgerFile}.killed`, ledgerFile);
}

test("a sweep after creates that were refused looks for what they made where nothing can be, and ends well", async () => {
  await killedAfter(law50);
  expect(readFileSync(options().ledgerFile, "utf8")).toMatch(/"find":"\/chats\/find\?phone_number=[^"&]*"/);
  expect((await sweep(options())).left).toEqual([]);
  expect(existsSync(options().ledgerFile)).toBe(false);
});

test("many creates whose answers are 5xx have one place to be looked for, which is left once", async () => {
  server.instead = (({ url }, response) => url.includes("/contacts") && Boolean(response.writeHead(500).end())) as Instead;
  const creating: Law = {
    ...law50,
    check: async ({ api, unique }) => {
      for (const _ of [1, 2, 3]) await api.request("POST", "/contacts", { contact: { first_name: unique() } });
    },
  };
  const { left } = await runContract(options(), [creating]);
  expect(left.map(({ operation, path }) => `${operation} ${path}`)).toEqual(["createContact /contacts"]);
});
