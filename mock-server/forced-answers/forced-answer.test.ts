import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { checkResponse } from "../../contracts/check";
import { contractV3 } from "../../contracts/contract-version";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { operations as operationsOfV3 } from "../../contracts/generated/v3/operations";
import { type Json, textOfV2, textOfV3 } from "../../contracts/testing/contract-examples";
import { formatTimestamp } from "../../contracts/timestamps";
import type { ForcedAnswer } from "../server/api-version";
import { createHttpApp } from "../server/app";
import { createLocalMock } from "../server/create-app";
import type { MockOptions } from "../server/options";
import type { Preference } from "../server/prefer-header";
import { startMockServer } from "../server/start-mock-server";
import { fullWorld, goodRequests } from "../testing/good-requests";
import { supertest } from "../testing/supertest";
import { v3 } from "../v3";
import { traceOf } from "../v3/trace";
import { API_VERSIONS } from "../versions";
import documentedAnswers from "./generated/v2";

// Asserted here, too: A-list-required, A-number-invalid, A-page-invalid, A-repeated-parameter, A-error-wording, A-typing-group,
// A-create-existing, A-idempotency-create, A-create-undeliverable, A-create-status, A-content-type, A-body-limit,
// A-create-numbers, A-create-self, A-text-blank, A-attachment-count, A-find-first, A-find-missing, A-mixed-parameter,
// A-share-disabled, A-404-others, A-edit-own, A-reaction-repeat, A-remove-reaction, A-update-invalid, A-line-unknown,
// A-id-shape, A-availability-scope, A-body-wrapped, A-method-unknown, A-group-left.

interface Documented {
  readonly id: OperationId;
  readonly code: number;
  /** By their names; undefined where there is no body. */
  readonly examples: Readonly<Record<string, Json>> | undefined;
}

const API = "/api/partner/v2";
const TOKEN = { "X-LINQ-INTEGRATION-TOKEN": "test" };
const SEEDS = ["1", "n-4"];

/* The contract, read as text: what is forced is compared with what is written there. */
const contract = textOfV2.document;
const documented: Documented[] = (Object.keys(operations) as OperationId[]).flatMap((id) => {
  const { path, method } = operations[id];
  const { responses } = contract.paths[path][method.toLowerCase()];
  return operations[id].statuses.map((code) => {
    const examples: Json = resolved(responses[code]).content?.["application/json"].examples;
    const named = examples && Object.entries(examples).map(([name, example]) => [name, resolved(example).value]);
    return { id, code, examples: named && Object.fromEntries(named) };
  });
});
const withBody = documented.filter(({ examples }) => examples !== undefined);

const app = appOf();

function appOf(options: MockOptions = {}) {
  const all = { fixtures: fullWorld, clock: "2025-12-05T14:40:00-06:00", ...options };
  return createLocalMock(all).app;
}

function resolved(node: Json): Json {
  const steps: string[] = node.$ref?.split("/").slice(1) ?? [];
  return steps.length === 0 ? node : steps.reduce((parent: Json, key) => parent[key], contract);
}

/** The good request of an operation, without a body. */
function ask(id: OperationId, headers: Readonly<Record<string, string>>, to = app) {
  const method = operations[id].method.toLowerCase() as "get";
  return supertest(to)
    [method](`${API}${goodRequests[id].path}`)
    .set({ ...TOKEN, ...headers });
}

function bodyOf({ text }: { readonly text: string }): Json {
  return text ? JSON.parse(text) : undefined;
}

async function stateOf(to = app): Promise<Json> {
  return (await supertest(to).get("/__mock/state")).body;
}

test.each(documented)("$id can be forced to answer $code, whatever is sent", async ({ id, code, examples }) => {
  const request = ask(id, { Prefer: `code=${code}` });
  const response = await (operations[id].body ? request.set("Content-Type", "application/json").send("{broken") : request);
  const [first] = Object.values(examples ?? {});
  expect(response.status).toBe(code);
  expect(bodyOf(response)).toEqual(first);
  expect(checkResponse(id, code, bodyOf(response))).toEqual([]);
  expect(response.headers["preference-applied"]).toBe(`code=${code}`);
  expect(response.headers["vary"]).toBe("Prefer");
  expect(response.headers["content-type"]).toBe(first && "application/json; charset=utf-8");
  expect(response.headers["retry-after"]).toBe(code === 429 ? "10" : undefined);
});

