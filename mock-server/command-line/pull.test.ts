import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { displayIdentifier, type Identifier } from "../../contracts/identifiers";
import { type PullResult, pullFixture } from "../../fixtures/pull/pull";
import { mappingOf } from "../../fixtures/pull/testing/mapping";
import type { LongDocument } from "../../fixtures/write/to-document";
import { type MockServer, startMockServer } from "../server/start-mock-server";

// Asserted here, too: A-list-order, A-contact-empty, A-list-scope, A-list-email, A-find-match, A-message-order,
// A-page-past-end, A-contact-match, A-number-display, A-contact-find, A-email-case.

/* Pulls one mock, serves what was pulled with another, and asks both the same. */

const CLOCK = "2026-01-15T12:00:00.000-06:00";
const LINE = "+12055550100";
const OTHER_LINE = "+13125550100";

const rich: LongDocument = {
  version: 1,
  users: [
    { id: 7, name: "Marguerite van der Berg", email: "Marguerite@Bergwerk.example" },
    { id: 3, name: "Cher", email: "cher@bergwerk.example" },
  ],
  lines: [
    { id: 4, phone_number: LINE, forwarding_number: "+12055550199", response_rate: 50, user: "cher@bergwerk.example" },
    { id: 9, phone_number: OTHER_LINE },
  ],
  contacts: [
    {
      first_name: "Ottoline",
      last_name: "Quex",
      phone_number: "+12055550101",
      company: "Quex & Sons",
      owner: "cher@bergwerk.example",
    },
    { first_name: "Ottoline's twin", phone_number: "+12055550101", email: "Twin@Quex.example", title: "Landlord" },
    {
      first_name: "Žofie",
      last_name: "Ωμέγα",
      email: "zofie@quex.example",
      location: "Vršovice, Praha",
      image_url: "https://quex.example/z.png",
    },
    { company: "Nameless Holdings", email: "info@nameless.example" },
    { last_name: "李小龍", phone_number: "+442079460958" },
  ],
  chats: [
    {
      id: 40,
      line: LINE,
      participants: [
        { id: 90, phone_number: LINE },
        { id: 12, phone_number: "+12055550101", service: "SMS" },
      ],
      messages: [
        { from: "+12055550101", text: "Ottoline here, ring 205-555-0101 or see https://quex.example/wedding?id=77" },
        { from: LINE, text: "👩🏽‍🚀 Déjà vu, Žofie! 🇨🇿 ❤️ 1️⃣", edited_at: "2025-03-01T10:00:00.000-06:00", is_read: false },
        { from: LINE, text: "…!?", delivery_status: "service_unavailable" },
        {
          from: "+12055550101",
          text: "",
          attachments: [
            {
              url: "https://quex.example/private/ottoline-passport.pdf",
              filename: "ottoline-passport.pdf",
              mime_type: "application/pdf",
              file_size: 10,
            },
            { url: "https://quex.example/private/x", filename: "ottoline.quex", mime_type: "text/plain" },
          ],
          reactions: [
            { from: LINE, type: "love" },
            { from: "+12055550101", type: "laugh" },
          ],
        },
      ],
    },
    {
      line: LINE,
      participants: ["zofie@quex.example", "+442079460958", "+12055550177"],
      former_participants: ["+12055550178", "gone@quex.example"],
      display_name: "The Quex wedding",
      messages: [
        { from: "+12055550178", text: "שלום עולם, ניפגש מחר" },
        { from: "zofie@quex.example", text: "مرحبا بالعالم", reactions: [{ from: "gone@quex.example", type: "question" }] },
        { from: "+442079460958", text: "你好，世界。カタカナとひらがな 한국어 नमस्ते Привет Ελλάδα" },
      ],
    },
    { line: LINE, participants: ["+12055550177", "zofie@quex.example"], messages: [] },
    { line: OTHER_LINE, participants: ["+12055550101", LINE], messages: [{ from: LINE, text: "From line to line" }] },
    { line: OTHER_LINE, participants: ["info@nameless.example"] },
  ],
  webhook_subscriptions: [
    {
      webhook_url: "http://127.0.0.1:9/hooks/secret-path",
      events: ["message.sent", "contact.created"],
      secret: "s3cret",
      active: false,
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), "linq-mock-pull-"));
const servers: MockServer[] = [];
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

