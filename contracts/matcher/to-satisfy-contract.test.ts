import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect as importedExpect } from "@jest/globals";
import supertest from "supertest";
import { answerExamples, type Json } from "../testing/contract-examples";
import { type MatcherResult, toSatisfyContract } from "./to-satisfy-contract";
import "./jest";

const chat: Json = answerExamples.find(({ of }) => of.id === "getChat" && of.status === 200)?.value.data;
const LAST = `A clause is a JSON pointer into linq-mock/contract.yaml. If the server is right, the contract is out of date;
linq-mock contract --target <url> says where a server and the contract differ.`;

/** What the server answers next. */
let next: { status: number; body?: Json; type?: string } = { status: 200 };
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((_, response) => {
    const { status, body, type = "application/json; charset=utf-8" } = next;
    response.writeHead(status, body === undefined ? {} : { "Content-Type": type });
    response.end(body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

/** What a test would say. */
async function failureOf(assert: () => unknown): Promise<string> {
  try {
    await assert();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it passed");
}

function plain(status: number, body?: Json, { method = "GET", path = "/chats/46" } = {}) {
  return { method, url: `/api/partner/v2${path}`, status, body };
}

/** As axios gives it: https://axios-http.com/docs/res_schema. */
function axiosAnswer(config: object, status: number, data: Json, headers: object = { "content-type": "application/json" }) {
  return { data, status, statusText: "OK", headers, config, request: { method: "GET", path: "/api/partner/v2/chats/46" } };
}

test("a right answer passes, whichever client has got it", async () => {
  next = { status: 200, body: { data: chat } };
  expect(await supertest(url).get("/api/partner/v2/chats/46")).toSatisfyContract();
  await expect(await fetch(`${url}/s/team-a/api/partner/v2/chats/46?x=1`)).toSatisfyContract();
  expect(
    axiosAnswer({ method: "get", url: "chats/46", baseURL: `${url}/api/partner/v2/` }, 200, { data: chat }),
  ).toSatisfyContract();
  expect(plain(200, { data: chat })).toSatisfyContract();
  importedExpect(plain(200, { data: chat })).toSatisfyContract();
});

test("a wrong answer fails, whichever client has got it", async () => {
  next = { status: 200, body: { data: { ...chat, id: "46" } } };
  const failures = [
    await failureOf(async () => expect(await supertest(url).get("/api/partner/v2/chats/46")).toSatisfyContract()),
    await failureOf(async () => expect(await fetch(`${url}/api/partner/v2/chats/46`)).toSatisfyContract({ method: "GET" })),
    await failureOf(() => expect(axiosAnswer({ url: `${url}/api/partner/v2/chats/46` }, 200, next.body)).toSatisfyContract()),
    await failureOf(() => expect(plain(200, next.body)).toSatisfyContract()),
  ];
  expect(new Set(failures)).toEqual(
    new Set([
      `GET /api/partner/v2/chats/46 answered 200, and breaks the contract of Get Chat (getChat) in 1 place:

  /data/id
    expected: an integer of at least 1
    received: "46"
    clause:   #/components/schemas/Chat/properties/id
    to do:    send a number, without quotes

${LAST}`,
    ]),
  );
});

test("a wrong answer of a mock is told with where its inbox shows the request", async () => {
  const page = "http://localhost:4010/__mock/ui/#/requests/req-7";
  const answer = { ...plain(500, { oops: true }), headers: { "X-Linq-Mock-Page": page } };
  expect((await failureOf(() => expect(answer).toSatisfyContract())).split("\n\n").at(-1)).toBe(page);
});

test("every wrong thing is told with what to do, and what is alike once", async () => {
  const [handle] = chat.chat_handles;
  const { group: _, ...rest } = chat;
  const chats = [
    { ...rest, service: "imessage", vibe: "good", display_name: 7 },
    {
      ...chat,
      message_count: null,
      chat_handles: [handle, { ...handle, joined_at: "2025-06-02" }, { ...handle, joined_at: "never" }],
    },
  ];
  const body = { data: chats, meta: { page: 1, total_pages: 1, total_count: 2, per_page: 500 } };
  const given = plain(200, body, { path: "/chats?phone_number=%2B12052761148" });
  expect(await failureOf(() => expect(given).toSatisfyContract({ strict: true }))).toBe(
    `GET /api/partner/v2/chats answered 200, and breaks the contract of List Chats (listChats) in 8 places:

  /data/0/group
    expected: true or false
    received: nothing
    clause:   #/components/schemas/Chat/properties/group
    to do:    add it; it is never left out

  /data/0/vibe
    expected: no field but id, display_name, service, group, message_count, chat_handles
    received: "good"
    clause:   #/components/schemas/Chat
    to do:    leave it out, or give it the name that the contract has for it

  /data/0/display_name
    expected: a string
    received: 7
    clause:   #/components/schemas/Chat/properties/display_name
    to do:    send a text, in quotes

  /data/0/service
    expected: one of iMessage, SMS, RCS
    received: "imessage"
    clause:   #/components/schemas/Service
    to do:    use one of these; case counts

  /data/1/message_count
    expected: an integer of at least 0
    received: null
    clause:   #/components/schemas/Chat/properties/message_count
    to do:    send a value; this one is never null

  /data/1/chat_handles/1/joined_at (and 1 more like it)
    expected: a time such as 2025-05-21T15:30:00.000-05:00
    received: "2025-06-02"
    clause:   #/components/schemas/Timestamp
    to do:    write it exactly like that

  /meta/per_page
    expected: an integer from 1 to 100
    received: 500
    clause:   #/components/schemas/PageMeta/properties/per_page
    to do:    send what is expected

${LAST}`,
  );
});

test("a wrong status, content type, envelope or body is told in full", async () => {
  const undeclared = await failureOf(() => expect(plain(500, { oops: true })).toSatisfyContract());
  expect(undeclared).toBe(`GET /api/partner/v2/chats/46 answered 500, and breaks the contract of Get Chat (getChat) in 1 place:

  the status
    expected: one of 200, 401, 404
    received: 500
    clause:   #/paths/~1chats~1{chat_id}/get/responses
    to do:    answer with one of these

${LAST}`);
  next = { status: 200, body: "<!DOCTYPE html>", type: "text/html" };
  const page = await failureOf(async () => expect(await supertest(url).get("/api/partner/v2/chats/46")).toSatisfyContract());
  expect(page).toContain(`
  the content type
    expected: application/json
    received: "text/html"
    clause:   #/paths/~1chats~1{chat_id}/get/responses/200
    to do:    set the header Content-Type to application/json
`);
  const standard = { status: "error", error_code: "NOT_FOUND", message: "Not Found", errors: ["Chat not found"] };
  expect(await failureOf(() => expect(plain(404, standard)).toSatisfyContract())).toContain(`
  the body
    expected: an Error, { errors: [{ status, code, title, detail }] }, not a StandardError
    received: {"status":"error","error_code":"NOT_FOUND","message":"Not Found","errors":["Chat not found"]}
    clause:   #/components/schemas/Error
    to do:    write the error in the envelope of this operation
`);
  expect(await failureOf(() => expect(plain(200)).toSatisfyContract())).toContain(`
  the body
    expected: a JSON body
    received: nothing
    clause:   #/paths/~1chats~1{chat_id}/get/responses/200
    to do:    send the body
`);
  const marked = plain(204, { data: chat }, { method: "PUT", path: "/chats/46/mark_as_read" });
  expect(await failureOf(() => expect(marked).toSatisfyContract())).toMatch(
    /expected: no body\n.*\n.*\n {4}to do: {4}send nothing\n/,
  );
});

test("an answer without a body is right where the contract wants none, whichever client has got it", async () => {
  next = { status: 204 };
  expect(await supertest(url).delete("/api/partner/v2/contacts/301")).toSatisfyContract();
  await expect(await fetch(`${url}/api/partner/v2/contacts/301`, { method: "DELETE" })).toSatisfyContract({ method: "DELETE" });
  expect(axiosAnswer({ method: "delete", url: "/api/partner/v2/contacts/301" }, 204, "", {})).toSatisfyContract();
  expect(plain(204, null, { method: "delete", path: "/contacts/301" })).toSatisfyContract();
  next = { status: 200 };
  expect(await supertest(url).head("/api/partner/v2/chats/46")).toSatisfyContract();
});

test("bodies are read as bytes and as text, too", async () => {
  next = { status: 200, body: { data: chat } };
  expect(await supertest(url).get("/api/partner/v2/chats/46").responseType("blob")).toSatisfyContract();
  const bytes = new TextEncoder().encode(JSON.stringify(next.body));
  const config = { url: "/api/partner/v2/chats/46" };
  for (const data of [bytes, bytes.buffer, JSON.stringify(next.body)])
    expect(axiosAnswer(config, 200, data)).toSatisfyContract();
  expect(plain(200, JSON.stringify(next.body))).toSatisfyContract();
});

test("headers count whatever their case, and may be those of fetch", async () => {
  const given = plain(200, { data: chat });
  for (const headers of [{ "Content-Type": "application/json" }, new Headers({ "content-type": "application/json" })]) {
    expect({ ...given, headers }).toSatisfyContract();
  }
  for (const headers of [{ "CONTENT-TYPE": "text/plain" }, new Headers({ "content-type": "text/plain" }), {}]) {
    expect({ ...given, headers }).not.toSatisfyContract();
  }
});

test("a Response of fetch can still be read afterwards", async () => {
  next = { status: 200, body: { data: chat } };
  const response = await fetch(`${url}/api/partner/v2/chats/46`);
  await expect(response).toSatisfyContract();
  expect(await response.json()).toEqual({ data: chat });
});

test("a Response of fetch tells no method, which is then given, or the operation is", async () => {
  const contact = answerExamples.find(({ of }) => of.id === "createContact" && of.status === 201)?.value;
  next = { status: 201, body: contact };
  const post = () => fetch(`${url}/api/partner/v2/contacts`, { method: "POST" });
  await expect(await post()).toSatisfyContract({ method: "post" });
  await expect(await post()).toSatisfyContract("createContact");
  const chatOf201 = { url: "/api/partner/v3/chats", status: 201, body: { nonsense: 1 } };
  const ofV3 = new Response(JSON.stringify(chatOf201.body), { status: 201, headers: { "Content-Type": "application/json" } });
  Object.defineProperty(ofV3, "url", { value: `${url}${chatOf201.url}` });
  for (const check of [
    async () => expect(await post()).toSatisfyContract(),
    async () => expect(await post()).not.toSatisfyContract({ strict: true }),
  ]) {
    expect(await failureOf(check)).toBe(
      'toSatisfyContract: GET was assumed, and listContacts has no 201; say toSatisfyContract("createContact"), or give the method, as in { method: "POST" }.',
    );
  }
  for (const check of [() => expect(ofV3).toSatisfyContract(), () => expect(chatOf201).toSatisfyContract()]) {
    expect(await failureOf(check)).toBe(
      'toSatisfyContract: GET was assumed, and listChats has no 201; say toSatisfyContract("createChat"), or give the method, as in { method: "POST" }.',
    );
  }
  expect({ ...chatOf201, method: "GET" }).toSatisfyContract(); // which status it has is only assumed in V3
  expect(chatOf201).not.toSatisfyContract("createChat");
  const refused = { url: "/api/partner/v2/contacts/301", status: 422, body: {} };
  expect(await failureOf(() => expect(refused).toSatisfyContract())).toContain(
    'getContact has no 422; say toSatisfyContract("updateContact") or toSatisfyContract("patchContact"), or give the method, as in { method: "PUT" }.',
  );
  next = { status: 500, body: {} };
  expect(await failureOf(async () => expect(await fetch(`${url}/api/partner/v2/chats/46`)).toSatisfyContract())).toMatch(
    /A Response of fetch does not tell its method, so GET was assumed; if it was another, say toSatisfyContract\(\{ method: "POST" \}\)\.$/,
  );
});

test("the operation may be named, where the address is not that of the API", async () => {
  next = { status: 200, body: { data: chat } };
  const response = await supertest(url).get("/gateway/chat");
  expect(response).toSatisfyContract("getChat");
  expect(response).not.toSatisfyContract("findChat");
  await expect(new Response(JSON.stringify(next.body), { headers: { "Content-Type": "application/json" } })).toSatisfyContract(
    "getChat",
  );
  expect(await failureOf(() => expect(response).toSatisfyContract())).toMatch(
    /^toSatisfyContract: http:\/\/127\.0\.0\.1:\d+\/gateway\/chat is no address of the API, whose paths are below \/api\/partner\/v2 or \/api\/partner\/v3\. Name the operation, as in toSatisfyContract\("findChat"\)\.$/,
  );
  expect(await failureOf(() => expect(response).toSatisfyContract("get_chat" as "getChat"))).toBe(
    "toSatisfyContract: there is no operation get_chat; getChat was meant.",
  );
  expect(await failureOf(() => expect(response).toSatisfyContract("nonsense" as "getChat"))).toBe(
    "toSatisfyContract: there is no operation nonsense.",
  );
});

test("what breaks the contract may be what is wanted, and says so when it does not", async () => {
  expect(plain(200, {})).not.toSatisfyContract();
  const failure = await failureOf(() => expect(plain(200, { data: chat })).not.toSatisfyContract());
  expect(failure).toBe("GET /api/partner/v2/chats/46 answered 200, and obeys the contract.");
});

test.each<[string, unknown, string]>([
  ["nothing", undefined, "this is undefined."],
  ["a text", "200", "this is a string."],
  ["an empty object", {}, "this is an empty object."],
  ["a list", [plain(200)], "this is an array."],
  ["a body", { data: chat, meta: 1 }, "this is an object with data, meta."],
  [
    "a large object",
    Object.fromEntries([..."abcdefgh"].map((name) => [name, 1])),
    "this is an object with a, b, c, d, e, f, ....",
  ],
  ["an answer of another client", { status: 200, url: "/x", payload: {} }, "this is an object with status, url, payload."],
  ["a promise", Promise.resolve(), "this is a promise; await it first."],
  ["an error", new RangeError("x"), "this is an error, RangeError; its response may be one."],
])("%s is no answer, whether it is to obey or to break the contract", async (_, value, ending) => {
  const message = `toSatisfyContract takes a response of supertest, superagent or axios, a Response of fetch, or an object { method, url, status, body, headers? }; ${ending}`;
  expect(await failureOf(() => expect(value).toSatisfyContract())).toBe(message);
  expect(await failureOf(() => expect(value).not.toSatisfyContract())).toBe(message);
});

test("a supertest that was not awaited is a promise", async () => {
  const pending = supertest(url).get("/api/partner/v2/chats/46");
  expect(await failureOf(() => expect(pending).toSatisfyContract())).toMatch(/this is a promise; await it first\.$/);
});

test("a body that was already read is said to be so", async () => {
  next = { status: 200, body: { data: chat } };
  const response = await fetch(`${url}/api/partner/v2/chats/46`);
  await response.text();
  expect(await failureOf(() => expect(response).toSatisfyContract())).toBe(
    "toSatisfyContract: the body of this Response was already read. Check it before reading it, or give { method, url, status, headers, body }.",
  );
});

test("an address of no operation is said to be so, with the methods that it has", async () => {
  const of = (method: string, path: string): Promise<string> =>
    failureOf(() => expect(plain(200, {}, { method, path })).toSatisfyContract());
  expect(await of("GET", "/chats/46/messages?a=1")).toBe(
    "toSatisfyContract: GET /api/partner/v2/chats/46/messages is no operation; the contract has no such path.",
  );
  expect(await of("POST", "/contacts/301")).toBe(
    "toSatisfyContract: POST /api/partner/v2/contacts/301 is no operation; that path has GET, PUT, PATCH, DELETE.",
  );
  next = { status: 200, body: {} };
  const edit = await fetch(`${url}/api/partner/v2/chats/46/chat_messages/1/edit`);
  expect(await failureOf(() => expect(edit).toSatisfyContract())).toBe(
    'toSatisfyContract: GET /api/partner/v2/chats/46/chat_messages/1/edit is no operation; that path has POST. A Response of fetch does not tell its method, so GET was assumed; if it was another, say toSatisfyContract({ method: "POST" }).',
  );
  expect(await failureOf(() => expect(new Response("{}")).toSatisfyContract())).toMatch(
    /^toSatisfyContract: this answer has no URL\. Name the operation/,
  );
});

test("what is received is cut where it is long, and cannot command a terminal", async () => {
  const long = await failureOf(() => expect(plain(200, { data: "\u202e\u009b".repeat(500) })).toSatisfyContract());
  expect(long).toContain(`received: "${"\\u202e\\u009b".repeat(9)}`);
  expect(Math.max(...long.split("\n").map((line) => line.length))).toBeLessThan(150);
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  expect(await failureOf(() => expect(plain(200, deep)).toSatisfyContract())).toContain(
    "received: what is nested too deep to be shown",
  );
});

test("of very many wrong things only some are shown", async () => {
  const surprises = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`surprise_${i}`, i]));
  const failure = await failureOf(() =>
    expect(plain(200, { data: { ...chat, ...surprises } })).toSatisfyContract({ strict: true }),
  );
  expect(failure).toContain("in 25 places:");
  expect(failure.match(/^ {2}\/data\/surprise_\d+$/gm)).toHaveLength(10);
  expect(failure).toContain("\n\nand 15 more\n\n");
});

test("what is only assumed is no failure, unless it is asked strictly", async () => {
  const { group: _, ...rest } = chat;
  const lenient = plain(200, { data: { ...rest, vibe: "good" } });
  expect(lenient).toSatisfyContract();
  expect(await failureOf(() => expect(lenient).toSatisfyContract({ strict: true }))).toContain("in 2 places:");
  expect(lenient).toSatisfyContract({ operation: "getChat" });
});

test("the matcher is a function, for the expect of others", () => {
  const { pass, message } = toSatisfyContract(plain(200, { data: chat })) as MatcherResult;
  expect([pass, message()]).toEqual([true, "GET /api/partner/v2/chats/46 answered 200, and obeys the contract."]);
});

test("types: the matcher of a Response must be awaited, that of others need not", () => {
  const types = (): void => {
    const ofFetch: Promise<void> = expect(new Response()).toSatisfyContract();
    // @ts-expect-error it is there at once
    const ofOthers: Promise<void> = expect(plain(200)).toSatisfyContract("getChat");
    const imported: Promise<void> = importedExpect(new Response()).not.toSatisfyContract({ method: "POST" });
    // @ts-expect-error there is no such operation
    expect(plain(200)).toSatisfyContract("getNothing");
    void [ofFetch, ofOthers, imported];
  };
  expect(types).toBeInstanceOf(Function);
});
