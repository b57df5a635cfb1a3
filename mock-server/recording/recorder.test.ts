import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHar } from "../../contracts/har/read-har";
import { reportOfHar } from "../../contracts/har/report-of-har";
import { Recorder } from "./recorder";
import { aCall } from "./testing/a-call";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-recorder-"));
  file = join(folder, "calls.har");
});
afterEach(() => rmSync(folder, { recursive: true }));

function entries(): { request: { url: string; headers: { name: string; value: string }[] }; response: { status: number } }[] {
  return JSON.parse(readFileSync(file, "utf8")).log.entries;
}

test("a recording is a HAR file that the contract kit reads, and its owner alone", () => {
  const recorder = new Recorder(file, { creatorVersion: "1.2.3" });
  recorder.record(aCall({ contacts: [] }));
  expect(recorder.close()).toEqual({ recorded: 1, leftOut: 0 });
  const { exchanges, counts } = readHar(readFileSync(file, "utf8"), "calls.har");
  expect(counts).toMatchObject({ entries: 1, checked: 1 });
  expect(exchanges).toMatchObject([
    { operation: "listContacts", request: { path: "/contacts" }, response: { status: 200, body: { contacts: [] } } },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, "utf8")).log.creator).toEqual({ name: "linq-mock", version: "1.2.3" });
});

test("a file that is there is not written over", () => {
  writeFileSync(file, "mine");
  expect(() => new Recorder(file, { creatorVersion: "0" })).toThrow(
    `${file} cannot be recorded to: it is there already, and a recording replaces nothing; name another file, or remove it`,
  );
  expect(readFileSync(file, "utf8")).toBe("mine");
});

test.each([
  ["nowhere/calls.har", "there is no such folder; create it first"],
  [".", "it is there already"],
])("what cannot be written is said at once: %s", (name, expected) => {
  expect(() => new Recorder(join(folder, name), { creatorVersion: "0" })).toThrow(expected);
});

test("tokens are told apart in the order in which they appear, and other secrets are gone", () => {
  const recorder = new Recorder(file, { creatorVersion: "0" });
  for (const token of ["first-zarq", "second-zarq", "first-zarq", " "]) recorder.record(aCall({}, { token }));
  recorder.close();
  expect(entries().map(({ request }) => request.headers.map(({ value }) => value))).toEqual([
    ["secret-1"],
    ["secret-2"],
    ["secret-1"],
    [" "],
  ]);
});

test("a call that had no answer is recorded as browsers do", () => {
  const recorder = new Recorder(file, { creatorVersion: "0" });
  recorder.record({ ...aCall({}), response: { ok: false, error: "connect ECONNREFUSED" } });
  recorder.close();
  expect(entries()).toMatchObject([{ response: { status: 0, _error: expect.any(String) } }]);
  expect(readHar(readFileSync(file, "utf8"), "x").counts).toMatchObject({ unanswered: 1 });
});

test("an answer that was empty is not taken for one that was not recorded", () => {
  const recorder = new Recorder(file, { creatorVersion: "0" });
  const call = aCall({});
  if (!call.response.ok) throw new Error("it has an answer");
  recorder.record({ ...call, response: { ...call.response, body: Buffer.alloc(0) } });
  recorder.close();
  const { outcomes } = reportOfHar(readFileSync(file, "utf8"), "calls.har");
  expect(outcomes.map(({ verdict }) => verdict)).toEqual(["fail"]);
});

test.each([
  ["the connection failed with ECONNREFUSED"],
  ["the connection failed with ENOTFOUND"],
  ["there was no whole answer within 30 s"],
  ["the connection ended in the middle of the answer"],
  ["its body cannot be decoded from gzip (Z_DATA_ERROR)"],
  ["its body has more than 10 MB; no page is so large"],
  [
    "The certificate of https://api.zarq.com is not trusted (SELF_SIGNED_CERT_IN_CHAIN); name its authority in NODE_EXTRA_CA_CERTS.",
    /^The certificate of https:\/\/redacted\.example\.com\/\w+ is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\); name its authority in NODE_EXTRA_CA_CERTS\.$/,
  ],
  ["its body is in the encoding zarq, which cannot be read here", /^its body is in the …, which cannot be read here$/],
])("why there was no answer stays in the proxy's own words: %s", (error, expected: RegExp | string = error) => {
  const recorder = new Recorder(file, { creatorVersion: "0" });
  recorder.record({ ...aCall({}), response: { ok: false, error } });
  recorder.close();
  const _error = typeof expected === "string" ? expected : expect.stringMatching(expected);
  expect(entries()).toMatchObject([{ response: { _error } }]);
});

test("a file that is as large as can be read again ends the recording, and stays readable", () => {
  const told: string[] = [];
  const recorder = new Recorder(file, { creatorVersion: "0", limit: 4_000, onEnd: (reason) => told.push(reason) });
  for (let i = 0; i < 20; i += 1) recorder.record(aCall({ data: "x".repeat(500) }));
  const { recorded, leftOut, problem } = recorder.close();
  expect(statSync(file).size).toBeLessThanOrEqual(4_000);
  expect(entries()).toHaveLength(recorded);
  expect(recorded + leftOut).toBe(20);
  expect(told).toEqual([problem]);
  expect(problem).toMatch(
    /has ended after \d calls, which can be read: it has the \d+ MB that can be read again; record the rest/,
  );
});

const SCRIPT = join(__dirname, "testing/record-calls.ts");

/** Records in a process of its own, where a file may have so many blocks of 1 KB. */
function recordElsewhere(calls: number, blocks: string): ChildProcess {
  const command = `trap '' XFSZ; ulimit -f ${blocks}; exec node --import tsx ${SCRIPT} ${file} ${calls}`;
  return spawn("bash", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] });
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, "close");
  return text;
}

test("when there is no more room, the recording ends, says so, and stays readable", async () => {
  const output = await outputOf(recordElsewhere(20, "40"));
  expect(output).toMatch(
    /has ended after \d calls, which can be read: a file may not be larger here; record the rest into another file\.\n$/,
  );
  expect(entries().length).toBeGreaterThan(1);
  expect(entries().every(({ response }) => response.status === 200)).toBe(true);
});

test("a process that is killed while it records leaves a file that can be read", async () => {
  const child = recordElsewhere(1_000_000, "unlimited");
  await once(child.stdout ?? child, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  expect(existsSync(file)).toBe(true);
  expect(entries().length).toBeGreaterThan(5);
});

test("a call that cannot be written is left out and counted, and the recording goes on", () => {
  const recorder = new Recorder(file, { creatorVersion: "0" });
  for (const startedAt of [0, Number.NaN, 0]) recorder.record({ ...aCall({}), startedAt });
  const odd = { ...aCall({}).request, method: "OPTIONS", url: "*" };
  recorder.record({ ...aCall({}), request: odd });
  expect(recorder.close()).toEqual({ recorded: 3, leftOut: 1 });
  expect(entries().at(-1)?.request.url).toBe("https://target.example/*");
});

test("nothing but the file is made", () => {
  new Recorder(file, { creatorVersion: "0" }).close();
  expect(execFileSync("ls", [folder], { encoding: "utf8" })).toBe("calls.har\n");
});
