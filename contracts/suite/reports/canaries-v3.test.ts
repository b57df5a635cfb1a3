import { operations } from "../../generated/v3/operations";
import { reportOfHar } from "../../har/report-of-har";
import { chromiumEntry, chromiumHar } from "../../har/testing/chromium-har";
import { type Json, textOfV3 } from "../../testing/contract-examples";
import type { ContractReport } from "../report";
import { renderers } from "./index";
import { jsonReport } from "./json";
import { redactionFor } from "./redaction";
import { renderTerminal } from "./terminal";
import { anOutcome } from "./testing/an-outcome";
import { Canaries, ROOT } from "./testing/canaries";

/* A recording of V3 in which whatever could be somebody's has the same letters in it, or is a number. */

const canaries = new Canaries();
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const SECRET = /^(?:signing_secret|user_token|idempotency_key)$/;
const token = canaries.word();
const secrets: string[] = [token];

/** An example with canaries for its texts; what the contract lists as a value stays. */
function told(node: Json, field = ""): Json {
  if (Array.isArray(node)) return node.map((entry) => told(entry, field));
  if (typeof node === "object" && node !== null)
    return Object.fromEntries(Object.entries<Json>(node).map(([key, child]) => [key, told(child, key)]));
  if (field === "coordinates") return Number(`${Math.trunc(node)}.777${node > 0 ? 1 : 2}`);
  if (typeof node !== "string" || UUID.test(node) || TIME.test(node)) return node;
  if (SECRET.test(field)) return secrets[secrets.push(canaries.word()) - 1];
  if (/^\+\d/.test(node)) return canaries.number();
  if (/^[\w.+-]+@/.test(node)) return canaries.email();
  if (/^https?:/.test(node) && field !== "webhook_version") return canaries.url();
  return /^[a-z_.\d-]+$/i.test(node) && !/(?:text|value|name|title|caption|detail|summary|description|locality)$/.test(field)
    ? node
    : canaries.text();
}

const bodies = new Map(textOfV3.bodies.map(({ of, value }) => [of, told(value)]));
const query = (): string =>
  `?from=${encodeURIComponent(canaries.number())}&to=${encodeURIComponent(canaries.email())}&cursor=${canaries.name()}`;
const entries = textOfV3.answers.map(({ of: { id, status }, value }) => {
  const { method, path } = operations[id];
  const route = path
    .replaceAll("{phoneNumber}", () => encodeURIComponent(canaries.number()))
    .replaceAll(/\{\w+\}/g, "69a37c7d-af4f-4b5e-af42-e28e98ce873a");
  const url = `https://api.linqapp.com/api/partner/v3${route}${query()}`;
  const entry = chromiumEntry({ method, url, status, sent: bodies.get(id), body: told(value) });
  entry.request.headers.push({ name: "authorization", value: `Bearer ${token}` });
  entry.request.headers = entry.request.headers.filter(({ name }) => name !== "x-linq-integration-token");
  return entry;
});
const recorded = reportOfHar(chromiumHar(...entries), "page.har", { now: () => 0 });
const events = textOfV3.events.map(({ of, value }) =>
  anOutcome({
    id: `event-${of}`,
    verdict: "fail",
    reason: `it came with Authorization: Bearer ${token}`,
    evidence: { what: of, pointer: "", expected: "another", received: told(value) },
    exchanges: recorded.exchanges.slice(0, 1) as never,
  }),
);
const failures = recorded.exchanges.map((exchange, i) =>
  anOutcome({
    id: `answer-${i}`,
    verdict: "fail",
    reason: "it is another",
    evidence: { what: "it", pointer: "", expected: exchange.request.body, received: exchange.response.body },
    exchanges: [exchange] as never,
  }),
);
const report: ContractReport = { ...recorded, outcomes: [...recorded.outcomes, ...failures, ...events] };

/** Where the people are, as it is written everywhere. */
const places = [...JSON.stringify(report).matchAll(/-?\d+\.777\d/g)].map(([place]) => place);

function leaks(text: string): string[] {
  const lower = text.toLowerCase();
  const at = lower.indexOf(ROOT);
  const digits = text.replaceAll(/[^\da-zA-Z]/g, "");
  return [
    ...(at < 0 ? [] : [text.slice(Math.max(0, at - 80), at + 40)]),
    ...canaries.numbers.filter((number) => digits.includes(number.slice(2))),
    ...places.filter((place) => text.includes(place)),
  ];
}

