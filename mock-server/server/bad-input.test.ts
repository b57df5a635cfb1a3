import { findChatPath } from "../../contracts/operations";
import { apiClient } from "../testing/api-client";
import { ANN, LINE, smallWorld } from "../testing/worlds";

// Asserted here, too: A-form-urlencoded, A-find-missing, A-repeated-parameter, A-find-match, A-body-limit, A-create-existing, A-delivery, A-head,
// A-read-event, A-forwarding-missing, A-forwarding-number, A-404-others, A-method-unknown.

const JSON_TYPE = { "Content-Type": "application/json" };
const creation = { send_from: LINE, chat: { phone_numbers: [ANN] }, message: { text: "Hi" } };

const api = apiClient({ fixtures: smallWorld });
let before: unknown;

beforeEach(async () => {
  before = (await api.get("//__mock/state")).body;
});

afterEach(async () => {
  expect((await api.get("//__mock/state")).body).toEqual(before);
});

function refusal(status: number, detail: string | RegExp): object {
  return {
    errors: [expect.objectContaining({ status, detail: typeof detail === "string" ? detail : expect.stringMatching(detail) })],
  };
}

const UNAUTHORIZED = {
  errors: [{ status: 401, code: "unauthorized", title: "Unauthorized", detail: "Invalid or missing authentication token" }],
};

describe("tokens", () => {
  test.each([
    ["no token", {}],
    ["an empty token", { "X-LINQ-INTEGRATION-TOKEN": "" }],
    ["a blank token", { "X-LINQ-INTEGRATION-TOKEN": "  " }],
  ])("%s", async (_, headers) => {
    const { status, body, assumptions } = await api.get(findChatPath(LINE, [ANN]), {
      "X-LINQ-INTEGRATION-TOKEN": "",
      ...headers,
    });
    expect({ status, body }).toEqual({ status: 401, body: UNAUTHORIZED });
    expect(assumptions).toEqual(["A-auth-everywhere", "A-auth-envelope"]);
  });

  test("V3's header gets a hint", async () => {
    const { status, hint } = await api.get("/chats/1", {
      "X-LINQ-INTEGRATION-TOKEN": "",
      Authorization: "Bearer secret-token",
    });
    expect(status).toBe(401);
    expect(hint).toBe("V2 reads the header X-LINQ-INTEGRATION-TOKEN; Authorization: Bearer belongs to V3.");
  });

  test.each(["/contacts", "/webhook_subscriptions"])("%s refuses with the same body", async (path) => {
    expect((await api.get(path, { "X-LINQ-INTEGRATION-TOKEN": "" })).body).toEqual(UNAUTHORIZED);
  });

  test("List Chats refuses as documented, without an assumption about that", async () => {
    const { status, body, hint, assumptions } = await api.get("/chats?phone_number=2052761148", {
      "X-LINQ-INTEGRATION-TOKEN": "",
    });
    expect({ status, body }).toEqual({ status: 401, body: UNAUTHORIZED });
    expect(hint).toBe("Send your integration token in the header X-LINQ-INTEGRATION-TOKEN. The mock takes any.");
    expect(assumptions).toEqual([]);
  });
});

