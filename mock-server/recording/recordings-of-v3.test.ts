import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operations } from "../../contracts/generated/v3/operations";
import { reportOfHar } from "../../contracts/har/report-of-har";
import { textOfV3 } from "../../contracts/testing/contract-examples";
import type { ProxiedExchange } from "../proxy/call";
import { startReplay } from "../replay/server";
import { Recorder } from "./recorder";
import { aCall } from "./testing/a-call";

/* What the proxy records of V3 is what the contract kit and a replay read. */

const TOKEN = "v3-token-7f3a";
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const UUID = "550e8400-e29b-41d4-a716-446655440000";
const NOT_FOUND = textOfV3.answers.find(({ of }) => of.id === "getChat" && of.status === 404)?.value;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-v3-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function callOfV3(path: string, { method = "GET", status = 200, body }: { method?: string; status?: number; body?: unknown }) {
  const call = aCall(body, { method, status });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const request = { ...call.request, url: `/api/partner/v3${path}`, headers };
  const response = call.response.ok
    ? { ...call.response, headers: { ...call.response.headers, "x-trace-id": TRACE } }
    : call.response;
  return { ...call, request, response };
}

function recorded(...calls: readonly ProxiedExchange[]): string {
  const file = join(folder, "calls.har");
  const recorder = new Recorder(file, { creatorVersion: "0.0.0" });
  for (const call of calls) recorder.record(call);
  expect(recorder.close()).toEqual({ recorded: calls.length, leftOut: 0 });
  return readFileSync(file, "utf8");
}

test("whatever the contract of V3 shows passes when it was recorded", () => {
  const calls = textOfV3.answers.map(({ of: { id, status }, value }) => {
    const { method, path } = operations[id];
    return callOfV3(path.replaceAll(/\{\w+\}/g, UUID), { method, status, body: value });
  });
  const { outcomes, exchanges } = reportOfHar(recorded(...calls), "calls.har");
  expect(outcomes.filter(({ verdict }) => verdict !== "pass").map(({ id, reason }) => `${id} ${reason}`)).toEqual([]);
  expect(exchanges.filter(({ token }) => token !== "own")).toEqual([]);
  expect(exchanges).toHaveLength(calls.length);
});

test("ids of traces and pages of the documentation stay; what only looks like them does not", () => {
  const health = { doc_url: "https://docs.linqapp.com/guides/chats/chat-health#healthy", status: "HEALTHY" };
  const others = [{ doc_url: "https://docs.linqapp.com/zebediah" }, { doc_url: "https://zebediah.com/" }];
  const body = { trace_id: TRACE, health_status: health, others: [...others, { trace_id: "zebediah" }] };
  const text = recorded(callOfV3("/chats", { body }));
  const [entry] = JSON.parse(text).log.entries;
  expect(JSON.parse(entry.response.content.text)).toMatchObject({ trace_id: TRACE, health_status: health });
  expect(entry.response.headers).toContainEqual({ name: "x-trace-id", value: TRACE });
  expect(text).not.toContain("zebediah");
});

test("a token that comes back as the id of a trace is a secret there, too", () => {
  const call = callOfV3("/chats", { body: { trace_id: TRACE } });
  const headers = { authorization: `Bearer ${TRACE}` };
  expect(recorded({ ...call, request: { ...call.request, headers } })).not.toContain(TRACE);
});

test("the token of V3 is a secret like that of V2, and is asked for when both are replayed", async () => {
  const one = { n: 1 };
  const text = recorded(
    aCall(one, { path: "/contacts", token: "v2-token" }),
    callOfV3(`/chats/${UUID}`, { status: 404, body: NOT_FOUND }),
  );
  expect(text).not.toContain(TOKEN);
  expect(text).toContain('"Bearer secret-2"');
  const replay = await startReplay({ text, name: "calls.har", port: 0, host: "127.0.0.1", log: "silent" });
  const ask = async (path: string, headers: Record<string, string>) => {
    const response = await fetch(`${replay.url}/api/partner${path}`, { headers });
    return [response.status, await response.json(), response.headers.get("x-linq-mock-hint")];
  };
  expect(await ask("/v2/contacts", { "X-LINQ-INTEGRATION-TOKEN": "a" })).toEqual([200, one, null]);
  expect(await ask(`/v3/chats/${UUID}`, { Authorization: "Bearer b" })).toEqual([404, NOT_FOUND, null]);
  const [, , hint] = await ask(`/v3/chats/${UUID}`, {});
  expect(hint).toContain("with a token");
  await replay.stop();
});
