import { gzipSync } from "node:zlib";
import { apiClient } from "../testing/api-client";
import { LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-delivery.

const NOW = "2025-07-01T12:00:00.000-05:00";
const REQUESTS = "//__mock/requests";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: NOW });
}

type Api = ReturnType<typeof freshApi>;

/** Five requests, a second apart: a chat, one that is not there, a message, a refused one, and what is none of the API. */
async function askedApi(): Promise<Api> {
  const api = freshApi();
  const requests = [
    () => api.get("/chats/1?x=1"),
    () => api.get("/chats/99"),
    () => api.post("/chats/1/chat_messages", { message: { text: "Hi" } }),
    () => api.post("/chats/1/chat_messages", { text: "Hi" }),
    () => api.get("/nothing"),
  ];
  for (const request of requests) {
    await request();
    await api.put("//__mock/clock", { advance_ms: 1000 });
  }
  return api;
}

/** The requests of the journal in short, as a query finds them. */
async function found(api: Api, query = ""): Promise<string[]> {
  const { requests } = (await api.get(`${REQUESTS}${query}`)).body;
  return requests.map(
    ({ method, path, status }: { method: string; path: string; status: number }) => `${method} ${path} ${status}`,
  );
}

const GET_CHAT = "GET /api/partner/v2/chats/1 200";
const GET_NO_CHAT = "GET /api/partner/v2/chats/99 404";
const SENT = "POST /api/partner/v2/chats/1/chat_messages 201";
const REFUSED = "POST /api/partner/v2/chats/1/chat_messages 400";
const NOTHING = "GET /api/partner/v2/nothing 404";

test("a request is kept with its answer, and what there was to say about both (A-create-service, A-availability)", async () => {
  const api = freshApi();
  const body = { send_from: LINE, chat: { phone_numbers: ["+12055550177"] }, message: { text: "Hi" } };
  const answer = await api.post("/chats?x=1", body, { "X-Request-Id": "mine", "X-Other": "kept" });
  const { requests, evicted } = (await api.get(REQUESTS)).body;
  expect(evicted).toBe(0);
  expect(requests).toEqual([
    {
      id: "mine",
      at: NOW,
      ms: expect.any(Number),
      operation: "createChat",
      method: "POST",
      path: "/api/partner/v2/chats",
      query: "x=1",
      status: 200,
      request: { headers: expect.objectContaining({ "x-other": "kept" }), body },
      response: { body: answer.body },
      hint: "x is not read.",
      assumptions: answer.assumptions,
      fault: null,
      lost: false,
      contract: { valid: true, violations: [] },
      chat_id: 6,
      message_id: 2,
      event_ids: [1, 3],
    },
  ]);
});

test("a request that changed nothing is about the chat that it names, too", async () => {
  const api = await askedApi();
  const { requests } = (await api.get(REQUESTS)).body;
  const about = requests.map((one: Record<string, unknown>) => [one["operation"], one["chat_id"], one["message_id"]]);
  expect(about).toEqual([
    [null, null, null],
    ["sendMessage", 1, null],
    ["sendMessage", 1, 2],
    ["getChat", null, null],
    ["getChat", 1, null],
  ]);
});

test("a hint is kept with the answer that it was given beside", async () => {
  const api = freshApi();
  const { hint } = await api.get("/chats/find?phone_number=2052761148&phone_numbers[]=2055550177");
  expect(hint).toContain("Not found is 200");
  expect((await api.get(REQUESTS)).body.requests[0].hint).toBe(hint);
});

test("the newest come first; what is asked of the mock itself is not kept", async () => {
  expect(await found(await askedApi())).toEqual([NOTHING, REFUSED, SENT, GET_NO_CHAT, GET_CHAT]);
});