async function start(fixtures?: LongDocument): Promise<MockServer> {
  const server = await startMockServer({ clock: CLOCK, ...(fixtures && { fixtures }) });
  servers.push(server);
  return server;
}

type Json = Record<string, unknown>;

interface Api {
  get(path: string): Promise<Json>;
}

function apiOf({ url }: MockServer): Api {
  return {
    get: async (path) => {
      const response = await fetch(`${url}${path.startsWith("/__mock") ? "" : "/api/partner/v2"}${path}`, {
        headers: { "X-LINQ-INTEGRATION-TOKEN": "any" },
      });
      expect(response.status).toBe(200);
      return (await response.json()) as Json;
    },
  };
}

/** An answer of the source as the pulled one should be: each value replaced by what stands for it. */
function translate(value: unknown, mapping: (original: string) => string, key = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => translate(entry, mapping));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, translate(entry, mapping, name)]));
  }
  if (key === "secret_configured") return "not told by the API";
  if (typeof value !== "string") return value;
  if (key === "text") return value.length;
  if (["webhook_url", "url", "filename", "image_url"].includes(key)) return typeof value;
  return key === "display_name" ? translateDisplayName(value, mapping) : mapping(value);
}

/** A name that was set by hand has a translation as a whole; else each participant has. */
function translateDisplayName(shown: string, mapping: (original: string) => string): string {
  const asShown = (name: string): string => (/^\+\d+$/.test(name) ? displayIdentifier(name as Identifier) : name);
  const whole = mapping(shown);
  return whole === shown
    ? shown
        .split(", ")
        .map((part) => asShown(mapping(part)))
        .join(", ")
    : asShown(whole);
}

/** Every question whose answer tells something of the world, as paths. */
function questions(document: LongDocument, mapping: (original: string) => string): { path: string; translated: string }[] {
  const { lines = [], contacts = [], chats = [] } = document;
  const people = new Set(
    chats.flatMap(({ participants }) => participants.map((one) => (typeof one === "string" ? one : one.phone_number))),
  );
  const numbers = new Set([...lines.map((line) => line.phone_number), ...people]);
  const ask = (path: (of: typeof encoded) => string) => ({
    path: path(encoded),
    translated: path((text) => encoded(mapping(text))),
  });
  return [
    ask(() => "/phone_numbers"),
    ...[1, 2, 3].map((page) => ask(() => `/contacts?per_page=5&page=${page}`)),
    ask(() => "/contacts?per_page=100"),
    ask(() => "/webhook_subscriptions"),
    ...[...numbers].map((number) => ask((of) => `/chats?per_page=100&phone_number=${of(number)}`)),
    ...chats.map(({ line, participants }) =>
      ask((of) => {
        const others = participants.map((one) => (typeof one === "string" ? one : one.phone_number));
        return `/chats/find?phone_number=${of(line)}${others.map((other) => `&phone_numbers%5B%5D=${of(other)}`).join("")}`;
      }),
    ),
    ...chats.flatMap(({ id }) => [
      ask(() => `/chats/${id}`),
      ...["asc", "desc"].flatMap((sort) =>
        [1, 2].map((page) => ask(() => `/chats/${id}/chat_messages?per_page=20&page=${page}&sort=${sort}`)),
      ),
    ]),
    ...contacts.flatMap(({ id, email, phone_number: number }) => [
      ask(() => `/contacts/${id}`),
      ...(email ? [ask((of) => `/contacts/find?email=${of(email)}`)] : []),
      ...(number ? [ask((of) => `/contacts/find?phone_number=${of(number)}`)] : []),
    ]),
  ];
}

function encoded(text: string): string {
  return encodeURIComponent(text);
}

