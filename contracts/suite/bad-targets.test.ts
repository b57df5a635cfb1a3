import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { TargetError } from "../client/errors";
import { FakeTime } from "../client/testing/fake-time";
import { type Instead, LoggingServer } from "../testing/logging-server";
import { selfSigned } from "../testing/self-signed";
import { startTarget, type Target } from "../testing/start-mock";
import { law01 } from "./checks/find-chat/01-find-ignores-order";
import { law02 } from "./checks/find-chat/02-find-ignores-number-format";
import type { Law } from "./law";
import type { ContractOptions } from "./options";
import { exitCodeOf, SERVER_TROUBLE } from "./report";
import { render } from "./reports/testing/render";
import { runContract } from "./run";

/* Servers that are none, or that are in trouble: one sentence, and never a wall of failures. */

const TOKEN = "suite";
const MEGABYTE = 1024 * 1024;

let target: Target;
let server: LoggingServer;

beforeAll(async () => {
  target = await startTarget();
});
beforeEach(async () => {
  server = await new LoggingServer(target.url).start();
});
afterEach(() => server.stop());
afterAll(() => target.stop());

function run(options: Partial<ContractOptions> = {}, asked: readonly Law[] = [law01]) {
  const time = new FakeTime();
  return runContract({ target: server.url, token: TOKEN, isOwnMock: false, time, line: target.line, ...options }, asked);
}

/** The one sentence in which a run ends. */
async function sentence(options: Partial<ContractOptions> = {}): Promise<string> {
  const error: unknown = await run(options).catch((reason: unknown) => reason);
  return error instanceof TargetError ? error.message : `no TargetError: ${error}`;
}

function json(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body));
  };
}

function html(status: number): (response: ServerResponse) => void {
  return (response) => {
    response.writeHead(status, { "Content-Type": "text/html" }).end("<html>Log in</html>");
  };
}

const always = (answer: (response: ServerResponse) => void): Instead => {
  return (_, response) => {
    answer(response);
    return true;
  };
};

/** From the second request on, so that the greeting goes well. */
const later = (answer: (response: ServerResponse) => void): Instead => {
  return ({ url }, response) => {
    if (url.endsWith("/phone_numbers")) return false;
    answer(response);
    return true;
  };
};

const hangUp = (response: ServerResponse): unknown => response.destroy();
const never = (): undefined => undefined;
const drip = (response: ServerResponse): void => {
  response.writeHead(200, { "Content-Type": "application/json" }).write("{");
};
const cutOff = (response: ServerResponse): void => {
  response.writeHead(200, { "Content-Type": "application/json" }).end('{"phone_numbers": [');
};
const flood = (response: ServerResponse): void => {
  response.writeHead(200, { "Content-Type": "application/json" });
  const chunk = Buffer.alloc(MEGABYTE, " ");
  const pour = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", pour);
  };
  pour();
};

test.each<[string, (response: ServerResponse) => unknown, RegExp]>([
  ["refuses the token", json(401, {}), /refuses the token \(401\); give the integration token of the account\.$/],
  ["does not let the token read", json(403, {}), /does not let this token read .*\(403\)/],
  ["is another API", json(404, {}), /\(404\); check that it is the Linq Partner API V2\.$/],
  ["is another API that answers", json(200, { hello: 1 }), /without a list of phone numbers; check that it is/],
  ["is a login page", html(200), /with a web page \(200\), as a login page or a proxy does/],
  [
    "is a proxy in trouble",
    html(502),
    /phone_numbers with 502, a web page; it, or a proxy before it, is in trouble, so try again later\.$/,
  ],
  ["is in trouble", json(503, {}), /answers .*\/phone_numbers with 503; it is in trouble, so try again later\.$/],
  ["answers half of it", cutOff, /with JSON that is cut off or broken\.$/],
  ["hangs up", hangUp, /cannot be judged: there was no answer: the connection failed with \w+; check the address/],
  ["answers without end", flood, /its body has more than 10 MB; no page is so large/],
])("a target that %s", async (_, answer, expected) => {
  server.instead = always((response) => void answer(response));
  expect(await sentence()).toMatch(expected);
  expect(server.changes).toEqual([]);
});