test.each(withBody)("$id $code gives each of its examples by name", async ({ id, code, examples }) => {
  for (const [name, value] of Object.entries(examples ?? {})) {
    const response = await ask(id, { Prefer: `code=${code}, example=${name}` });
    expect({ status: response.status, body: bodyOf(response) }).toEqual({ status: code, body: value });
    expect(checkResponse(id, code, bodyOf(response))).toEqual([]);
    expect(response.headers["preference-applied"]).toBe(`code=${code}, example=${name}`);
  }
});

test.each(withBody)("$id $code has bodies that are made up from a seed", async ({ id, code, examples }) => {
  const texts: string[] = [];
  for (const seed of SEEDS) {
    const response = await ask(id, { Prefer: `code=${code}, dynamic=true; seed=${seed}` });
    expect(response.status).toBe(code);
    expect(checkResponse(id, code, bodyOf(response))).toEqual([]);
    expect(response.headers["preference-applied"]).toBe(`code=${code}, dynamic=true, seed=${seed}`);
    texts.push(response.text);
  }
  expect(new Set(texts).size).toBeGreaterThan(1);
  const isExample = Object.values(examples ?? {}).map((value) => JSON.stringify(value));
  expect(texts.every((text) => isExample.includes(text))).toBe(false);
  expect((await ask(id, { Prefer: `code=${code}, dynamic` })).text).toBe(texts[0]); // without a seed, it is 1
});

test("a forced answer names what is assumed of it", async () => {
  const { headers } = await ask("getChat", { Prefer: "code=401" });
  expect(headers["x-linq-mock-assumption"]).toBe("A-auth-everywhere, A-auth-envelope");
});

test("what is made up is the same on every machine, and looks like what it is", async () => {
  const { body } = await ask("getMessage", { Prefer: "dynamic=true; seed=7" });
  expect(body.data).toEqual({
    id: 27925299,
    text: "anim officia in in sit",
    sent_at: "2025-10-28T13:35:52.828-05:00",
    delivered_at: "2022-02-23T22:27:54.492-06:00",
    delivery_status: "delivered",
    edited_at: null,
    is_read: true,
    sent_from: "+17175550163",
    chat_handle_id: 87517194,
    attachments: expect.arrayContaining([
      {
        id: "8e161ce2-6504-4afd-a4c2-14b8f6bb9422",
        url: "https://keallo.example.com/8lfz84g0zlxm",
        filename: "fppibkby.jpg",
        mime_type: "image/jpeg",
        file_size: 515362,
      },
    ]),
    reactions: expect.arrayContaining([
      {
        id: 8943086,
        chat_message_id: 11749852,
        reaction: "like",
        is_from_me: false,
        from_phone: "+15525550195",
        sent_at: "2027-02-02T16:56:01.451-06:00",
        created_at: "2021-10-21T23:47:25.380-05:00",
        updated_at: "2023-02-08T15:30:49.840-06:00",
      },
    ]),
  });
});

test("times that are made up have the offset of US Central time", async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const { text } = await ask("listMessages", { Prefer: `dynamic; seed=${seed}` });
    for (const [time] of text.matchAll(/\d{4}-\d{2}-\d{2}T[\d:.]+-\d{2}:\d{2}/g)) {
      expect(formatTimestamp(Date.parse(time))).toBe(time);
    }
  }
});

test("what is made up has every branch of a union and, now and then, null", async () => {
  const found = new Set<string>();
  const owners = new Set<string>();
  for (let seed = 0; seed < 30; seed += 1) {
    found.add(typeof (await ask("findChat", { Prefer: `dynamic; seed=${seed}` })).body.data.messages);
    const { data } = (await ask("getContact", { Prefer: `dynamic; seed=${seed}` })).body;
    owners.add(`${data.contact_owner === null} ${data.email === null}`);
  }
  expect([...found].sort()).toEqual(["object", "undefined"]);
  expect([...owners].sort()).toEqual(["false false", "false true", "true false", "true true"]);
});

test("a chat that is made up is a group where it has more than two handles", async () => {
  const seen = new Set<boolean>();
  for (let seed = 0; seed < 20; seed += 1) {
    const chats: Json[] = (await ask("listChats", { Prefer: `dynamic; seed=${seed}` })).body.data;
    const of3 = ((await v3.forcedAnswer("getChat", prefer({ dynamic: "true", seed: String(seed) }), "r-1")) as ForcedAnswer)
      .body as Json;
    for (const { group, chat_handles } of chats) expect(group).toBe(chat_handles.length > 2);
    expect(of3.is_group).toBe(of3.handles.length > 2);
    for (const { group } of chats) seen.add(group);
  }
  expect(seen.size).toBe(2);
});

