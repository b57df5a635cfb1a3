import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { startMockServer } from "../server/start-mock-server";
import { killAll, linqMock, run } from "../testing/command";
import { ask, CLOCK, pin, startReceiver, WORLD } from "./golden";

/* What the built command, as `npm test` has just built it, says on stdout and stderr, and how it ends. */

const folder = mkdtempSync(join(tmpdir(), "linq-mock-golden-"));
const bad = (name: string): string => relative(process.cwd(), join(__dirname, "bad-fixtures", name));
const world = relative(process.cwd(), WORLD);
const small = relative(process.cwd(), join(__dirname, "small.yaml"));
const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
const LINE = "+12052761148";
const TOKEN = { LINQ_TOKEN: "any" };
const NOBODY = ["--target", "http://127.0.0.1:9"];

afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

/** Text without what is another each time: ports, times, durations, the folder of this run, where the project is, and the version. */
function still(text: string): string[] {
  return text
    .replaceAll(folder, "FOLDER")
    .replaceAll(process.cwd(), "PROJECT")
    .replaceAll(version, "VERSION")
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, "TIME")
    .replace(/(localhost|127\.0\.0\.1):\d{4,5}\b/g, "$1:PORT")
    .replace(/port \d{5}\b/g, "port PORT")
    .replace(/^\d\d:\d\d:\d\d\.\d{3} /gm, "TIME ")
    .replace(/\b\d+\.\d+ (m?s)\b/g, "N s")
    .replace(/ in \d+ (m?s)\b/g, " in N s")
    .split("\n");
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: unknown;
}

function shown({ stdout, stderr, code }: Ended): object {
  return { stdout: still(stdout), stderr: still(stderr), code };
}

/** Starts what serves, does something with it once it says where it is, and ends it. */
async function serve(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  use?: (url: string) => Promise<unknown>,
): Promise<Ended> {
  const child = linqMock(args, env);
  const said = { stdout: "", stderr: "" };
  const closed = once(child, "close");
  let isOver = false;
  void closed.then(() => {
    isOver = true;
  });
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (chunk: string) => {
      said[stream] += chunk;
    });
  const port = (): string | undefined => /http:\/\/(?:localhost|127\.0\.0\.1):(\d{5})/.exec(said.stdout + said.stderr)?.[1];
  while (port() === undefined && !isOver) await Promise.race([once(child.stdout, "data"), once(child.stderr, "data"), closed]);
  await use?.(`http://127.0.0.1:${port()}`);
  child.kill("SIGTERM");
  const [code] = await closed;
  return { ...said, code };
}

const HELP = [
  "",
  "start",
  "fixtures",
  "fixtures validate",
  "fixtures list",
  "fixtures generate",
  "fixtures export",
  "fixtures pull",
];

/** What ends by itself and needs nothing to be there. */
const plain: readonly (readonly [args: readonly string[], env?: NodeJS.ProcessEnv])[] = [
  ...[...HELP, "contract", "exam", "proxy", "replay"].map(
    (command) => [[...command.split(" ").filter(Boolean), "--help"]] as const,
  ),
  [["--version"]],
  [["serve"]],
  [["--prot", "1"]],
  [["--clock", "noon"]],
  [["--fault", "latency"]],
  [["--fixtures", bad("unknown-field.yaml")]],
  [["fixtures"]],
  [["fixtures", "valdate"]],
  [["fixtures", "list"]],
  [["fixtures", "list", "--json"]],
  [["fixtures", "validate", small, "sms-only", world]],
  [
    [
      "fixtures",
      "validate",
      ...["unknown-field", "broken-references", "syntax", "doubtful"].map((name) => bad(`${name}.yaml`)),
    ],
  ],
  [["fixtures", "validate", "--json", small, bad("broken-references.yaml"), bad("wrong-version.json")]],
  [["fixtures", "validate", "--github", bad("broken-references.yaml"), bad("doubtful.yaml")]],
  [["fixtures", "validate", "nothing.yaml"]],
  [["fixtures", "export", "--url", "http://127.0.0.1:9"]],
  [["fixtures", "pull", ...NOBODY, "--out", "x.json"]],
  [["contract", "--dry-run"]],
  [["contract", ...NOBODY, "--dry-run", "--allow", "writes,send", "--recipient", "+12055550101"], TOKEN],
  [["contract", "--target", "http://127.0.0.1:2"], TOKEN],
  [["contract", "--allow", "everything"]],
  [["exam"]],
  [["exam", "http://127.0.0.1:9/", "--api-version", "v9"]],
  [["exam", "http://127.0.0.1:9/"]],
  [["proxy"]],
  [["replay", "/nowhere.har"]],
];

pin("commands/plain.json", async () => {
  const entries: Record<string, unknown> = {};
  for (const [args, env = {}] of plain) entries[["linq-mock", ...args].join(" ")] = shown(await run(args, env));
  return entries;
});

