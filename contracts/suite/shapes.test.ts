import type { OperationId } from "../generated/v2/operations";
import { answerExamples, eventExamples, type Json, valueAt } from "../testing/contract-examples";
import { type CheckOutcome, MOST_SHOWN, type RecordedExchange, SERVER_TROUBLE } from "./report";
import { anExchange } from "./reports/testing/an-exchange";
import { ShapeChecker } from "./shapes";

const chat: Json = answerExamples.find(({ of }) => of.id === "getChat" && of.status === 200)?.value.data;
const received: Json = eventExamples.find(({ of }) => of === "message.received")?.value;

/** What an exchange holds beside its status and its body. */
interface Given {
  readonly operation?: OperationId;
  readonly type?: string;
}

function getChat(
  status: number,
  body: Json,
  { operation = "getChat", type = "application/json" }: Given = {},
): RecordedExchange {
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": type };
  const request = { method: "GET", path: "/chats/46" };
  return { operation, request, response: { status, headers, body, text }, token: "own", ms: 2 };
}

/** The outcomes of some exchanges with a server that others use too. */
function outcomesOf(...exchanges: RecordedExchange[]): CheckOutcome[] {
  const shapes = new ShapeChecker({ demands: "documented" });
  for (const exchange of exchanges) shapes.check(exchange, { tentative: false });
  return shapes.outcomes();
}

test("what is right is one outcome for each operation and status", () => {
  const missing = answerExamples.find(({ of }) => of.id === "getChat" && of.status === 404)?.value;
  expect(outcomesOf(getChat(200, { data: chat }), getChat(404, missing), getChat(200, { data: chat }))).toEqual([
    {
      id: "shape-getChat-200",
      check: "shape",
      title: "the shape of getChat 200",
      place: "Get Chat 200",
      operation: "getChat",
      kind: "read",
      verdict: "pass",
      clause: "#/paths/~1chats~1{chat_id}/get/responses/200",
      assumptions: [],
      exchanges: [],
      requests: 2,
      ms: 4,
    },
    expect.objectContaining({ id: "shape-getChat-404", verdict: "pass", requests: 1 }),
  ]);
});

test("a violation is reported with its place, what is expected and what is there", () => {
  const exchange = getChat(200, { data: { ...chat, id: "46" } });
  expect(outcomesOf(exchange)).toEqual([
    {
      id: "shape-getChat-200-/data/id:type",
      check: "shape",
      title: "the shape of getChat 200",
      place: "Get Chat 200",
      operation: "getChat",
      kind: "read",
      verdict: "fail",
      reason: "/data/id must be an integer of at least 1",
      cause: "type #/components/schemas/Chat/properties/id",
      clause: "#/components/schemas/Chat/properties/id",
      assumptions: [],
      evidence: { what: "type", pointer: "/data/id", expected: "an integer of at least 1", received: "46" },
      exchanges: [exchange],
      requests: 1,
      ms: 2,
    },
  ]);
});

test.each<[string, RecordedExchange, string, string]>([
  [
    "a missing id",
    getChat(200, { data: { ...chat, id: undefined } }),
    "/data/id:required",
    "/data/id is missing; it must be an integer of at least 1",
  ],
  [
    "a value that is none of those",
    getChat(200, { data: { ...chat, service: "Fax" } }),
    "/data/service:enum",
    "/data/service must be one of iMessage, SMS, RCS",
  ],
  ["a status that is not declared", getChat(500, {}), ":status", "the status must be one of 200, 401, 404"],
  ["a body where none may be", getChat(204, {}, { operation: "deleteContact" }), ":body", "there must be no body"],
  ["no body where one must be", getChat(200, undefined), ":body", "there must be a JSON body"],
  [
    "another content type",
    getChat(200, { data: chat }, { type: "text/json" }),
    ":content-type",
    "the content type must be application/json",
  ],
  [
    "the envelope of other operations",
    getChat(404, { status: "error", error_code: "X", message: "x", errors: [] }),
    ":envelope",
    "the body must be an Error, { errors: [{ status, code, title, detail }] }, not a StandardError",
  ],
])("%s fails, on whichever server", (_, exchange, place, reason) => {
  const shapes = new ShapeChecker({ demands: "documented" });
  expect(shapes.check(JSON.parse(JSON.stringify(exchange)), { tentative: false })).toMatchObject({
    broken: [expect.any(String)],
  });
  const id = `shape-${exchange.operation}-${exchange.response.status}-${place}`;
  expect(shapes.outcomes()).toMatchObject([{ id, verdict: "fail", reason }]);
});

test("of a 5xx that is declared, the status is told and nothing of its body, by the plainest request", () => {
  const shapes = new ShapeChecker({ demands: "documented" });
  const body = { status: 500, error: "Internal Server Error" };
  const paths = ["/contacts?per_page=3", "/contacts?page=0", "/contacts?per_page=many"];
  shapes.check(anExchange("/contacts?per_page=3", { status: 200, body: {} }), { tentative: false });
  for (const path of paths) shapes.check(anExchange(path, { status: 500, body }), { tentative: false });
  const [told, ...more] = shapes.outcomes().filter(({ id }) => id.includes("500"));
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    id: "shape-listContacts-500-:status",
    verdict: "fail",
    reason: "the status must be one of 200, 400, 401",
    cause: SERVER_TROUBLE,
  });
  expect(told?.exchanges.at(-1)?.request.path).toBe("/contacts?per_page=3");
});