describe("the query of Find Chat", () => {
  const participants = "phone_numbers%5B%5D=%2B12055550101";
  const line = "phone_number=%2B12052761148";
  const long = "2".repeat(40);

  test.each([
    ["no phone_number", participants, "Missing required parameter: phone_number"],
    ["an empty phone_number", `phone_number=&${participants}`, "Missing required parameter: phone_number"],
    ["a blank phone_number", `phone_number=%20%09&${participants}`, "Missing required parameter: phone_number"],
    ["phone_number twice", `${line}&${line}&${participants}`, "phone_number must be given once"],
    ["phone_number as a list", `phone_number%5B%5D=%2B12052761148&${participants}`, "Missing required parameter: phone_number"],
    ["no participants", line, "Missing required parameter: phone_numbers[]"],
    ["an empty participant", `${line}&phone_numbers%5B%5D=`, "Missing required parameter: phone_numbers[]"],
    [
      "a blank participant among others",
      `${line}&${participants}&phone_numbers%5B%5D=%20`,
      "Missing required parameter: phone_numbers[]",
    ],
    ["no brackets", `${line}&phone_numbers=%2B12055550101`, "Missing required parameter: phone_numbers[]"],
    ["an index", `${line}&phone_numbers%5B0%5D=%2B12055550101`, "Missing required parameter: phone_numbers[]"],
    ["nested", `${line}&phone_numbers%5Ba%5D%5Bb%5D=%2B12055550101`, "Missing required parameter: phone_numbers[]"],
    ["prototype names", "__proto__=1&constructor=2&__proto__%5Bphone_number%5D=3", "Missing required parameter: phone_number"],
    ["letters", `${line}&phone_numbers%5B%5D=1-800-FLOWERS`, "phone_numbers[] is not a valid phone number"],
    ["punctuation", `${line}&phone_numbers%5B%5D=555-123-4567`, "phone_numbers[] is not a valid phone number"],
    ["parentheses", `${line}&phone_numbers%5B%5D=(555)%20123-4567`, "phone_numbers[] is not a valid phone number"],
    ["3 digits", `${line}&phone_numbers%5B%5D=911`, "phone_numbers[] is not a valid phone number"],
    ["40 digits", `${line}&phone_numbers%5B%5D=${long}`, "phone_numbers[] is not a valid phone number"],
    [
      "full-width digits",
      `${line}&phone_numbers%5B%5D=${encodeURIComponent("２０５５５５０１０１")}`,
      "phone_numbers[] is not a valid phone number",
    ],
    ["NUL", `${line}&phone_numbers%5B%5D=2055550101%00`, "phone_numbers[] is not a valid phone number"],
    ["a lone surrogate", `${line}&phone_numbers%5B%5D=%ED%A0%80`, "phone_numbers[] is not a valid phone number"],
    ["invalid percent-encoding", `${line}&phone_numbers%5B%5D=%zz%2`, "phone_numbers[] is not a valid phone number"],
    [
      "an e-mail address as the line",
      `phone_number=ann%40example.com&${participants}`,
      "phone_number is not a valid phone number",
    ],
    ["half an e-mail address", `${line}&phone_numbers%5B%5D=ann%40`, "phone_numbers[] is not a valid phone number"],
  ])("%s", async (_, query, detail) => {
    const { status, body } = await api.get(`/chats/find?${query}`);
    expect({ status, body }).toEqual({ status: 400, body: refusal(400, detail) });
  });

  test.each(["phone_numbers", "phone_numbers[0]", "phone_numbers[a][b]"])("%s gets a hint", async (name) => {
    const { hint } = await api.get(`/chats/find?${line}&${encodeURIComponent(name)}=%2B12055550101`);
    expect(hint).toContain(`You sent ${name}. The parameter is phone_numbers[]`);
  });

  test.each(["phone_numbers[0]", "phone_numbers", "phone_numbers[a][b]"])(
    "%s beside phone_numbers[] is refused",
    async (name) => {
      const { status, body, assumptions } = await api.get(
        `${findChatPath(LINE, [ANN])}&${encodeURIComponent(name)}=%2B12055550199`,
      );
      const detail = "phone_numbers[] must not be mixed with another spelling of it";
      expect({ status, body }).toEqual({ status: 400, body: refusal(400, detail) });
      expect(assumptions).toContain("A-mixed-parameter");
    },
  );

  test("the hint for pluses names every parameter that lost one", async () => {
    const { hint } = await api.get(
      "/chats/find?phone_number=+12052761148&phone_numbers=+12055550101&phone_numbers[]=+12055550101",
    );
    expect(hint).toContain("You sent phone_numbers.");
    const { hint: both } = await api.get("/chats/find?phone_number=+12052761148&phone_numbers[]=+12055550101");
    expect(both).toBe(
      "phone_number and phone_numbers[] began with a space: a + in a query string means a space. Write it as %2B.",
    );
  });

  test("unknown parameters are ignored", async () => {
    expect((await api.get(`${findChatPath(LINE, [ANN])}&page=0&__proto__=x`)).body.data.chat.id).toBe(1);
  });

  test("a trailing slash does no harm", async () => {
    const { body, assumptions } = await api.get(findChatPath(LINE, [ANN]).replace("find?", "find/?"));
    expect([body.data.chat.id, assumptions]).toEqual([1, ["A-find-match", "A-404-others"]]);
  });
});