/** Of texts, the length is compared. */
async function compare(
  a: Api,
  b: Api,
  { path, translated }: { path: string; translated: string },
  mapping: (original: string) => string,
) {
  const [original, pulled] = [await a.get(path), await b.get(translated)];
  const identity = (text: string): string => text;
  expect({ path, answer: translate(pulled, identity) }).toEqual({ path, answer: translate(original, mapping) });
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** All that must not be found: numbers, names, addresses and texts. */
function secrets({
  users = [],
  lines = [],
  contacts = [],
  chats = [],
  webhook_subscriptions: hooks = [],
}: LongDocument): string[] {
  const handles = chats.flatMap(({ participants, former_participants: former = [] }) =>
    [...participants, ...former].map((one) => (typeof one === "string" ? one : one.phone_number)),
  );
  const messages = chats.flatMap(({ messages: sent = [] }) => sent);
  const found = [
    ...handles,
    ...users.flatMap(({ name, email }) => [name, ...name.split(" "), email]),
    ...lines.flatMap((line) => [line.phone_number, line.forwarding_number]),
    ...contacts.flatMap((contact) => [
      ...[contact.first_name, contact.last_name, contact.email, contact.phone_number, contact.company, contact.title],
      ...[contact.location, contact.image_url, `${contact.first_name} ${contact.last_name}`],
    ]),
    ...chats.map(({ display_name: name }) => name),
    ...messages.map(({ text }) => text),
    ...messages.flatMap(({ attachments = [] }) => attachments.flatMap(({ filename, url }) => [filename, url])),
    ...hooks.map(({ webhook_url: url }) => url),
  ];
  return [...new Set(found)].filter(
    (secret): secret is string => /[\p{L}\p{N}]/u.test(secret ?? "") && (secret ?? "").length >= 4,
  );
}

function leaks(haystack: readonly string[], needles: readonly string[]): string[] {
  const all = haystack.map((text) => text.toLowerCase()).join("\n");
  return needles.filter((needle) => all.includes(needle.toLowerCase()));
}

const worlds: [string, LongDocument | undefined][] = [
  ["the default fixtures", undefined],
  ["a world with all that is unusual", rich],
];

describe.each(worlds)("%s", (name, fixtures) => {
  let a: MockServer;
  let b: MockServer;
  let result: PullResult;
  let source: LongDocument;
  const out = join(folder, `${name}.json`);

  beforeAll(async () => {
    a = await start(fixtures);
    result = await pullFixture({ target: a.url, token: "the-token", out, rate: 10_000 });
    source = (await apiOf(a).get("/__mock/state")) as unknown as LongDocument;
    b = await start(result.document);
  });

  test("only GET was asked of the source", async () => {
    const { requests } = (await apiOf(a).get("/__mock/requests?limit=1000")) as {
      requests: { method: string; status: number }[];
    };
    expect(new Set(requests.map(({ method, status }) => `${method} ${status}`))).toEqual(new Set(["GET 200"]));
    expect(result.report).toMatchObject({ requests: requests.length, retries: 0, notes: {} });
    expect(result.report.problem).toBeUndefined();
  });

  test("every question has the same answer but for what was replaced", async () => {
    const mapping = mappingOf(source, result.document);
    for (const question of questions(source, mapping)) await compare(apiOf(a), apiOf(b), question, mapping);
  });

  test("nothing personal is in the document, nor in the file of the unfinished pull", () => {
    const partial = readFileSync(`${out}.partial`, "utf8");
    const lines = partial
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(statSync(`${out}.partial`).mode & 0o777).toBe(0o600);
    expect(leaks(strings(result.document), secrets(source))).toEqual([]);
    expect(leaks(strings(lines), secrets(source))).toEqual([]);
    expect(partial).not.toContain("the-token");
  });

  test("texts keep their length", () => {
    const texts = ({ chats = [] }: LongDocument) =>
      new Map(chats.flatMap(({ messages = [] }) => messages.map(({ id, text = "" }) => [id, text] as const)));
    const pulled = texts(result.document);
    for (const [id, text] of texts(source)) {
      expect([pulled.get(id)?.length, [...(pulled.get(id) ?? "")].length]).toEqual([text.length, [...text].length]);
    }
  });

  test("what is pulled again is the same", async () => {
    const again = await pullFixture({ target: a.url, token: "the-token", out: `${out}.again`, rate: 10_000 });
    expect(again.document).toEqual(result.document);
    const resumed = await pullFixture({ target: a.url, token: "the-token", out, rate: 10_000 });
    expect(resumed.document).toEqual(result.document);
    expect(resumed.report.requests).toBeLessThan(again.report.requests);
  });

  test("without anonymising, all is as it was", async () => {
    const options = { target: a.url, token: "the-token", out: `${out}.clear`, rate: 10_000, anonymize: false };
    const clear = await pullFixture(options);
    const same = await start(clear.document);
    const mapping = (original: string): string => original;
    for (const question of questions(source, mapping)) await compare(apiOf(a), apiOf(same), question, mapping);
  });
});