const withValues = jsonReport(report, { strict: true, showValues: true });
const withNames = jsonReport(report, { strict: true, showValues: false });

function shownAs(format: string, showValues: boolean): string {
  const json = showValues ? withValues : withNames;
  if (format === "terminal") return renderTerminal(json, { color: false, width: 10_000 });
  return renderers[format as keyof typeof renderers](json);
}

test("the recording itself is full of canaries", () => {
  expect(recorded.exchanges.length).toBeGreaterThan(150);
  expect(canaries.numbers.length).toBeGreaterThan(200);
  expect(secrets.length).toBeGreaterThan(10);
  expect(places.length).toBeGreaterThan(1);
});

test.each([...Object.keys(renderers), "terminal"])("nothing of anybody is in the report of V3 as %s", (format) => {
  expect(leaks(shownAs(format, false))).toEqual([]);
});

test("where somebody is is not told by how an answer of another type begins", () => {
  const exchange = recorded.exchanges.find(
    ({ operation, response }) => operation === "getChatLocation" && response.status === 200,
  );
  const evidence = { what: "content-type", pointer: "", expected: "application/geo+json", received: "text/plain" };
  const outcomes = [anOutcome({ id: "type", verdict: "fail", reason: "the type", evidence, exchanges: [exchange] as never })];
  const shown = renderers.json(jsonReport({ ...recorded, outcomes }, { strict: true, showValues: false }));
  expect(shown).toContain('"begins": "{');
  expect(leaks(shown)).toEqual([]);
});

test("nothing of anybody is in any request, answer or event of V3", () => {
  const { value, path } = redactionFor(report, { showValues: false });
  const shown = [
    recorded.exchanges.map(({ request, response }) => [path(request.path), value(request.body), value(response.body)]),
    events.map(({ evidence }) => value(evidence?.received)),
  ];
  expect(leaks(JSON.stringify(shown))).toEqual([]);
});

test.each([...Object.keys(renderers), "terminal"])(
  "its tokens and secrets are in no report as %s, though values are shown",
  (format) => {
    const text = shownAs(format, true);
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text.toLowerCase()).toContain(ROOT);
  },
);

test("a secret that only a text of V3 tells is found, a bearer's too", () => {
  const [written, bare] = [canaries.word(), canaries.word()];
  const [first] = recorded.exchanges;
  if (!first) throw new Error("there are none");
  const text = `<p>Authorization: Bearer ${bare}, "signing_secret": "${written}"`;
  const exchange = { ...first, response: { ...first.response, body: { note: text }, text: JSON.stringify({ note: text }) } };
  const { value } = redactionFor({ ...recorded, exchanges: [exchange] }, { showValues: true });
  expect(value({ a: `${bare} and ${written}` })).toEqual({ a: expect.stringMatching(/^secret \d and secret \d$/) });
});

test("what V3 lists stays to be read, and each value is called by what V3 says it is", () => {
  const { value, path } = redactionFor({ ...recorded, exchanges: [] }, { showValues: false });
  const shown = value({
    health_status: "AT_RISK",
    event_type: "chat.group_icon_updated",
    from_handle: { handle: "55512", service: "RCS" },
    actor: { type: "api", name: "Zora" },
    merchant: { name: "Zora" },
    signing_secret: "zora-1",
    phone_numbers: ["55513"],
    message: { idempotency_key: "zora-2", effect: { type: "screen", name: "confetti" } },
    geometry: { type: "Point", coordinates: [-86.8025, 33.5207] },
  });
  expect(shown).toEqual({
    health_status: "AT_RISK",
    event_type: "chat.group_icon_updated",
    from_handle: { handle: "phone 1", service: "RCS" },
    actor: { type: "api", name: "name 1" },
    merchant: { name: "name 1" },
    signing_secret: "secret 1",
    phone_numbers: ["phone 2"],
    message: { idempotency_key: "secret 2", effect: { type: "screen", name: "confetti" } },
    geometry: { type: "Point", coordinates: [expect.stringMatching(/^\w+ \d$/), expect.stringMatching(/^\w+ \d$/)] },
  });
  expect(path("/api/partner/v3/payments/requests")).toBe("/api/partner/v3/payments/requests");
});