describe("the body of Create Chat", () => {
  const deep = `{"chat":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;

  test.each([
    ["that is not JSON", "send_from=%2B12052761148", "The request body is not valid JSON"],
    ["that ends too early", '{"send_from": "+1205', "The request body is not valid JSON"],
    ["that is an array", "[]", "The request body must be an object"],
    ["that is a string", '"hello"', "The request body must be an object"],
    ["that is null", "null", "The request body must be an object"],
    ["that is empty", "", "Missing required parameter: send_from"],
    ["that is deeply nested", deep, "The request body is nested too deeply"],
    [
      "with prototype names",
      '{"__proto__": {"send_from": "+12052761148"}, "constructor": {}}',
      "Missing required parameter: send_from",
    ],
  ])("%s", async (_, body, detail) => {
    const answer = await api.send("POST", "/chats", { body, headers: JSON_TYPE });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 400, body: refusal(400, detail) });
  });

  test("that is not there, with a type or without, is read as an object without fields", async () => {
    const empty = await api.send("POST", "/chats", { body: "", headers: JSON_TYPE });
    for (const [headers, advice] of [
      [{}, "Send JSON with the header Content-Type: application/json."],
      [JSON_TYPE, "The body was empty."],
    ] as const) {
      const { status, body, hint, assumptions } = await api.send("POST", "/chats", { headers });
      expect(assumptions).toEqual(headers === JSON_TYPE ? [] : ["A-content-type"]);
      expect({ status, body, hint }).toEqual({ status: 400, body: empty.body, hint: advice });
    }
    expect(empty.body).toEqual(refusal(400, "Missing required parameter: send_from"));
    const contact = await api.send("POST", "/contacts");
    expect([contact.status, contact.body.message, contact.body.errors]).toEqual([
      422,
      "Contact validation failed",
      ["At least one of the name, email, or phone number fields must be filled out for the contact"],
    ]);
    const message = await api.send("POST", "/chats/1/chat_messages");
    expect([message.status, message.body.errors[0].detail]).toEqual([400, "Missing required parameter: message"]);
  });

  test("without a content type", async () => {
    const answer = await api.send("POST", "/chats", { body: JSON.stringify(creation), headers: { "Content-Type": "" } });
    expect({ status: answer.status, assumptions: answer.assumptions }).toEqual({
      status: 400,
      assumptions: ["A-content-type", "A-error-wording"],
    });
  });

  test("is not quoted by the hint that says where its JSON breaks", async () => {
    const hintFor = async (body: string) => (await api.send("POST", "/chats", { body, headers: JSON_TYPE })).hint;
    expect(await hintFor('{"text": "my secret" pin}')).toMatch(/^The JSON breaks at position \d+\.$/);
    expect(await hintFor('{"text":')).toBe("The JSON ends too early, or is none.");
  });

  test.each(["{'text': 'Hi'}", "{\"text\": 'Hi'}", "'Hi'"])(
    "of single quotes is told so, of the API and of /__mock: %s",
    async (body) => {
      const hint = "JSON takes double quotes, and there are single ones in their place.";
      for (const path of ["/chats", "//__mock/simulate/message"])
        expect((await api.send("POST", path, { body, headers: JSON_TYPE })).hint).toBe(hint);
      const other = await api.send("POST", "/chats", { body: `{"text": "it's" 'x}`.replace("'x", "x"), headers: JSON_TYPE });
      expect(other.hint).toMatch(/^The JSON breaks at position/);
    },
  );

  test("over the limit", async () => {
    const body = JSON.stringify({ ...creation, message: { text: "x".repeat(1_100_000) } });
    const answer = await api.send("POST", "/chats", { body, headers: JSON_TYPE });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 413,
      body: refusal(413, "The request body is over the limit of 1048576 bytes"),
    });
  });

  test.each(["text/plain", "application/xml", "nonsense"])("of the content type %s", async (type) => {
    const answer = await api.send("POST", "/chats", { body: JSON.stringify(creation), headers: { "Content-Type": type } });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 400,
      body: refusal(400, `Content-Type must be multipart/form-data or application/json, not ${type}`),
    });
    expect(answer.assumptions).toContain("A-content-type");
  });

  test.each([
    ["application/x-www-form-urlencoded", "A-create-form"], // a form without send_from, which is documented
    ["multipart/form-data; boundary=x", "A-create-status"],
  ])("that is called a form, %s", async (type, assumption) => {
    const options = { body: JSON.stringify(creation), headers: { "Content-Type": type } };
    const { status, assumptions } = await api.send("POST", "/chats", options);
    expect(status).toBe(400);
    expect(assumptions).toContain(assumption);
  });

  test.each([
    [{ "Content-Encoding": "gzip" }, "The request body cannot be decoded"],
    [{ "Content-Encoding": "snappy" }, "The request body is in an encoding that cannot be read"],
    [{ "Content-Type": "application/json; charset=klingon" }, "The request body is in an encoding that cannot be read"],
  ])("with %j", async (headers, detail) => {
    const answer = await api.send("POST", "/chats", { body: JSON.stringify(creation), headers: { ...JSON_TYPE, ...headers } });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 400, body: refusal(400, detail) });
  });

  test.each(["２０５５５５０１０１", "205555010\u0000", "\ud800", "+1205555010１", "911", "2".repeat(40), "a@b"])(
    "the number %j",
    async (number) => {
      const { status, body } = await api.post("/chats", { ...creation, chat: { phone_numbers: [number] } });
      expect({ status, body }).toEqual({
        status: 422,
        body: refusal(422, "chat.phone_numbers[0] is not a valid phone number"),
      });
    },
  );
});