test.each([
  ["hangs", never],
  ["drips", drip],
])("a target that %s is left after the time that an answer may take", async (_, answer) => {
  server.instead = always(answer);
  expect(await sentence({ time: new FakeTime(50), timeoutMs: 50 })).toMatch(/there was no whole answer within 0\.05 s; check/);
});

test("a target that is not there", async () => {
  const gone = await new LoggingServer(target.url).start();
  const { url } = gone;
  await gone.stop();
  expect(await sentence({ target: url })).toMatch(/the connection failed with ECONNREFUSED; check the address/);
});

test("a redirect is not followed: the token goes to no other address", async () => {
  const other = await new LoggingServer(target.url).start();
  server.instead = always((response) => response.writeHead(302, { Location: `${other.url}/?secret=1` }).end());
  const said = await sentence();
  expect(said).toContain(`redirects to ${other.url}, and the token goes to no other address`);
  expect(said).not.toContain("secret");
  expect(other.received).toEqual([]);
  await other.stop();
});

test("a self-signed certificate", async () => {
  const secure: Server = createTlsServer(selfSigned, (_, response) => response.end()).listen(0, "127.0.0.1");
  await once(secure, "listening");
  const { port } = secure.address() as AddressInfo;
  expect(await sentence({ target: `https://localhost:${port}` })).toMatch(
    /certificate of https:\/\/localhost:\d+ is not trusted/,
  );
  secure.close();
});

test("a server without TLS", async () => {
  const plain = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  await once(plain, "listening");
  const { port } = plain.address() as AddressInfo;
  expect(await sentence({ target: `https://localhost:${port}` })).toMatch(/does not speak TLS; check the address and the port/);
  plain.close();
});

test.each([
  ["api.linqapp.com", "The target is no address; write it with its scheme"],
  ["http://api.linqapp.com", "The token would be sent unencrypted"],
  ["https://user:secret@api.linqapp.com", "The target carries a user or a password"],
  ["file:///etc/passwd", "The target is no address"],
])("the target %s", async (address, expected) => {
  expect(await sentence({ target: address })).toContain(expected);
});

test.each([
  ["", "There is no token"],
  ["a\nb", "The token holds what no header can carry"],
  ["tökén", "The token holds what no header can carry"],
])("the token %j", async (token, expected) => {
  expect(await sentence({ token })).toContain(expected);
  expect(server.received).toEqual([]);
});

test("a token that is a number is a token", async () => {
  expect(await sentence({ token: "12345" })).toContain("refuses the token (401)");
});

test.each([
  ["+19075550199", "is no line of this account, which has 3 lines; GET /phone_numbers lists them."],
  ["not a number", "cannot be read; write it as +12223334444."],
])("the line %s", async (line, expected) => {
  const said = await sentence({ line });
  expect(said).toContain(expected);
  expect(said).not.toContain("9075550199");
});

test.each([
  [{ chat: 99_999 }, "What --chat names is not in this account: GET /chats/99999 answers 404"],
  [{ contact: 99_999 }, "What --contact names is not in this account: GET /contacts/99999 answers 404"],
])("what is named and not there: %j", async (named, expected) => {
  expect(await sentence(named)).toContain(expected);
});

test("the line may be written in any form that the API reads", async () => {
  expect((await run({ line: "2052761148" })).line).toBe("+12052761148");
});

test.each([
  [[], "Sending needs somebody to send to"],
  [["nobody"], "is neither a number nor an e-mail address"],
])("the recipients %j", async (recipients, expected) => {
  expect(await sentence({ allow: ["send"], recipients })).toContain(expected);
});

test("an organization with nothing in it: what cannot be asked is skipped, with the reason", async () => {
  server.instead = always(json(200, { phone_numbers: [] }));
  const report = await run({ line: undefined });
  expect(report.outcomes.at(-1)).toMatchObject({ id: "law-1", verdict: "skipped", reason: "the account has no lines" });
  expect(exitCodeOf(report, { strict: false })).toBe(0);
});

