import { readFileSync } from "node:fs";
import { errorCodes } from "../../contracts/generated/v3/error-codes";
import { type MockServer, startMockServer } from "../server/start-mock-server";

/*
 * docs/v3.md says of every rule how it is forced: each row is done as it is written there, in the default world.
 * Rests on A-v3-target-http, A-v3-chat-order, A-v3-code-choice, A-v3-delays, A-v3-service-choice, A-v3-service-initial, A-v3-idem-scope, A-v3-rate-window,
 * A-v3-block-status.
 */

const [, table = ""] = /<!-- forced -->\n\n([\s\S]*?)\n\n<!-- \/forced -->/.exec(readFileSync("docs/v3.md", "utf8")) ?? [];
const rows = table
  .split("\n")
  .slice(2)
  .map((row) => row.split("|").map((cell) => cell.trim()))
  .map(([, rule = "", by = "", then = ""]) => ({
    rule,
    steps: [...by.matchAll(/`([^`]+)`/g)].map(([, step = ""]) => step),
    then,
  }));

// biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects
type Json = any;
let mock: MockServer;

beforeEach(async () => {
  mock = await startMockServer({ clock: "2026-01-05T12:00:00Z" });
});
afterEach(() => mock.stop());

async function call(
  method: string,
  path: string,
  body?: object | string,
): Promise<{ status: number; body: Json; trace: string | null }> {
  const response = await fetch(`${mock.url}${path}`, {
    method,
    headers: { Authorization: "Bearer test", "Content-Type": "application/json" },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
    trace: response.headers.get("x-trace-id"),
  };
}

const api = (method: string, path: string, body?: object) => call(method, `/api/partner/v3${path}`, body);

/** A refusal as the table has it. Every one has the envelope of V3, and the trace of its answer. */
function refused({ status, body, trace }: Awaited<ReturnType<typeof call>>): string {
  expect(body).toMatchObject({ success: false, error: { status, message: expect.any(String) }, trace_id: trace });
  return `${status}, ${body.error.code}`;
}

/** Does what a step says: a call, or a number to write to. */
async function take(step: string, sent: Json): Promise<string | undefined> {
  const [, method = "", path = "", body = "", to] = /^(?:([A-Z]+) (\S+) (\{.*\})|to (\+\d+))$/.exec(step) ?? [];
  if (to !== undefined) return to;
  const { messages = [] } = (await call("GET", "/__mock/chats/46/messages")).body;
  const last = messages.at(-1)?.id;
  const answer = await call(method, path, body.replace('"message": 812', `"message": ${sent ? last : 812}`));
  if (answer.status >= 400) throw new Error(`${step}: ${JSON.stringify(answer.body)}`);
  return undefined;
}

test.each(rows)("$rule: $then", async ({ steps, then }) => {
  const message = { parts: [{ type: "text", value: "Hi" }], idempotency_key: "k-1" };
  const create = (to = "+12055426109") => api("POST", "/chats", { from: "+12052761148", to: [to], message });
  const isAfter = /^(?:edit|read|failed)/.test(then) && !steps[0]?.startsWith("to ");
  const first = isAfter ? await create() : undefined;
  let to: string | undefined;
  if (then.startsWith("event ")) {
    const events = { target_url: "http://127.0.0.1:9/", subscribed_events: [then.slice("event ".length)] };
    expect((await api("POST", "/webhook-subscriptions", events)).status).toBe(201);
  }
  for (const step of steps) to = (await take(step, first)) ?? to;
  if (then.startsWith("event ")) {
    const { deliveries } = (await call("GET", "/__mock/deliveries")).body;
    expect(deliveries.map(({ event }: Json) => `event ${event}`)).toContain(then);
    return;
  }
  if (then.startsWith("edit ")) {
    const edited = await api("PATCH", `/messages/${first?.body.chat.message.id}`, { text: "Ho" });
    return expect(`edit ${refused(edited)}`).toBe(then);
  }
  const answer = first ?? (await create(to));
  const [ending, ...others] = then.split("; ").reverse();
  for (const other of others) expect(refused(answer)).toBe(other);
  if (answer.status >= 400 && others.length === 0) return expect(refused(answer)).toBe(then);
  const made = others.length === 0 ? answer : await create(to);
  await call("PUT", "/__mock/clock", { advance_ms: 1000 });
  const shown = await api("GET", `/messages/${made.body.chat.message.id}`);
  expect([shown.body.delivery_status, shown.body.service].join(" by ")).toBe(ending);
});

test("every rule has a row", () => {
  expect(rows.length).toBeGreaterThan(20);
});

test("each code that an answer can have is forced by a fault, in the words of its page", async () => {
  for (const [code, { status, message }] of Object.entries(errorCodes)) {
    if (status === null) continue; // of events alone
    const armed = await call("POST", "/__mock/faults", { fault: "status", code: Number(code), name: code });
    expect([code, armed.status]).toEqual([code, 201]);
    const answer = await api("GET", "/chats");
    expect(refused(answer)).toBe(`${status}, ${code}`);
    const [beforeWait = "", afterWait = ""] = message.split("{}");
    expect(answer.body.error.message.startsWith(beforeWait) && answer.body.error.message.endsWith(afterWait)).toBe(true);
    await call("DELETE", `/__mock/faults/${code}`);
  }
});