describe("names that are nearly right", () => {
  test.each([
    [{ ...creation, chat: { phone_numbers: [ANN], displayName: "x" } }, "displayName is not read; did you mean display_name?"],
    [
      { ...creation, message: { text: "Hi", idempotencyKey: "1" } },
      "idempotencyKey is not read; did you mean idempotency_key?",
    ],
    [{ sendFrom: LINE, chat: creation.chat, message: creation.message }, "sendFrom is not read; did you mean send_from?"],
  ])("in the body of Create Chat: %j", async (body, hint) => {
    const own = apiClient({ fixtures: smallWorld });
    expect((await own.post("/chats", body)).hint).toBe(hint);
  });

  test.each([
    [
      "/chats/find?phone_number=2052761148&phone_number[]=2055550101",
      "phone_number[] is not read; did you mean phone_numbers[]?",
    ],
    ["/chats?phone_number=2052761148&perPage=5", "perPage is not read; did you mean per_page?"],
    ["/chats?phoneNumber=2052761148", "phoneNumber is not read; did you mean phone_number?"],
  ])("in the query %s", async (path, hint) => {
    expect((await api.get(path)).hint).toBe(hint);
  });

  test.each([
    [{ ...creation, idempotency_key: "k" }, "idempotency_key is read inside of message only."],
    [{ ...creation, message: { text: "Hi", display_name: "x" } }, "display_name is read inside of chat only."],
    [
      { ...creation, send_from: undefined, chat: { ...creation.chat, send_from: LINE } },
      "send_from is read at the top level only.",
    ],
  ])("in the wrong place: %j", async (body, hint) => {
    expect((await apiClient({ fixtures: smallWorld }).post("/chats", body)).hint).toBe(hint);
  });

  test.each<[extra: object, named: string]>([
    [{ trace: { zebra: 1 } }, "trace is"],
    [{ test: true }, "test is"],
    [{ message_id: 1, chat_id: 2 }, "message_id and chat_id are"],
    [{ metadata: { text: "x", send_from: "y" } }, "metadata is"],
    [{ constructor: 2, toString: 3 }, "constructor and toString are"],
  ])("what is like nothing that is missing is named, and passed over: %j", async (extra, named) => {
    const { status, hint } = await apiClient({ fixtures: smallWorld }).post("/chats", { ...creation, ...extra });
    expect({ status, hint }).toEqual({ status: 200, hint: `${named} not read.` });
  });

  test("a parameter that only begins like the list is unknown, and ignored", async () => {
    expect((await api.get(`${findChatPath(LINE, [ANN])}&phone_numbers_type=x`)).body.data.chat.id).toBe(1);
  });
});