const DEEP = `{"data":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;

test("what is nested too deeply to be read is not judged", async () => {
  server.instead = later((response) => response.writeHead(200, { "Content-Type": "application/json" }).end(DEEP));
  const { outcomes } = await run({}, [law01, law02]);
  const said = outcomes.filter(({ verdict }) => verdict !== "pass").map(({ id, verdict, reason }) => [id, verdict, reason]);
  expect(said).toEqual([
    ["shape-listChats-200", "inconclusive", "a body is nested too deeply to be read"],
    ["law-1", "inconclusive", "the answer to GET /chats is nested too deeply to be read"],
    ["law-2", "inconclusive", "the answer to GET /chats is nested too deeply to be read"],
  ]);
  server.instead = always((response) => response.writeHead(200, { "Content-Type": "application/json" }).end(DEEP));
  expect(await sentence()).toMatch(/cannot be judged: the answer to GET \/phone_numbers is nested too deeply to be read/);
});

test("a limit is waited out", async () => {
  let refusals = 1;
  const busy = json(
    429,
    { errors: [{ status: 429, code: "too_many_requests", title: "Too Many Requests", detail: "" }] },
    { "Retry-After": "7" },
  );
  server.instead = ({ url }, response) => {
    if (!url.includes("/chats") || refusals === 0) return false;
    refusals -= 1;
    busy(response);
    return true;
  };
  const time = new FakeTime();
  const report = await run({ time });
  expect(time.sleeps).toContain(7000);
  expect(report.outcomes.find(({ id }) => id === "law-1")?.verdict).toBe("pass");
});

test("a limit that does not end makes it inconclusive, and the exit code 2", async () => {
  server.instead = later(json(429, {}, { "Retry-After": "1" }));
  const report = await run();
  expect(report.outcomes.find(({ id }) => id === "law-1")).toMatchObject({
    verdict: "inconclusive",
    reason: "the server allows no more requests for now (429)",
  });
  expect(report.outcomes.some(({ verdict }) => verdict === "pass")).toBe(true);
});

test("a server that answers 503 in between is judged all the same, and its 503 is one failure, whatever it hides", async () => {
  let asked = 0;
  server.instead = (_, response) => {
    asked += 1;
    if (asked % 2 === 0) return false;
    html(503)(response);
    return true;
  };
  const { outcomes, exchanges } = await run({}, [law01, law02]);
  expect(exchanges.slice(0, 2).map(({ response }) => response.status)).toEqual([503, 200]); // the greeting is asked again
  const said = outcomes.filter(({ verdict }) => verdict !== "pass");
  expect(new Set(said.map(({ cause }) => cause))).toEqual(new Set([SERVER_TROUBLE]));
  expect(said.map(({ verdict }) => verdict)).toContain("inconclusive");
  server.instead = later(html(503)); // and when nothing good comes any more
  expect((await run()).outcomes.filter(({ verdict }) => verdict === "pass")).toHaveLength(1);
});

test.each<[string, (response: ServerResponse) => unknown, RegExp]>([
  ["expires", json(401, { errors: [] }), /refuses the token \(401\)/],
  ["gives way to a login page", html(200), /with a web page \(200\)/],
])("a token that %s half-way ends the run", async (_, answer, expected) => {
  let asked = 0;
  server.instead = (_received, response) => {
    asked += 1;
    if (asked < 3) return false;
    answer(response);
    return true;
  };
  expect(await sentence()).toMatch(expected);
});

test("a server that goes away half-way ends the run, after three requests in vain", async () => {
  let asked = 0;
  server.instead = (_, response) => {
    asked += 1;
    if (asked === 1) return false;
    response.destroy();
    return true;
  };
  const laws = Array.from({ length: 20 }, () => law01);
  const error: unknown = await run({}, laws).catch((reason: unknown) => reason);
  expect(String(error)).toMatch(
    /does not answer: the connection failed with \w+; check the address, the server and the network\./,
  );
  expect(asked).toBe(7);
});

test("an answer that is lost is asked for again, and the report says so", async () => {
  let asked = 0;
  server.instead = (_, response) => {
    asked += 1;
    if (asked === 2) response.destroy();
    return asked === 2;
  };
  const report = await run();
  expect(report.outcomes.find(({ law }) => law === 1)).toMatchObject({ verdict: "pass" });
  expect(render(report, { width: 200 })).toMatch(
    /\nlost +1 answer did not come, and had to be asked for again: the connection failed with ECONNRESET\n/,
  );
});

test("a run that is stopped says so", async () => {
  const stopping = new AbortController();
  server.instead = later(() => stopping.abort());
  expect(await sentence({ signal: stopping.signal })).toBe("The run was stopped.");
});
