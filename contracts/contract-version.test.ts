import { checkEvent, checkExchange, violationsOf } from "./check";
import { addressOf, contractOfEvent } from "./contract-version";
import { reportOfHar } from "./har/report-of-har";
import { toSatisfyContract } from "./matcher/to-satisfy-contract";
import { type Json, textOfV3 } from "./testing/contract-examples";

const CHAT = "5f0c2a10-e29b-41d4-a716-446655440000";
const V3 = `/api/partner/v3/chats/${CHAT}`;
const NOT_FOUND: Json = textOfV3.answers.find(({ of }) => of.id === "getChat" && of.status === 404)?.value;

test.each([
  ["http://127.0.0.1:4010/api/partner/v2/chats/46?x=1", "v2", "/chats/46?x=1"],
  [`https://api.linqapp.com${V3}`, "v3", `/chats/${CHAT}`],
  [`/s/box${V3}?limit=1`, "v3", `/chats/${CHAT}?limit=1`],
])("%s is an address of %s", (url, name, path) => {
  expect(addressOf(url)).toMatchObject({ contract: { name }, path });
});

test.each(["/chats/46", "/api/partner/v4/chats", "http://[", ""])("%s is an address of no version", (url) => {
  expect(addressOf(url)).toBeUndefined();
});

describe("an exchange is checked by the version that its path names", () => {
  test("one of V3", () => {
    const request = { method: "GET", path: V3 };
    expect(checkExchange("getChat", request, { status: 404, body: NOT_FOUND })).toEqual([]);
    expect(checkExchange("getChat", request, { status: 404, body: { ...NOT_FOUND, success: true } })).toMatchObject([
      { operation: "getChat", side: "response", pointer: "/success", expected: "false", basis: "documented" },
    ]);
  });

  test("the same answer is wrong in V2, whose paths may go without a prefix", () => {
    const [violation] = checkExchange("getChat", { method: "GET", path: "/chats/46" }, { status: 404, body: NOT_FOUND });
    expect(violation).toMatchObject({ clause: "#/components/schemas/Error" });
  });

  test("an error of V2 is of the wrong form in V3", () => {
    const body = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "No" }] };
    expect(checkExchange("getChat", { method: "GET", path: V3 }, { status: 404, body })).toMatchObject([
      { rule: "envelope", expected: expect.stringContaining("an ErrorResponse"), clause: "#/components/schemas/ErrorResponse" },
    ]);
  });

  test("its query and body, with lists in commas", () => {
    const list = { method: "GET", path: "/api/partner/v3/available_number?to=%2B12055550101,%2B12055550102" };
    expect(violationsOf("getAvailableNumber", list, { status: 200 }).filter(({ side }) => side === "request")).toEqual([]);
    const typed = { method: "GET", path: "/api/partner/v3/chats?limit=many" };
    expect(checkExchange("listChats", typed, { status: 200 })).toContainEqual(
      expect.objectContaining({ side: "request", pointer: "/query/limit" }),
    );
    const sent = { method: "POST", path: `${V3}/messages`, body: { parts: [] } };
    expect(checkExchange("sendMessage", sent, { status: 202 })).toContainEqual(
      expect.objectContaining({ side: "request", pointer: "/body/message", rule: "required" }),
    );
  });

  test("what no contract declares for V3 is only assumed, and V2's general limit is not V3's", () => {
    const request = { method: "GET", path: V3 };
    expect(checkExchange("getChat", request, { status: 429 })).toEqual([]);
    expect(checkExchange("getChat", request, { status: 429 }, { strict: true })).toMatchObject([{ rule: "status" }]);
  });

  test("an error of a status that is not listed is one of V3's, where it is JSON; V2 documents no such form", () => {
    const ofV3 = (status: number, body: unknown) => checkExchange("getChat", { method: "GET", path: V3 }, { status, body });
    for (const status of [422, 429, 503]) {
      expect(ofV3(status, NOT_FOUND)).toEqual([]);
      expect(ofV3(status, { ...NOT_FOUND, vibe: "good" })).toEqual([]);
      expect(ofV3(status, "<html>")).toEqual([]);
      expect(ofV3(status, { nonsense: 1 })).toMatchObject([
        { rule: "type", pointer: "", clause: "#/components/schemas/ErrorResponse", basis: "documented" },
      ]);
      expect(ofV3(status, { ...NOT_FOUND, success: true })).toMatchObject([{ pointer: "/success" }]);
    }
    const ofV2 = (strict: boolean) => {
      return checkExchange("getChat", { method: "GET", path: "/chats/46" }, { status: 422, body: { nonsense: 1 } }, { strict });
    };
    expect([ofV2(false).length, ofV2(true).map(({ rule }) => rule)]).toEqual([0, ["status", "type"]]);
  });

  test("an operation of the other version is a mistake of the caller's", () => {
    const ask = () => checkExchange("sendMessageAuto", { method: "POST", path: "/messages" }, { status: 202 });
    expect(ask).toThrow("v2 has no operation sendMessageAuto; that is one of v3, whose paths start with /api/partner/v3");
    expect(() => checkExchange("findChat", { method: "GET", path: V3 }, { status: 200 })).toThrow(
      "v3 has no operation findChat",
    );
  });
});