test("the user of a line, whom the vendor sends no more, is not made up", async () => {
  for (let seed = 0; seed < 10; seed += 1) {
    expect((await ask("listPhoneNumbers", { Prefer: `dynamic; seed=${seed}` })).text).not.toContain('"user"');
    expect((await ask("updatePhoneNumber", { Prefer: `dynamic; seed=${seed}` })).text).not.toContain('"user"');
  }
});

test("the world is not touched, and nothing is delivered", async () => {
  const fresh = appOf();
  const before = await stateOf(fresh);
  for (const { id, code } of documented) {
    await ask(id, { Prefer: `code=${code}` }, fresh).send(goodRequests[id].body);
    await ask(id, { Prefer: `code=${code}, dynamic` }, fresh).send(goodRequests[id].body);
  }
  expect(await stateOf(fresh)).toEqual(before);
  expect((await supertest(fresh).get("/__mock/deliveries")).body.deliveries).toEqual([]);
  expect((await ask("checkIMessageAvailability", {}, fresh).send({ phone_number: "2055550101" })).status).toBe(200); // no limit is used up
});

test("what was sent is in the journal, with the note that the answer was forced", async () => {
  const { body: sent } = goodRequests.createContact;
  await ask("createContact", { Prefer: "code=422", "X-Request-Id": "forced" }).send(sent);
  const { requests } = (await supertest(app).get("/__mock/requests?limit=1")).body;
  expect(requests).toMatchObject([
    {
      id: "forced",
      operation: "createContact",
      status: 422,
      request: { headers: { prefer: "code=422" }, body: sent },
      hint: "This answer was forced by the header Prefer; the operation did nothing.",
      assumptions: expect.arrayContaining(["A-contact-status"]),
      contract: { valid: true, violations: [] },
    },
  ]);
});

test("a form may be sent, with its files", async () => {
  const response = await ask("sendMessage", { Prefer: "code=413" })
    .field("message[text]", "Here")
    .attach("message[attachments][]", Buffer.from("hello"), "a.txt");
  expect(response.status).toBe(413);
  const [{ request }] = (await supertest(app).get("/__mock/requests?limit=1")).body.requests;
  expect(request.files).toEqual([{ filename: "a.txt", mime_type: "text/plain", bytes: 5 }]);
});

test.each([
  ["a form that is broken", { "Content-Type": "multipart/form-data" }, "no form"],
  ["a body that is too large", { "Content-Type": "application/json" }, `"${"x".repeat(2 * 1024 * 1024)}"`],
  ["a body of an unknown kind", { "Content-Type": "text/plain" }, "Hello"],
])("%s is no hindrance, and the connection stays good", async (_, headers, body) => {
  const server = await startMockServer({ fixtures: fullWorld });
  for (const code of [201, 422]) {
    const response = await fetch(`${server.url}${API}/chats/1/chat_messages`, {
      method: "POST",
      headers: { ...TOKEN, ...headers, Prefer: `code=${code}` },
      body,
    });
    expect(response.status).toBe(code);
    await response.text();
  }
  await server.stop();
});

test("several Prefer headers are one", async () => {
  const server = await startMockServer({ fixtures: fullWorld });
  const { hostname, port } = new URL(server.url);
  const path = `${API}${goodRequests.findChat.path}`;
  const headers = { ...TOKEN, Prefer: ["return=minimal", 'example="not-found"', "code=200"], Connection: "close" };
  const text = await new Promise<string>((done, fail) => {
    httpRequest({ hostname, port, path, headers }, async (response) => {
      response.setEncoding("utf8");
      done((await response.toArray()).join(""));
    })
      .on("error", fail)
      .end();
  });
  expect(JSON.parse(text)).toEqual({ data: { chat: null, messages: [] } });
  await server.stop();
});

test("HEAD has the headers alone", async () => {
  const response = await supertest(app)
    .head(`${API}${goodRequests.listContacts.path}`)
    .set({ ...TOKEN, Prefer: "code=500" });
  expect(response.status).toBe(500);
  expect(response.headers["preference-applied"]).toBe("code=500");
  expect(Number(response.headers["content-length"])).toBeGreaterThan(0);
  expect(response.text).toBeUndefined();
});