test.each([
  ["?operation=sendMessage", [REFUSED, SENT]],
  ["?operation=getChat&status=200", [GET_CHAT]],
  ["?method=post", [REFUSED, SENT]],
  ["?path=/api/partner/v2/chats/1", [GET_CHAT]],
  ["?path=/chats/1", [GET_CHAT]],
  ["?path=/chats", []],
  ["?status=404", [NOTHING, GET_NO_CHAT]],
  ["?status=4xx", [NOTHING, REFUSED, GET_NO_CHAT]],
  ["?status=5xx", []],
  ["?since=2025-07-01T12:00:03-05:00", [NOTHING, REFUSED]],
  ["?since=2025-07-01T17:00:03.001Z", [NOTHING]],
  ["?limit=2", [NOTHING, REFUSED]],
  ["?status=4xx&limit=2", [NOTHING, REFUSED]],
])("%s finds what it asks for", async (query, expected) => {
  expect(await found(await askedApi(), query)).toEqual(expected);
});

test.each([
  [
    "?operation=sendmesage",
    {
      code: "invalid",
      message: "The API has no operation sendmesage",
      pointer: "/operation",
      hint: "Did you mean sendMessage?",
    },
  ],
  ["/wait?operation=", { code: "invalid", pointer: "/operation", hint: expect.stringContaining("There are listChats, ") }],
  ["?stauts=404", { code: "invalid", message: "There is no parameter stauts", hint: "Did you mean status?" }],
  [
    "?body=x",
    {
      code: "invalid",
      message: "There is no parameter body",
      hint: "There are operation, version, method, path, status, since, limit.",
    },
  ],
  ["?status=404&status=400", { code: "invalid", message: "status must be given once" }],
  [
    "?status=40",
    { code: "invalid", message: "status must be a status, such as 404, or a class of them, such as 4xx", pointer: "/status" },
  ],
  ["?since=yesterday", { code: "invalid", message: "since must be a date-time", pointer: "/since" }],
  ["?limit=0", { code: "invalid", message: "limit must be at least 1", pointer: "/limit" }],
  ["?limit=many", { code: "invalid", message: "limit must be an integer", pointer: "/limit" }],
])("%s is refused: it would find another than is meant", async (query, error) => {
  expect(await freshApi().get(`${REQUESTS}${query}`)).toMatchObject({ status: 400, body: { error } });
});

test("tokens and secrets are hidden", async () => {
  const api = freshApi();
  const webhook_subscription = { webhook_url: "http://127.0.0.1:1/", version: 2, events: [], secret: "s3cret" };
  const headers = { Authorization: "Bearer s3cret", Cookie: "session=s3cret", "X-LINQ-INTEGRATION-TOKEN": "s3cret" };
  await api.post("/webhook_subscriptions", { webhook_subscription }, headers);
  await api.put("/webhook_subscriptions/1", { webhook_subscription });
  const { body } = await api.get(REQUESTS);
  expect(body.requests[1].request.headers).toMatchObject({
    authorization: "(hidden)",
    cookie: "(hidden)",
    "x-linq-integration-token": "(hidden)",
  });
  expect(body.requests[1].request.body).toEqual({ webhook_subscription: { ...webhook_subscription, secret: "(hidden)" } });
  expect(JSON.stringify(body)).not.toContain("s3cret");
});