test("what is only assumed is contradicted, and on our own mock a failure", () => {
  const { group: _, ...rest } = chat;
  const exchange = getChat(200, { data: { ...rest, display_name: null } });
  for (const [demands, verdict] of [
    ["documented", "contradicted"],
    ["all", "fail"],
  ] as const) {
    const shapes = new ShapeChecker({ demands });
    shapes.check(exchange, { tentative: false });
    expect(shapes.outcomes()).toMatchObject([
      { id: "shape-getChat-200-/data/group:required", verdict, assumptions: ["A-always-present"] },
      { id: "shape-getChat-200-/data/display_name:type", verdict, assumptions: ["A-contact-empty"] },
    ]);
  }
});

test("a field that the contract does not know is a verdict of its own, and on our own mock a failure", () => {
  const exchange = getChat(200, { data: { ...chat, vibe: "good" } });
  const [live, own] = [new ShapeChecker({ demands: "documented" }), new ShapeChecker({ demands: "all" })];
  expect([live.check(exchange, { tentative: false }), own.check(exchange, { tentative: false })]).toEqual([
    { broken: [], cause: undefined, assumptions: ["A-extra-fields"] },
    { broken: ["/data/vibe"], cause: "added #/components/schemas/Chat", assumptions: ["A-extra-fields"] },
  ]);
  const common = {
    id: "shape-getChat-200-/data/vibe:added",
    reason: "/data/vibe is a field that the contract does not know",
    evidence: {
      what: "added",
      pointer: "/data/vibe",
      expected: "no field but id, display_name, service, group, message_count, chat_handles",
      received: "good",
    },
  };
  expect(live.outcomes()).toMatchObject([{ ...common, verdict: "added" }]);
  expect(own.outcomes()).toMatchObject([{ ...common, verdict: "fail" }]);
});

test("a violation in many entries of a list, and many times, is reported once, with some of the exchanges", () => {
  const [handle] = chat.chat_handles;
  const handles = { chat_handles: [handle, { ...handle, id: 0 }, { ...handle, id: -1 }] };
  const exchanges = Array.from({ length: MOST_SHOWN + 3 }, () => getChat(200, { data: { ...chat, ...handles } }));
  const [outcome, ...others] = outcomesOf(...exchanges);
  expect(others).toEqual([]);
  expect(outcome).toMatchObject({
    id: "shape-getChat-200-/data/chat_handles/*/id:minimum",
    reason: "/data/chat_handles/1/id must be an integer of at least 1",
    requests: MOST_SHOWN + 3,
  });
  expect(outcome?.exchanges).toHaveLength(MOST_SHOWN);
});

test("several wrong things are several outcomes, and none of them passes", () => {
  const outcomes = outcomesOf(getChat(200, { data: chat }), getChat(200, { data: { ...chat, id: 0, vibe: 1 } }));
  expect(outcomes.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["shape-getChat-200-/data/vibe:added", "added"],
    ["shape-getChat-200-/data/id:minimum", "fail"],
  ]);
});

test("while trying what is only assumed, any status may come, but a declared one keeps its shape", () => {
  const shapes = new ShapeChecker({ demands: "all" });
  expect(shapes.check(getChat(422, {}), { tentative: true })).toBeUndefined();
  expect(shapes.outcomes()).toEqual([]);
  expect(shapes.check(getChat(404, {}), { tentative: true })).toMatchObject({ broken: [expect.any(String)] });
});

test("a request that breaks the contract is not what the server is judged by", () => {
  const exchange = getChat(400, answerExamples.find(({ of }) => of.id === "listChats" && of.status === 400)?.value, {
    operation: "listChats",
  });
  expect(outcomesOf(exchange)).toMatchObject([{ verdict: "pass" }]);
});

test("an event that is right passes", () => {
  const shapes = new ShapeChecker({ demands: "documented" });
  expect(shapes.checkEvent(received)).toBeUndefined();
  shapes.checkEvent(received);
  expect(shapes.outcomes()).toEqual([
    {
      id: "shape-event-message.received",
      check: "shape",
      title: "the shape of the event message.received",
      place: "the event message.received",
      operation: "createWebhookSubscription",
      kind: "write",
      verdict: "pass",
      clause: "#/webhooks/message.received",
      assumptions: [],
      exchanges: [],
      requests: 0,
      ms: 0,
    },
  ]);
  expect(valueAt("#/webhooks/message.received")).toBeDefined();
});

test("a broken event is reported as an answer is, what is added apart from the rest", () => {
  const wrong = { ...received, vibe: "good", data: { ...received.data, id: 7 } };
  const [live, own] = [new ShapeChecker({ demands: "documented" }), new ShapeChecker({ demands: "all" })];
  expect([live.checkEvent(wrong), own.checkEvent({ ...received, vibe: "good" })]).toMatchObject([
    { broken: ["/data/id"] },
    { broken: ["/vibe"] },
  ]);
  expect(live.outcomes()).toMatchObject([
    {
      id: "shape-event-message.received-/vibe:added",
      verdict: "added",
      reason: "/vibe is a field that the contract does not know",
    },
    {
      id: "shape-event-message.received-/data/id:type",
      verdict: "fail",
      reason: "/data/id must be a string that matches ^[1-9][0-9]*$",
      clause: "#/components/schemas/MessageEventData/properties/id",
      evidence: { what: "type", pointer: "/data/id", received: 7 },
      exchanges: [],
    },
  ]);
  expect(own.outcomes()).toMatchObject([{ id: "shape-event-message.received-/vibe:added", verdict: "fail" }]);
});

test("an event that the contract does not know fails", () => {
  const shapes = new ShapeChecker({ demands: "documented" });
  shapes.checkEvent({ ...received, event_type: "message.lost" });
  expect(shapes.outcomes()).toMatchObject([
    { id: "shape-event-message.lost-/event_type:enum", verdict: "fail", evidence: { received: "message.lost" } },
  ]);
});
