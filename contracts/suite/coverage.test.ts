import { operations } from "../generated/v2/operations";
import { findChatPath } from "../operations";
import { startTarget, type Target } from "../testing/start-mock";
import { type Coverage, coverageOf } from "./coverage";
import type { Law } from "./law";
import type { ContractReport } from "./report";
import { runContract } from "./run";

const LAW: Law = {
  number: 1,
  title: "a test asks",
  broken: "a test was not answered",
  operation: "findChat",
  clause: "#",
  requests: 0,
  check: async () => {},
};

let target: Target;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target.stop());

/** A run of one law. */
function runOf(check: Law["check"]): Promise<ContractReport> {
  const { url, token, line } = target;
  return runContract({ target: url, token, line, isOwnMock: true }, [{ ...LAW, check }]);
}

function ofOperation({ operations: covered }: Coverage, operation: string) {
  const found = covered.find((candidate) => candidate.operation === operation);
  if (!found) throw new Error(`${operation} is not covered`);
  const places = found.places.map(({ of, pointer, facet, cases }) => [
    `${of} ${pointer} ${facet}`,
    Object.fromEntries(cases.map(({ name, count }) => [name, count])),
  ]);
  return { ...found, places: Object.fromEntries(places) };
}

test("coverage has the branches of Find Chat, the statuses and the services that a run has seen", async () => {
  const report = await runOf(async ({ api, line }) => {
    await api.find(line, ["+12055426109"]);
    await api.find(line, ["+12025550199"]);
    await api.find(line, ["+12025550198"]);
    await api.request("GET", findChatPath(line, ["+12025550199"]), undefined, { token: "none" });
  });
  const { requests, statuses, places, total } = ofOperation(coverageOf(report), "findChat");
  expect(requests).toBe(4);
  expect(statuses).toEqual([
    { status: 200, count: 3, isListed: true },
    { status: 400, count: 0, isListed: true },
    { status: 401, count: 1, isListed: true },
  ]);
  expect(places).toEqual({
    "200 /data branch": { ChatFound: 1, ChatNotFound: 2 },
    "200 /data/chat/service value": { iMessage: 1, SMS: 0, RCS: 0 },
    "200 /data/chat/group value": { true: 0, false: 1 },
    "200 /data/chat/chat_handles length": { "not empty": 1, empty: 0 },
    "200 /data/chat/chat_handles/*/service value": { iMessage: 1, SMS: 0, RCS: 0 },
  });
  expect(total).toEqual({ seen: 8, of: 15 });
});

test("coverage has the requests that were granted, and leaves out those that were refused", async () => {
  const report = await runOf(async ({ api, sample }) => {
    const { id } = await sample.chat();
    await api.request("GET", `/chats/${id}/chat_messages?sort=desc&per_page=5`);
    await api.request("GET", `/chats/${id}/chat_messages?sort=asc&page=0`);
  });
  const { statuses, places } = ofOperation(coverageOf(report), "listMessages");
  expect(statuses.find(({ status }) => status === 400)?.count).toBe(1);
  expect(places).toMatchObject({
    "request /query/sort presence": { present: 1, absent: 0 },
    "request /query/sort value": { asc: 0, desc: 1 },
    "request /query/per_page presence": { present: 1, absent: 0 },
    "request /query/page presence": { present: 0, absent: 1 },
  });
});

test("coverage has the events that came, those that the contract does not know last", async () => {
  const report = await runOf(async ({ api, receiver, unique }) => {
    const endpoint = (await receiver()).endpoint(unique());
    await api.subscribe({ webhook_url: endpoint.url, events: ["contact.created"], version: 2 });
    const { id } = await api.createContact({ first_name: unique() });
    await endpoint.event("contact.created", (data) => data.id === id);
  });
  const { events, operations: covered } = coverageOf({ ...report, events: [...report.events, { type: "line.lost" }] });
  expect(events).toHaveLength(15);
  expect(events.filter(({ count }) => count > 0)).toEqual([
    { type: "contact.created", count: 1, isListed: true },
    { type: "line.lost", count: 1, isListed: false },
  ]);
  expect(ofOperation(coverageOf(report), "createWebhookSubscription").places).toMatchObject({
    "request /body/webhook_subscription/events/* value": { "contact.created": 1, "contact.updated": 0 },
    "201 /webhook_subscription/secret_configured value": { true: 0, false: 1 },
    "201 /webhook_subscription/last_delivered_at null": { "not null": 0, null: 1 },
  });
  expect(covered.map(({ operation }) => operation)).toEqual(Object.keys(operations));
});

test("a status that the contract does not list is in the coverage, and is no part of the share", () => {
  const answer = { status: 418, headers: {}, body: undefined, text: "" };
  const request = { method: "GET", path: "/phone_numbers" };
  const teapot = { operation: "listPhoneNumbers", request, response: answer, token: "own", ms: 1 } as const;
  const coverage = coverageOf({ exchanges: [teapot], events: [] });
  const { statuses, total } = ofOperation(coverage, "listPhoneNumbers");
  expect(statuses.at(-1)).toEqual({ status: 418, count: 1, isListed: false });
  expect(total).toEqual({ seen: 0, of: 8 });
  expect(coverage.total.seen).toBe(0);
});