describe("without a preference, the operation answers", () => {
  test.each(["", "return=minimal", "handling=strict, wait=10", "dynamic=false", "seed=7", "x=code"])("%s", async (header) => {
    const response = await ask("getChat", { Prefer: header });
    expect(response.status).toBe(200);
    expect(response.body.data.id).toBe(1);
    expect(response.headers).not.toHaveProperty("preference-applied");
    expect(response.headers).not.toHaveProperty("vary");
  });

  test.each([
    ["GET", "/api/partner/v2/nothing", 404],
    ["DELETE", "/api/partner/v2/chats", 404],
    ["GET", "/api/partner/v4/chats", 404],
    ["GET", "/__mock/health", 200],
    ["GET", "/attachments/none", 404],
  ])("%s %s has none that could be preferred", async (method, path, status) => {
    const response = await supertest(app)
      [method.toLowerCase() as "get"](path)
      .set({ ...TOKEN, Prefer: "code=422" });
    expect(response.status).toBe(status);
    expect(response.headers).not.toHaveProperty("preference-applied");
  });
});

describe("a token is needed first", () => {
  const strict = appOf({ tokens: ["good"] });

  test.each([
    ["no token", "", "code=404"],
    ["no token", "", "code=418"],
    ["an unknown token", "bad", "dynamic=true"],
  ])("%s", async (_, token, prefer) => {
    const response = await ask("getChat", { "X-LINQ-INTEGRATION-TOKEN": token, Prefer: prefer }, strict);
    expect(response.status).toBe(401);
    expect(response.headers).not.toHaveProperty("preference-applied");
    expect(response.headers["vary"]).toBe("Prefer");
  });

  test.each(["", "bad", "good", "sandbox-box"])("but for a 401 that is preferred: %j", async (token) => {
    const prefer = "code=401, dynamic=true; seed=3";
    const response = await ask("getChat", { "X-LINQ-INTEGRATION-TOKEN": token, Prefer: prefer }, strict);
    expect(response.status).toBe(401);
    expect(response.headers["preference-applied"]).toBe("code=401, dynamic=true, seed=3");
    expect(checkResponse("getChat", 401, response.body)).toEqual([]);
  });

  test("the journal is that of the sandbox that was meant", async () => {
    for (const code of [401, 404]) {
      const token = { "X-LINQ-INTEGRATION-TOKEN": "sandbox-journal" };
      await ask("getChat", { ...token, Prefer: `code=${code}` }, strict);
    }
    const { requests } = (await supertest(strict).get("/s/journal/__mock/requests")).body;
    expect(requests.map(({ status }: Json) => status)).toEqual([404, 401]);
  });
});

test.each<[OperationId, object]>([
  ["getChat", { errors: [{ status: 400, code: "invalid_params", title: "Invalid Params", detail: refusal("Get Chat") }] }],
  [
    "getContact",
    { status: "error", error_code: "INVALID_PARAMS", message: "Invalid params", errors: [refusal("Get Contact")] },
  ],
])("what cannot be had is refused in the envelope of %s, with what can", async (id, body) => {
  const response = await ask(id, { Prefer: "code=418" });
  expect({ status: response.status, body: response.body }).toEqual({ status: 400, body });
  expect(response.headers["x-linq-mock-hint"]).toMatch(
    /^code is one of 200, 401, 404\. For another, arm a fault: POST \{"fault": "status", "status": 418, "operation": "get\w+", "first": 1\}/,
  );
  expect(response.headers).not.toHaveProperty("preference-applied");
  expect(response.headers["vary"]).toBe("Prefer");
});

function refusal(title: string): string {
  return `Prefer: code=418 is none of the answers to ${title}`;
}

test("a page may send the header, and read what was applied", async () => {
  const origin = { Origin: "http://localhost:3000" };
  const preflight = await supertest(app)
    .options(`${API}/chats/1`)
    .set({ ...origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "prefer" });
  expect(preflight.headers["access-control-allow-headers"]).toBe("prefer");
  const { status, headers } = await ask("getChat", { ...origin, Prefer: "code=404" });
  expect(status).toBe(404);
  expect(headers["access-control-expose-headers"]).toContain("Preference-Applied");
  expect(headers["vary"]).toBe("Origin, Prefer");
});