describe("numbers with a known mistake", () => {
  test.each([
    ["%2B12055550101,%2B12055550102", "Give each participant a value of its own"],
    ["%252B12055550101", "The number was percent-encoded twice."],
    ["(205)%20555-0101", "without spaces or punctuation: +12055550101."],
    ["%2B11234567890", "North American area codes begin with 2 to 9."],
    ["my%20secret%20text", "Write numbers in E.164 or as ten digits."],
  ])("%s", async (number, hint) => {
    expect((await api.get(`/chats/find?phone_number=2052761148&phone_numbers[]=${number}`)).hint).toContain(hint);
  });
});

test.each([
  ["%2B10552761148", ["A-number-invalid", "A-number-area", "A-error-wording"]],
  ["1055276114", ["A-number-invalid", "A-number-area", "A-error-wording"]],
  ["call%20me", ["A-number-invalid", "A-error-wording"]],
])("%s rests on the assumption about area codes only without one", async (number, assumptions) => {
  expect((await api.get(`/chats/find?phone_number=${number}&phone_numbers[]=2055550101`)).assumptions).toEqual(assumptions);
  const { assumptions: ofBody } = await api.post("/i_message_availability/check", { phone_number: decodeURIComponent(number) });
  expect(ofBody).toEqual(assumptions);
});