test("of a form, its fields and what its files are is kept (A-attachment-limit)", async () => {
  const api = freshApi();
  const part = (disposition: string, content: string): string =>
    `--X\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
  const body = `${part('name="message[text]"', "Look")}${part('name="message[attachments][]"; filename="a.txt"', "Hello")}--X--\r\n`;
  const headers = { "Content-Type": "multipart/form-data; boundary=X" };
  expect((await api.send("POST", "/chats/1/chat_messages", { body, headers })).status).toBe(201);
  const { requests } = (await api.get(REQUESTS)).body;
  expect(requests[0].request).toMatchObject({
    body: { message: { text: "Look" } },
    files: [{ filename: "a.txt", mime_type: "text/plain", bytes: 5 }],
  });
});

test("what is no form has no files (A-v3-code-choice); operations of one name are told apart by their version", async () => {
  const api = freshApi();
  await api.post("/chats/1/chat_messages", { message: { text: "Hi" } });
  await api.post("//api/partner/v3/chats/550e8400-e29b-41d4-a716-446655440000/messages", { message: { parts: [] } });
  const of = async (version: string) => (await api.get(`${REQUESTS}?operation=sendMessage&version=${version}`)).body.requests;
  expect(await of("v2")).toMatchObject([{ path: "/api/partner/v2/chats/1/chat_messages" }]);
  expect((await of("v2"))[0].request).not.toHaveProperty("files");
  expect(await of("v3")).toMatchObject([{ path: expect.stringMatching(/^\/api\/partner\/v3/) }]);
  expect((await api.get(`${REQUESTS}?version=v4`)).status).toBe(400);
});

test("a body that cannot be read is not kept, but the request is", async () => {
  const api = freshApi();
  await api.send("POST", "/chats", { body: "{", headers: { "Content-Type": "application/json" } });
  const { requests } = (await api.get(REQUESTS)).body;
  expect(requests).toMatchObject([{ operation: "createChat", status: 400, request: { body: null } }]);
});

test("requests without a token are kept, too", async () => {
  const api = freshApi();
  await api.get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "" });
  expect(await found(api)).toEqual(["GET /api/partner/v2/chats/1 401"]);
});

test("what is none of the API's is not in the journal", async () => {
  const api = freshApi();
  const others = [
    "//",
    "//favicon.ico",
    "//chats/1",
    "//attachments/1",
    "//__mock/health",
    "//api/partner/v4/chats",
    "//api/partner/v22",
  ];
  for (const path of others) await api.get(path);
  expect(await found(api)).toEqual([]);
  expect((await api.get(`${REQUESTS}/wait?timeout_ms=0`)).body.error.message).toBe(
    "Waited 0 ms for 1 request; there were 0. No request to the API has come. GET /api/partner/v22 has; paths of the API start with /api/partner/v2 or /api/partner/v3.",
  );
  await api.get("/Chats/1");
  await api.get("//api/partner/v2/%zz");
  expect(await found(api)).toEqual(["GET /api/partner/v2/%zz 404", "GET /api/partner/v2/Chats/1 404"]);
});

test.each([
  ["POST", "/nothing", "application/json", '{"a": 1}', { a: 1 }],
  ["DELETE", "/chats", "text/plain; charset=utf-8", "as it came", "as it came"],
  ["POST", "/nothing", "application/json", "{", null],
])("the body of a call that the API has not is kept: %s %s as %s", async (method, path, type, body, kept) => {
  const api = freshApi();
  await api.send(method, path, { body, headers: { "Content-Type": type } });
  const { requests } = (await api.get(REQUESTS)).body;
  expect(requests.map(({ status, request }: { status: number; request: { body: unknown } }) => [status, request.body])).toEqual(
    [[404, kept]],
  );
});

test("a sandbox has a journal of its own, whose paths are without it", async () => {
  const api = freshApi();
  await api.get("//s/one/api/partner/v2/chats/1");
  await api.get("/chats/1", { "X-LINQ-INTEGRATION-TOKEN": "sandbox-one" });
  const { requests } = (await api.get("//s/one/__mock/requests")).body;
  expect(requests).toMatchObject([{ path: "/api/partner/v2/chats/1" }, { path: "/api/partner/v2/chats/1" }]);
  expect(await found(api)).toEqual([]);
});

test("the journal keeps 8 MB of bodies, and counts what it no longer keeps", async () => {
  const api = freshApi();
  const text = "x".repeat(1_000_000);
  for (let i = 0; i < 10; i += 1) await api.post("/chats/99/chat_messages", { message: { text } });
  const { requests, evicted } = (await api.get(REQUESTS)).body;
  expect([requests.length, evicted]).toEqual([8, 2]);
  await api.delete(REQUESTS);
  expect((await api.get(REQUESTS)).body).toEqual({ requests: [], evicted: 0 });
});

test("a compressed body counts as what it holds", async () => {
  const api = freshApi();
  const body = gzipSync(JSON.stringify({ message: { text: "x".repeat(1_000_000) } }));
  const headers = { "Content-Type": "application/json", "Content-Encoding": "gzip" };
  for (let i = 0; i < 10; i += 1) await api.send("POST", "/chats/99/chat_messages", { body, headers });
  const { requests, evicted } = (await api.get(REQUESTS)).body;
  expect([requests.length, evicted]).toEqual([8, 2]);
});

describe("waiting", () => {
  const WAIT = `${REQUESTS}/wait`;

  test("what came before counts", async () => {
    const { status, body } = await (await askedApi()).get(`${WAIT}?operation=sendMessage&count=2&timeout_ms=0`);
    expect([status, body.requests.map((request: { status: number }) => request.status)]).toEqual([200, [400, 201]]);
  });

  test("goes on until enough has come, and finds all that match", async () => {
    const api = freshApi();
    let isAnswered = false;
    const waiting = api.get(`${WAIT}?operation=getChat&count=2&timeout_ms=60000`).finally(() => {
      isAnswered = true;
    });
    const asking = async (): Promise<void> => {
      await api.get("/chats/1");
      await api.get("/phone_numbers");
      expect(isAnswered).toBe(false);
      await api.get("/chats/2");
    };
    const [{ status, body }] = await Promise.all([waiting, asking()]);
    expect(status).toBe(200);
    expect(body.requests).toMatchObject([{ path: "/api/partner/v2/chats/2" }, { path: "/api/partner/v2/chats/1" }]);
  });

  test("goes on over a reset", async () => {
    const api = freshApi();
    const asking = async (): Promise<void> => {
      await api.post("//__mock/reset");
      await api.get("/chats/1");
    };
    const [{ status }] = await Promise.all([api.get(`${WAIT}?operation=getChat&timeout_ms=60000`), asking()]);
    expect(status).toBe(200);
  });

  test("in vain says what came nearest: the newest of those that fit best", async () => {
    const { status, body } = await (await askedApi()).get(`${WAIT}?operation=sendMessage&status=2xx&count=2&timeout_ms=1`);
    expect(status).toBe(408);
    expect(body.error).toEqual({
      code: "timeout",
      message: [
        "Waited 1 ms for 2 requests with operation=sendMessage, status=2xx; there were 1. The nearest: ",
        "POST /api/partner/v2/chats/1/chat_messages 400 (Missing required parameter: message; hint: text is read inside of message only): status is 400, not 2xx | ",
        "GET /api/partner/v2/chats/1?x=1 200: operation is getChat, not sendMessage | ",
        "GET /api/partner/v2/nothing 404 (Route not found; hint: There is no GET /api/partner/v2/nothing. The nearest known: GET /chats (List Chats); GET /contacts (List Contacts); GET /chats/find (Find Chat)): operation is none, not sendMessage, status is 404, not 2xx.",
      ].join(""),
    });
  });

  test("in vain for more of the same says how many there were", async () => {
    const api = freshApi();
    await api.get("/chats/1");
    const { body } = await api.get(`${WAIT}?operation=getChat&count=2&timeout_ms=0`);
    expect(body.error.message).toBe("Waited 0 ms for 2 requests with operation=getChat; there were 1. There were no others.");
  });

  test("in vain where nothing was asked says so", async () => {
    const { body } = await freshApi().get(`${WAIT}?timeout_ms=0`);
    expect(body.error.message).toBe("Waited 0 ms for 1 request; there were 0. No request to the API has come.");
  });

  test("in vain says where else requests have come, and what the base URL should be", async () => {
    const api = freshApi();
    await api.get("/chats/1");
    for (const name of ["one", "two", "three", "four"]) await api.get(`//s/${name}/api/partner/v2/chats/1`);
    const { body } = await api.get(`//s/mine/__mock/requests/wait?timeout_ms=0`);
    expect(body.error.message).toMatch(
      /there were 0\. No request to the API has come to this sandbox\. Of requests there are 1 in sandbox default, 1 in sandbox one, 1 in sandbox two, \.\.\.: is the base URL http:\/\/127\.0\.0\.1:\d+\/s\/mine\?$/,
    );
  });

  test("in vain says what the hint of the nearest was", async () => {
    const api = freshApi();
    await api.post("/chats/1/chat_messages", { message: "Hi" });
    const { body } = await api.get(`${WAIT}?operation=sendMessage&status=201&timeout_ms=0`);
    expect(body.error.message).toContain('; hint: message is an object: {"message": {"text": "..."}}): status is 4');
  });

  test.each(["?timeout_ms=60001", "?timeout_ms=-1", "?count=0", "?limit=5"])("%s cannot be waited for", async (query) => {
    expect((await freshApi().get(`${WAIT}${query}`)).status).toBe(400);
  });
});