describe("what prism makes wrong never leaves", () => {
  const errors: string[] = [];
  const { sandboxes, log } = createLocalMock({});
  const logged = createHttpApp(
    API_VERSIONS,
    sandboxes,
    { ...log, error: (text, error) => errors.push(`${text}: ${error}`) },
    { tokens: [], origins: [], hosts: [], controlToken: undefined, reachable: false },
  );
  const content: Json = documentedAnswers.getContact.responses[0]?.contents[0];
  const intact = { ...content };

  afterEach(() => {
    Object.assign(content, intact);
    errors.length = 0;
  });

  test.each([
    ["a schema of which it can make nothing", { schema: { type: "array", minItems: 1 } }, "missing items"],
    [
      "a body that breaks the contract",
      { schema: { type: "object", properties: {} } },
      "prism made no 200 of getContact: the body must be an object with data",
    ],
    ["a field too many", { schema: { const: { data: {}, more: 1 } } }, "prism made no 200 of getContact: "],
  ])("%s", async (_, spoilt, reason) => {
    Object.assign(content, spoilt);
    const response = await ask("getContact", { Prefer: "dynamic=true" }, logged);
    expect({ status: response.status, body: response.body }).toEqual({
      status: 500,
      body: {
        status: "error",
        error_code: "INTERNAL_ERROR",
        message: "Internal error",
        errors: ["linq-mock failed to answer; its log says why"],
      },
    });
    expect(response.headers).not.toHaveProperty("preference-applied");
    expect(errors).toEqual([expect.stringContaining(reason)]);
    expect(errors[0]).toContain("linq-mock failed to answer");
  });
});

const contractOfV3 = textOfV3.document;
const prefer = (preference: Partial<Preference>): Preference => ({
  code: undefined,
  example: undefined,
  dynamic: undefined,
  seed: undefined,
  ...preference,
});

test.each(Object.entries(operationsOfV3))(
  "%s of V3 answers each of its statuses, by example and made up",
  async (id, operation) => {
    const { responses } = contractOfV3.paths[operation.path][operation.method.toLowerCase()];
    for (const code of operation.statuses.map(String)) {
      const { $ref } = responses[code];
      const response = $ref === undefined ? responses[code] : contractOfV3.components.responses[$ref.split("/").at(-1)];
      const examples: Json[] = Object.values(response.content?.["application/json"].examples ?? {});
      const forced = (await v3.forcedAnswer(id, prefer({ code }), "r-1")) as ForcedAnswer;
      const traced = examples[0]?.value.trace_id === undefined ? {} : { trace_id: traceOf("r-1") };
      expect(forced).toMatchObject({ status: Number(code), applied: `code=${code}` });
      const [first] = (operation.errorCodes as Readonly<Record<string, readonly number[]>>)[code] ?? [];
      if (first === undefined) expect(forced.body).toEqual(examples[0] && { ...examples[0].value, ...traced });
      else expect(forced.body).toEqual({ ...refusalBy(id, code, first), ...traced });
      if (examples.length === 0) continue;
      const [one, two] = [await madeUp(id, code, "1"), await madeUp(id, code, "2")];
      if (first !== undefined) expect(one).toMatchObject({ error: { status: Number(code), code: first } });
      for (const body of [one, two]) expect(checkResponse(id as never, Number(code), body, contractV3)).toEqual([]);
    }
  },
);

/** What a fault answers with this status. */
function refusalBy(id: string, status: string, code: number): Json {
  const failure = v3.faultFailure(id, { status: Number(status), retryAfterS: 45, by: "vendor" }, {});
  expect(failure.reason).toBe(String(code));
  return v3.envelope(failure, id, "r-1");
}

async function madeUp(id: string, code: string, seed: string): Promise<unknown> {
  return ((await v3.forcedAnswer(id, prefer({ code, dynamic: "true", seed }), "r-1")) as ForcedAnswer).body;
}

test("an answer of V3 is forced by the header, and its trace is that of the call; what it has not is refused in its envelope", async () => {
  const force = (code: string) =>
    supertest(app)
      .post("/api/partner/v3/chats")
      .set({ Authorization: "Bearer test", Prefer: `code=${code}` });
  const refused = await force("403");
  expect([refused.status, refused.headers["preference-applied"]]).toEqual([403, "code=403"]);
  expect(refused.body.trace_id).toBe(refused.headers["x-trace-id"]);
  const none = await force("418");
  expect(none.body).toMatchObject({
    success: false,
    error: { status: 400, code: 1003, message: expect.stringContaining("code=418") },
  });
});

const guide = readFileSync("docs/forced-answers.md", "utf8");
const [, exampleUrl = ""] = /curl -i http:\/\/localhost:4010(\S+)/.exec(guide) ?? [];

test.each([...guide.matchAll(/`Prefer: ([^`]+)`|-H 'Prefer: ([^']+)'/g)].map(([, listed, first]) => listed ?? first ?? ""))(
  "the guide's %s is answered at the guide's URL",
  async (preferred) => {
    const { status, headers } = await supertest(app)
      .get(exampleUrl)
      .set({ ...TOKEN, Prefer: preferred });
    const wanted = /code=(\d+)/.exec(preferred)?.[1] ?? "200";
    expect([String(status), headers["preference-applied"]]).toEqual([wanted, preferred.replace("; seed", ", seed")]);
  },
);