describe("methods and paths", () => {
  test("HEAD answers as GET does, without the body", async () => {
    const { status, body, headers } = await api.send("HEAD", findChatPath(LINE, [ANN]));
    expect(status).toBe(200);
    expect(body).toBeUndefined();
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect((await api.send("HEAD", "/chats/99")).status).toBe(404);
  });

  test.each([
    ["/chats/1/mark_as_read", undefined, 204],
    ["/phone_numbers/1", {}, 200],
    ["/webhook_subscriptions/99", { webhook_subscription: { webhook_url: "http://127.0.0.1:9", events: [], version: 2 } }, 404],
    ["/phone_numbers/1", { forwarding_number: 5 }, 422],
  ])("PATCH %s does what PUT does: %j", async (path, sent, status) => {
    const [put, patch] = [await api.put(path, sent), await api.patch(path, sent)];
    expect(patch.status).toBe(status);
    expect({ ...patch, assumptions: [] }).toMatchObject({ status: put.status, body: put.body });
    expect(patch.assumptions).toEqual([...put.assumptions, "A-patch"]);
  });

  test("OPTIONS without an origin names the methods", async () => {
    const { status, headers } = await api.send("OPTIONS", "/chats/1/stop_typing");
    expect(status).toBe(204);
    expect(headers["allow"]).toBe("DELETE, OPTIONS");
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "TRACE", "LOCK"])("%s is no method of Find Chat", async (method) => {
    const { status, body, hint } = await api.send(method, "/chats/find");
    expect({ status, body }).toEqual({ status: 404, body: refusal(404, "Route not found") });
    expect(hint).toBe(`There is no ${method} /api/partner/v2/chats/find. That path takes GET /chats/find (Find Chat).`);
  });

  test("stop_typing is a DELETE, says the hint", async () => {
    const { status, hint } = await api.post("/chats/1/stop_typing");
    expect(status).toBe(404);
    expect(hint).toContain("DELETE /chats/{chat_id}/stop_typing");
  });

  test.each([
    ["/chat", "GET /chats (List Chats)"],
    ["/chats/1/messages", "GET /chats/{chat_id}/chat_messages ("],
    ["/contact/find", "GET /contacts/find (Find Contact)"],
    ["//chats/find", "Paths start with /api/partner/v2 or /api/partner/v3. The nearest known: GET /chats/find (Find Chat)"],
    ["//api/partner/V2/chats/1", "Paths are in lower case."],
    ["/CHATS/1", "Paths are in lower case."],
    [
      "/webhook-subscriptions",
      "The nearest known: GET /webhook_subscriptions (List Webhook Subscriptions). In V3 the path is /api/partner/v3/webhook-subscriptions (",
    ],
    ["/webhooks", "GET /webhook_subscriptions (List Webhook Subscriptions)"],
    ["/messages", "/chats/{chat_id}/chat_messages"],
    [
      "//s/box/chats/1",
      "Paths start with /s/box/api/partner/v2 or /s/box/api/partner/v3. The nearest known: GET /chats/{chat_id} (Get Chat)",
    ],
    ["//_mock/health", "Did you mean /__mock/health?"],
    ["//__mock__/health", "Did you mean /__mock/health?"],
    ["//s/box/mock/state", "Did you mean /s/box/__mock/state?"],
    [
      "//api/partner/v4/chats",
      "Paths start with /api/partner/v2 or /api/partner/v3. The nearest known: GET /chats (List Chats)",
    ],
  ])("the unknown path %s gets the nearest known ones", async (path, expected) => {
    const { status, body, hint } = await api.get(path);
    expect(status).toBe(404);
    expect(body).toEqual(refusal(404, "Route not found"));
    expect(hint).toContain(expected);
  });

  test.each([
    ["//webhook-subscriptions", {}, "GET /webhook-subscriptions ("],
    ["//api/chats", { Authorization: "Bearer any" }, "GET /chats (List chats, filtered"],
  ])("%s has no version, and is meant for V3: by its path, or by the header of the token", async (path, headers, nearest) => {
    const { hint } = await api.get(path, { "X-LINQ-INTEGRATION-TOKEN": "", ...headers });
    expect(hint).toContain(`Paths start with /api/partner/v3 or /api/partner/v2. The nearest known: ${nearest}`);
  });

  test("the root says where things are, for a browser and for tools that wait for a server", async () => {
    const { status, body, assumptions } = await api.get("//");
    const expected = {
      name: "linq-mock",
      apis: ["/api/partner/v2", "/api/partner/v3"],
      health: "/__mock/health",
      inbox: "/__mock/ui/",
    };
    expect({ status, body, assumptions }).toEqual({ status: 200, body: expected, assumptions: [] });
    expect((await api.send("HEAD", "//")).status).toBe(200);
    expect((await api.post("//", {})).status).toBe(404);
  });

  test("an unknown path is unknown without a token, too", async () => {
    expect((await api.get("/nothing", { "X-LINQ-INTEGRATION-TOKEN": "" })).status).toBe(404);
  });

  test("a path that is not validly encoded names nothing", async () => {
    const { status, body, hint } = await api.get("/chats/%zz");
    expect({ status, body }).toEqual({ status: 404, body: refusal(404, "Route not found") });
    expect(hint).toBe("There is no GET /api/partner/v2/chats/%zz. The path is not validly percent-encoded.");
  });

  test("hints stay on one line of ASCII, whatever was asked for", async () => {
    const { status, hint } = await api.get(
      `/chats/find?phone_number=2052761148&phone_numbers[%0d%0aX-Evil:%20%C3%A9${"x".repeat(9000)}=1`,
    );
    expect(status).toBe(400);
    expect(hint).toMatch(/^You sent phone_numbers\[\?\?X-Evil: \?x+\.\.\.\./);
    expect(hint?.length).toBeLessThan(510);
  });
});
