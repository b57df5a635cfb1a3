import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join, resolve } from "node:path";

export const GIVE_UP_MS = 20_000;

/** Where the package is installed, and what the README shows. Who is started is among the children, and is ended with them. */
interface Tour {
  readonly folder: string;
  readonly readme: string;
  readonly children: ChildProcess[];
}

/** The README's five minutes, on ports that are free. The receiver must print what the README says that it prints. */
export async function takeTour({ folder, readme, children }: Tour, port: string): Promise<void> {
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

/** The README's steps for V3, with the vendor's SDK, twice: what is printed was verified by it. */
export async function takeTourByV3(tour: Tour, port: string): Promise<void> {
  const { folder } = tour;
  symlinkSync(resolve("node_modules/@linqapp"), join(folder, "node_modules/@linqapp"));
  const shown = readFileSync(join(folder, "v3.mjs"), "utf8").replaceAll("localhost:4010", `localhost:${port}`);
  const receiverPort = String(await freePort());
  writeFileSync(join(folder, "v3.mjs"), shown.replaceAll("3001", receiverPort));
  for (let run = 1; run <= 2; run += 1) await takeTourOnce(tour, port, receiverPort);
}

async function takeTourOnce({ folder, children }: Tour, port: string, receiverPort: string): Promise<void> {
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
export async function outputUntil(child: ChildProcess, expected: RegExp): Promise<() => string> {
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

/** The shell commands that a document shows in the block that holds a text. */
function shownCommands(markdown: string, holding: string): string {
  const block = [...markdown.matchAll(/```sh\n(.*?)```/gs)].find(([, commands = ""]) => commands.includes(holding));
  if (!block?.[1]) throw new Error(`no block of commands holds ${holding}`);
  return block[1];
}