describe("an event is checked by the version that it says", () => {
  const event: Json = textOfV3.events.find(({ of }) => of === "message.sent")?.value;

  test("one of V3", () => {
    expect(checkEvent("message.sent", event)).toEqual([]);
    expect(checkEvent("message.sent", { ...event, trace_id: 7 })).toMatchObject([{ pointer: "/trace_id" }]);
    expect(checkEvent("message.lost", event)).toMatchObject([{ rule: "enum", pointer: "/event_type" }]);
  });

  test("one that says nothing is taken for one of V2", () => {
    expect(contractOfEvent(event).name).toBe("v3");
    for (const other of [{ ...event, api_version: "v9" }, {}, null, 7]) expect(contractOfEvent(other).name).toBe("v2");
    expect(checkEvent("message.sent", { ...event, api_version: "v2" }).length).toBeGreaterThan(1);
  });
});

describe("the matcher knows the version by the URL", () => {
  const answer = { method: "GET", url: `http://localhost:4010${V3}`, status: 404, body: NOT_FOUND };

  test("an answer of V3", () => {
    expect(toSatisfyContract(answer)).toMatchObject({ pass: true });
    const failed = toSatisfyContract({ ...answer, body: {} }) as { pass: boolean; message: () => string };
    expect(failed.pass).toBe(false);
    expect(failed.message()).toContain(`GET ${V3} answered 404, and breaks the contract of `);
    expect(failed.message()).toContain("linq-mock/contract-v3.yaml");
  });

  test("a name alone is V2's, unless V3 alone has it", () => {
    expect(toSatisfyContract({ status: 404, body: NOT_FOUND }, "getChat")).toMatchObject({ pass: false });
    expect(toSatisfyContract({ status: 404, body: NOT_FOUND }, "getThread")).toMatchObject({ pass: true });
  });

  test("a path that V3 does not have", () => {
    const unknown = { ...answer, url: "http://localhost:4010/api/partner/v3/contacts" };
    expect(() => toSatisfyContract(unknown)).toThrow(
      "GET /api/partner/v3/contacts is no operation; the contract has no such path",
    );
  });
});

test("a recording is checked by the version of each of its calls", () => {
  const v2 = { errors: [{ status: 404, code: "not_found", title: "Not Found", detail: "Chat not found" }] };
  const entries = [entry(V3, NOT_FOUND), entry(V3, { ...NOT_FOUND, error: 7 }), entry("/api/partner/v2/chats/46", v2)];
  const report = reportOfHar(JSON.stringify({ log: { entries } }), "both.har");
  expect(report.recording).toMatchObject({ entries: 3, checked: 3 });
  expect(report.tokens).toEqual(["t-1"]);
  expect(report.outcomes.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["shape-v3-getChat-404-/error:type", "fail"],
    ["shape-getChat-404", "pass"],
  ]);
});

test("a recorded error of a gateway, which has the form of none, says nothing of the contract; one of the server does", () => {
  const entries = [entry(V3, { message: "no healthy upstream" }, 502), entry(V3, { message: "no" }, 422)];
  const { outcomes } = reportOfHar(JSON.stringify({ log: { entries } }), "errors.har");
  expect(outcomes.filter(({ verdict }) => verdict === "fail").map(({ id }) => id)).toEqual(["shape-v3-getChat-422-:type"]);
});

function entry(path: string, body: unknown, status = 404) {
  return {
    startedDateTime: "2026-01-01T00:00:00Z",
    time: 1,
    request: {
      method: "GET",
      url: `https://api.linqapp.com${path}`,
      headers: [{ name: "authorization", value: "Bearer t-1" }],
    },
    response: {
      status,
      headers: [{ name: "content-type", value: "application/json" }],
      content: { text: JSON.stringify(body), mimeType: "application/json" },
    },
  };
}