pin("commands/fixtures.json", async () => {
  const args = ["fixtures", "generate", "--chats", "5", "--messages", "40", "--contacts", "4", "--seed", "7"];
  const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
  const yaml = join(folder, "made.yaml");
  const pulled = join(folder, "pulled.json");
  const made = await run(args);
  const written = await run([...args, "--locale", "es,fr", "--profile", "busy-inbox", "--out", yaml]);
  const mock = await startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7 });
  try {
    const exported = await run(["fixtures", "export", "--url", mock.url]);
    const unknown = await run(["fixtures", "export", "--url", mock.url, "--sandbox", "qa"]);
    const pull = await run(
      ["fixtures", "pull", "--target", mock.url, "--line", LINE, "--rate", "1000", "--out", pulled],
      TOKEN,
    );
    return {
      generate: { ...made, stdout: hash(made.stdout) },
      "generate into a file": { ...shown(written), bytes: hash(readFileSync(yaml, "utf8")) },
      export: shown(exported),
      "export of an unknown sandbox": shown(unknown),
      pull: { ...shown(pull), written: structure(JSON.parse(readFileSync(pulled, "utf8"))) },
    };
  } finally {
    await mock.stop();
  }
});

/** The fields of a value, and how many entries its lists have; of what stands in it only the type. */
function structure(value: unknown): unknown {
  if (Array.isArray(value)) return { count: value.length, entries: value.map(structure) };
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, structure(field)]));
}

pin("commands/contract.json", async () => {
  const mock = await startMockServer({ tokens: ["any"], clock: CLOCK, seed: 7 });
  const report = join(folder, "report.json");
  const recipients = ["+19075550101", "+19075550102", "+19075550103"].join(",");
  const allowed = ["--allow", "writes,visible,send", "--recipient", recipients, "--ledger", join(folder, "ledger")];
  const asked = ["--target", mock.url, "--line", LINE, "--spare-line", "+13125550150", "--rate", "100000"];
  try {
    const ended = await run(["contract", ...asked, ...allowed, "--report", `json=${report}`], TOKEN);
    const { outcomes } = JSON.parse(readFileSync(report, "utf8")) as {
      outcomes: { id: string; name: string; verdict: string }[];
    };
    return {
      "everything is allowed": shown(ended),
      "everything is allowed: verdicts": Object.fromEntries(
        outcomes.map(({ id, name, verdict }) => [`${id}: ${name}`, verdict]),
      ),
      "everything is allowed: ledger": existsSync(join(folder, "ledger")),
    };
  } finally {
    await mock.stop();
  }
});

pin("commands/exam.json", async () => {
  const receiver = await startReceiver();
  try {
    return {
      "a receiver that takes everything": shown(await run(["exam", receiver.url, "--secret", "s3cret"])),
      "without a secret": shown(await run(["exam", receiver.url])),
      "a receiver that takes nothing, as JSON": shown(await run(["exam", `${receiver.url}/404`, "--json"])),
    };
  } finally {
    await receiver.stop();
  }
});

pin("commands/serving.json", async () => {
  const mock = await startMockServer({ fixtures: WORLD, clock: CLOCK, seed: 7 });
  const { port } = new URL(mock.url);
  const har = join(folder, "calls.har");
  const text = join(folder, "text.har");
  writeFileSync(text, "no HAR");
  const get = (path: string) => (url: string) =>
    ask(url, "GET", `/api/partner/v2${path}`, { headers: { "X-LINQ-INTEGRATION-TOKEN": "any" } });
  const getBoth = async (url: string): Promise<void> => {
    await get("/chats/1")(url);
    await get("/chats/999")(url);
  };
  const target = ["--target", mock.url, "--port", "0"];
  try {
    return {
      start: shown(await serve(["--port", "0", "--clock", CLOCK], {}, getBoth)),
      "start with everything": shown(
        await serve([
          ...[
            "--port",
            "0",
            "--fixtures",
            world,
            "--fault",
            "status status=503 operation=getChat",
            "--profile",
            "carrier-slow",
          ],
          ...["--token", "alpha", "--log", "warn"],
        ]),
      ),
      "start for other machines": shown(await serve(["--port", "0", "--host", "0.0.0.0"])),
      "start on a port in use": shown(await run(["--port", port])),
      "proxy that records": shown(await serve(["proxy", ...target, "--record", har], {}, getBoth)),
      "proxy with a fallback": shown(
        await serve(
          ["proxy", ...target, "--fallback", "--fixtures", "empty", "--allow", "writes", "--recipient", LINE],
          TOKEN,
          get("/chats/1"),
        ),
      ),
      "proxy that records over a file": shown(await run(["proxy", ...target, "--record", har])),
      "proxy on a port in use": shown(await run(["proxy", ...NOBODY, "--port", port])),
      replay: shown(await serve(["replay", har, "--port", "0"], {}, getBoth)),
      "replay of no recording": shown(await run(["replay", text])),
    };
  } finally {
    await mock.stop();
  }
});
