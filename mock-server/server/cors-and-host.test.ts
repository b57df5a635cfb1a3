import { findChatPath } from "../../contracts/operations";
import { apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-auth-everywhere, A-auth-envelope, A-find-match, A-create-service, A-availability, A-delivery,
// A-attachment-limit, A-linked-file-size, A-404-others, A-error-wording.

const FIND = findChatPath(LINE, [ANN]);
const api = apiClient({ fixtures: smallWorld });

describe("pages of this machine", () => {
  test.each([
    "http://localhost:3000",
    "http://127.0.0.1:5173",
    "http://[::1]:8080",
    "https://app.localhost",
    "capacitor://localhost",
  ])("%s may read answers and the mock's own headers", async (origin) => {
    const { headers } = await api.get(FIND, { Origin: origin });
    expect(headers["access-control-allow-origin"]).toBe(origin);
    expect(headers["access-control-expose-headers"]).toBe(
      "X-Linq-Mock-Hint,X-Linq-Mock-Assumption,X-Linq-Mock-Fault,X-Linq-Mock-Page,X-Request-Id,Preference-Applied,Retry-After,X-Trace-ID",
    );
  });

  test("may read refusals, too", async () => {
    const { status, headers } = await api.get(FIND, { Origin: "http://localhost:3000", "X-LINQ-INTEGRATION-TOKEN": "" });
    expect(status).toBe(401);
    expect(headers["access-control-allow-origin"]).toBe("http://localhost:3000");
  });

  test("are told by a preflight what they may send, without a token", async () => {
    const { status, headers } = await api.send("OPTIONS", "/chats", {
      headers: {
        Origin: "http://localhost:3000",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-linq-integration-token",
        "X-LINQ-INTEGRATION-TOKEN": "",
      },
    });
    expect(status).toBe(204);
    expect(headers["access-control-allow-origin"]).toBe("http://localhost:3000");
    expect(headers["x-request-id"]).toMatch(/^req-/); // it is in the log, too
    expect(headers["access-control-allow-methods"]).toContain("POST");
    expect(headers["access-control-allow-headers"]).toBe("content-type,x-linq-integration-token");
  });
});

describe("other pages", () => {
  test.each(["https://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "null", "nonsense"])(
    "%s may not",
    async (origin) => {
      expect((await api.get(FIND, { Origin: origin })).headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  test("are told where the inbox shows their request, in the sandbox that was meant", async () => {
    const path = `//s/mine/api/partner/v2${FIND}`;
    const { headers } = await api.get(path, { Origin: "https://evil.example", "X-Request-Id": "mine-1" });
    expect(headers["x-linq-mock-page"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/s\/mine\/__mock\/ui\/#\/requests\/mine-1$/);
    expect((await api.get("/phone_numbers")).headers["x-linq-mock-page"]).toBeUndefined(); // nothing is to be said of it
  });

  test("are told in the log and the header why they cannot read", async () => {
    const { hint } = await api.get(FIND, { Origin: "https://evil.example" });
    expect(hint).toBe(
      "A page of https://evil.example cannot read this answer; start linq-mock with --cors https://evil.example if it is yours.",
    );
  });

  test("of no origin are told how they are named", async () => {
    expect((await api.get(FIND, { Origin: "null" })).hint).toBe(
      "A page of null, such as one opened from disk, cannot read this answer; start linq-mock with --cors null if it is yours.",
    );
  });

  test("are told so in full, however long their origin is, and whatever else there is to say", async () => {
    const origin = `https://${`${"a".repeat(60)}.`.repeat(4)}example.com`;
    const { hint } = await api.get(`/chats?phone_number=${"9".repeat(400)}&page=x`, { Origin: origin });
    expect(hint).toContain(`start linq-mock with --cors ${origin} if it is yours.`);
    const { hint: cut } = await api.get(FIND, { Origin: `https://${"a".repeat(2000)}` });
    expect(cut?.length).toBeLessThan(500);
  });

  test("may when they are named", async () => {
    const open = apiClient({ fixtures: smallWorld, cors: ["https://app.example"] });
    expect((await open.get(FIND, { Origin: "https://app.example" })).headers["access-control-allow-origin"]).toBe(
      "https://app.example",
    );
    expect((await open.get(FIND, { Origin: "https://other.example" })).headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("none may when CORS is off", async () => {
    const closed = apiClient({ fixtures: smallWorld, cors: ["off"] });
    expect(
      (await closed.get(FIND, { Origin: "http://localhost:3000" })).headers["access-control-allow-origin"],
    ).toBeUndefined();
  });
});

describe("the Host header", () => {
  test.each([
    "localhost:4010",
    "LOCALHOST",
    "127.0.0.1:1",
    "[::1]:4010",
    "box.localhost:4010",
    "192.168.1.7",
    "host.docker.internal:4010",
  ])("%s is served", async (host) => {
    expect((await api.get(FIND, { Host: host })).status).toBe(200);
  });

  test.each(["linq-mock:4010", "evil.example", "evil.example:4010", "127.0.0.1.evil.example", "localhost.evil.example"])(
    "%s is not",
    async (host) => {
      const { status, body, hint } = await api.get("//api/partner/v2/chats/1", { Host: host });
      const name = host.replace(":4010", "");
      expect(status).toBe(403);
      expect(body.errors[0]).toMatchObject({ status: 403, code: "forbidden", detail: `The host ${name} is not served here` });
      expect(hint).toContain(`--allow-host ${name}`);
    },
  );

  test("a host is served that was allowed", async () => {
    const named = apiClient({ fixtures: smallWorld, allowHosts: ["mock.test"] });
    expect((await named.get(FIND, { Host: "Mock.test:80" })).status).toBe(200);
  });
});

describe("request ids", () => {
  test("are numbered", async () => {
    const own = apiClient({ fixtures: smallWorld });
    expect((await own.get(FIND)).headers["x-request-id"]).toBe("req-1");
    expect((await own.get("/nothing")).headers["x-request-id"]).toBe("req-2");
  });

  test("are kept when the caller brings one", async () => {
    expect((await api.get(FIND, { "X-Request-Id": "a1b2:c3" })).headers["x-request-id"]).toBe("a1b2:c3");
    expect((await api.get(FIND, { "X-Request-Id": "no good" })).headers["x-request-id"]).toMatch(/^req-/);
  });
});

describe("tokens", () => {
  const strict = apiClient({ fixtures: smallWorld, tokens: ["alpha", "beta"] });

  test.each(["alpha", "beta", "sandbox-x"])("%s is accepted", async (token) => {
    expect((await strict.get(FIND, { "X-LINQ-INTEGRATION-TOKEN": token })).status).toBe(200);
  });

  test.each(["gamma", "Alpha", "sandbox", "sandbox-default"])("%s is not", async (token) => {
    const { status, body, hint } = await strict.get(FIND, { "X-LINQ-INTEGRATION-TOKEN": token });
    expect(status).toBe(401);
    expect(body.errors[0].detail).toBe("Invalid or missing authentication token");
    expect(hint).toContain("The token is not known.");
  });
});

test("with --token, a sandbox's token opens that sandbox and no other", async () => {
  const strict = apiClient({ fixtures: smallWorld, tokens: ["alpha"] });
  const status = async (name: string, token: string) =>
    (await strict.get(`//s/${name}/api/partner/v2${FIND}`, { "X-LINQ-INTEGRATION-TOKEN": token })).status;
  expect([await status("one", "sandbox-one"), await status("one", "alpha")]).toEqual([200, 200]);
  expect([await status("one", "sandbox-two"), await status("default", "sandbox-one")]).toEqual([401, 401]);
});

describe("a token that is not what it seems gets a hint", () => {
  test.each([
    ["", "Bearer t", "X-LINQ-INTEGRATION-TOKEN takes the token alone, without Bearer."],
    ["", "Sandbox-one", "A sandbox is chosen by the token sandbox-<name>, so spelt; this token opened another."],
    ["", "sandbox_one", "A sandbox is chosen by the token sandbox-<name>, so spelt; this token opened another."],
    ["/s/one", "sandbox-two", "The token names another sandbox than the base URL, which opened one."],
  ])("%s %s", async (base, token, hint) => {
    const answer = await api.get(`/${base}/api/partner/v2${FIND}`.replace(/^\/\/?/, "//"), {
      "X-LINQ-INTEGRATION-TOKEN": token,
    });
    expect({ status: answer.status, hint: answer.hint }).toEqual({ status: 200, hint });
  });
});

test.each(["sandbox_key", "sandboxed", "bearer-abc"])("the accepted token %s gets no hint", async (token) => {
  const strict = apiClient({ fixtures: smallWorld, tokens: [token] });
  const { status, hint } = await strict.get(FIND, { "X-LINQ-INTEGRATION-TOKEN": token });
  expect({ status, hint }).toEqual({ status: 200, hint: undefined });
});

test("a page of the mock's own host gets no hint", async () => {
  const named = apiClient({ fixtures: smallWorld, allowHosts: ["app.test"] });
  const { status, hint } = await named.get(FIND, { Host: "app.test:8080", Origin: "http://app.test:8080" });
  expect({ status, hint }).toEqual({ status: 200, hint: undefined });
});

describe("sandboxes", () => {
  const creation = { send_from: LINE, chat: { phone_numbers: ["+12055550177"] }, message: { text: "Hi" } };
  const created = findChatPath(LINE, ["+12055550177"]);

  test("by token and by URL are the same world, apart from all others", async () => {
    const shared = apiClient({ fixtures: smallWorld });
    await shared.post("/chats", creation, { "X-LINQ-INTEGRATION-TOKEN": "sandbox-one" });
    const found = async (path: string, token: string) =>
      (await shared.get(path, { "X-LINQ-INTEGRATION-TOKEN": token })).body.data.chat !== null;
    expect(await found(created, "sandbox-one")).toBe(true);
    expect(await found(`//s/one/api/partner/v2${created}`, "any")).toBe(true);
    expect(await found(`//s/two/api/partner/v2${created}`, "sandbox-one")).toBe(false);
    expect(await found(created, "sandbox-two")).toBe(false);
    expect(await found(created, "any")).toBe(false);
    expect(await found(`//s/default/api/partner/v2${created}`, "any")).toBe(false);
  });

  test.each(["sandbox-", "sandbox-no good", `sandbox-${"x".repeat(65)}`])("%s names none", async (token) => {
    const { status, body, hint } = await api.get(FIND, { "X-LINQ-INTEGRATION-TOKEN": token });
    expect(status).toBe(401);
    expect(body.errors[0].detail).toBe("Invalid or missing authentication token");
    expect(hint).toContain("A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -.");
  });

  test("a bad name in the URL is a path that is not there, whatever the token", async () => {
    const { status, body } = await api.get(`//s/bad.name/api/partner/v2${FIND}`);
    expect(status).toBe(404);
    expect(body.errors[0].detail).toBe("A sandbox name is 1 to 64 of A-Z a-z 0-9 _ -");
  });

  test("are reset one by one", async () => {
    const shared = apiClient({ fixtures: smallWorld });
    for (const token of ["sandbox-one", "sandbox-two"])
      await shared.post("/chats", creation, { "X-LINQ-INTEGRATION-TOKEN": token });
    expect((await shared.post("//s/one/__mock/reset")).status).toBe(204);
    const chats = async (name: string) => (await shared.get(`//s/${name}/__mock/state`)).body.chats.length;
    expect([await chats("one"), await chats("two")]).toEqual([5, 6]);
  });
});

describe("/__mock", () => {
  test("health says what is served", async () => {
    const { status, body } = await apiClient({ fixtures: smallWorld }).get("//__mock/health", {
      "X-LINQ-INTEGRATION-TOKEN": "",
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "ok",
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      uptime_ms: expect.any(Number),
      sandboxes: 1,
      fixtures: { users: 1, lines: 2, contacts: 2, chats: 5, messages: 1 },
      world: { users: 1, lines: 2, contacts: 2, chats: 5, messages: 1 },
      deliveries_dropped: 0,
      memory: {
        limit: 512 * 1024 * 1024,
        held: 0,
        dropped: {
          files: 0,
          requests: 0,
          deliveries: 0,
          webhook_events: 0,
          received: 0,
          snapshots: 0,
          history: 0,
          events: 0,
          streams: 0,
        },
      },
      faults: [],
    });
  });

  test("reset forgets everything, to the byte", async () => {
    const own = apiClient({ fixtures: smallWorld });
    const before = (await own.get("//__mock/state")).body;
    const message = { text: "Hi", idempotency_key: "k", attachment_urls: ["https://files.example.com/a.png"] };
    const first = await own.post("/chats", { send_from: LINE, chat: { phone_numbers: ["+12055550177"] }, message });
    await own.post("/chats", { send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "Hi" } });
    expect((await own.get("//__mock/state")).body).not.toEqual(before);
    expect((await own.post("//__mock/reset")).status).toBe(204);
    expect(JSON.stringify((await own.get("//__mock/state")).body)).toBe(JSON.stringify(before));
    const again = await own.post("/chats", { send_from: LINE, chat: { phone_numbers: ["+12055550177"] }, message });
    expect(again.body.data.id).toBe(first.body.data.id);
  });

  test("an unknown call opens no sandbox", async () => {
    const own = apiClient({ fixtures: smallWorld });
    expect((await own.get("//s/new/__mock/nothing")).status).toBe(404);
    expect((await own.get("//__mock/health")).body.sandboxes).toBe(1);
  });

  test("refuses a host that is not ours in its own envelope", async () => {
    const { status, body } = await api.get("//s/x/__mock/health", { Host: "evil.example" });
    expect(status).toBe(403);
    expect(body.error).toMatchObject({ code: "refused", message: "The host evil.example is not served here" });
  });

  test("is not opened by cors for all", async () => {
    const open = apiClient({ fixtures: smallWorld, cors: ["*"] });
    const foreign = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    expect((await open.get(FIND, foreign)).headers["access-control-allow-origin"]).toBe("https://evil.example");
    expect((await open.get("//__mock/state", foreign)).status).toBe(403);
  });

  test.each([
    ["GET", "/request", "Did you mean GET /__mock/requests?"],
    ["GET", "/fault", "Did you mean GET /__mock/faults?"],
    ["POST", "/fault", "Did you mean POST /__mock/faults?"],
    ["POST", "/simulate/mesage", "Did you mean POST /__mock/simulate/message?"],
    ["POST", "/clock", "That path takes GET /__mock/clock, PUT /__mock/clock."],
    ["PUT", "/snapshots/a/restore", "That path takes POST /__mock/snapshots/{name}/restore."],
    ["POST", "/simulate/elephant", "There are POST /__mock/simulate/message, POST /__mock/simulate/typing"],
    ["GET", "/nothing", "GET /__mock/openapi.json describes all there is."],
    ["GET", "", "GET /__mock/openapi.json describes all there is."],
  ])("an unknown call, %s %s, is told what was meant", async (method, path, hint) => {
    const { status, body } = await api.send(method, `//__mock${path}`);
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ code: "not_found", hint: expect.stringContaining(hint) });
  });

  test.each<[method: string, path: string, body: string, message: string, hint: string]>([
    ["POST", "/simulate/message", '{"chat": 1, "from": "a", "txt": "b"}', "unknown field txt", "Did you mean text?"],
    ["POST", "/simulate/message", '{"chat": 1, "sender": "a"}', "unknown field sender", "Did you mean from?"],
    ["POST", "/simulate/message", '{"chat": 1, "from": "a", "message": "b"}', "unknown field message", "Did you mean text?"],
    [
      "POST",
      "/simulate/message",
      '{"chat": 1, "from": "a", "text": "b", "zebra": 1}',
      "unknown field zebra",
      "It can have chat, ",
    ],
    ["POST", "/simulate/reaction", '{"message": 1, "from": "a", "reaction": "love"}', "type is missing", "did you mean type?"],
    [
      "POST",
      "/faults",
      '[{"fault": "drip"}]',
      "must be an object",
      'POST takes one rule; PUT takes a list: {"faults": [...]}.',
    ],
    ["PUT", "/faults", '[{"fault": "drip"}]', "must be an object", 'The list is wrapped: {"faults": [...]}.'],
  ])("%s %s with %s is refused, and told what was meant", async (method, path, body, message, hint) => {
    const answer = await api.send(method, `//__mock${path}`, { body, headers: { "Content-Type": "application/json" } });
    expect([answer.status, answer.body.error.message]).toEqual([422, expect.stringContaining(message)]);
    expect(answer.body.error.hint).toContain(hint);
  });

  test.each([
    [{}, "its Content-Type is missing"],
    [{ "Content-Type": "text/plain" }, "its Content-Type is text/plain"],
    [{ "Content-Type": "application/x-www-form-urlencoded" }, "its Content-Type is application/x-www-form-urlencoded"],
  ])("a body with the headers %j is not called missing", async (headers, reason) => {
    const body = Buffer.from('{"chat": 1}');
    const answer = await api.send("POST", "//__mock/simulate/message", { body, headers });
    const { message, hint } = answer.body.error;
    expect([message, hint]).toEqual([
      `The request body cannot be read: ${reason}`,
      "Send it with Content-Type: application/json, or application/yaml.",
    ]);
  });

  test("a body that a call does not take is told, and an empty one is not", async () => {
    const reset = (body: string) =>
      api.send("POST", "//__mock/reset", { body, headers: { "Content-Type": "application/json" } });
    expect((await reset('{"sandbox": "a"}')).hint).toBe("The body is not read: POST /__mock/reset takes none.");
    expect((await reset("{}")).hint).toBeUndefined();
  });

  test.each([{ Origin: "https://evil.example" }, { Origin: "null" }, { "Sec-Fetch-Site": "cross-site" }])(
    "refuses a foreign page: %j",
    async (headers) => {
      const { status, body } = await api.post("//__mock/reset", undefined, headers);
      expect(status).toBe(403);
      expect(body.error.code).toBe("foreign_page");
    },
  );

  test.each([
    { Origin: "http://localhost:3000", "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "none" },
    { Origin: "http://[::1]:9" },
  ])("answers a page of this machine: %j", async (headers) => {
    expect((await api.get("//__mock/health", headers)).status).toBe(200);
  });

  test("requires the control token when there is one", async () => {
    const guarded = apiClient({ fixtures: smallWorld, controlToken: "t0p" });
    expect((await guarded.get("//__mock/health")).status).toBe(401);
    expect((await guarded.get("//__mock/health", { Authorization: "Bearer wrong" })).status).toBe(401);
    expect((await guarded.get("//__mock/health", { Authorization: "Bearer t0p" })).status).toBe(200);
    expect((await guarded.get("//__mock/health", { Authorization: "bearer t0p" })).status).toBe(200);
  });
});

test("a name may end in the dot of the root", async () => {
  for (const host of ["localhost.", "localhost.:8080"]) expect((await api.get(FIND, { Host: host })).status).toBe(200);
});

test.each(["//__mock/clock", "/__MOCK/clock", "/__Mock//clock"])("%s is told what was meant", async (path) => {
  const { status, hint } = await api.get(`/${path}`);
  expect([status, hint]).toEqual([404, expect.stringMatching(/ Did you mean \/__mock\/clock\?$/)]);
});
