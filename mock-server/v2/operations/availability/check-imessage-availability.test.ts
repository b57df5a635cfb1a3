import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, CAY, STRANGER, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-number-invalid, A-create-status.

const PATH = "/i_message_availability/check";
const NOW = "2025-07-01T12:00:00.000-05:00";

function freshApi() {
  return apiClient({
    fixtures: { ...smallWorld, availability: { ...smallWorld.availability, [ANN]: "iMessage" } },
    clock: NOW,
  });
}

const token = (name: string) => ({ "X-LINQ-INTEGRATION-TOKEN": name });

test.each([
  ["known to receive iMessage", ANN, true],
  ["that receives RCS at best", BEN, false],
  ["that receives SMS only", CAY, false],
  ["nothing is known about", STRANGER, true],
])("a number %s", async (_, phone_number, available) => {
  const { status, body, assumptions } = await freshApi().post(PATH, { phone_number });
  expect(status).toBe(200);
  expect(body).toEqual({ available, phone_number });
  expect(assumptions.includes("A-availability")).toBe(phone_number === STRANGER);
});

test.each(["2055550102", "12055550102"])("%s is answered in E.164", async (phone_number) => {
  const { body, assumptions } = await freshApi().post(PATH, { phone_number });
  expect(body).toEqual({ available: false, phone_number: BEN });
  expect(assumptions).toContain("A-availability-number");
});

test("one check in 10 seconds is answered", async () => {
  const api = freshApi();
  await api.post(PATH, { phone_number: ANN });
  await api.advance(2500);
  const { status, body, headers, hint, assumptions } = await api.post(PATH, { phone_number: BEN });
  expect(status).toBe(429);
  expect(body.errors[0]).toMatchObject({ status: 429, code: "too_many_requests", title: "Too Many Requests" });
  expect(body.errors[0].detail).toBe("phone_number may be checked once every 10 seconds"); // of a token, not of a line
  expect(headers["retry-after"]).toBe("8");
  expect(hint).toContain("advance it");
  expect(assumptions).toEqual(["A-availability-scope", "A-retry-after", "A-error-wording"]);
});

test("whoever waits as long as told is answered, once again", async () => {
  const api = freshApi();
  await api.post(PATH, { phone_number: ANN });
  await api.advance(9999);
  const { status, headers } = await api.post(PATH, { phone_number: ANN });
  expect({ status, wait: headers["retry-after"] }).toEqual({ status: 429, wait: "1" });
  await api.advance(1);
  expect((await api.post(PATH, { phone_number: ANN })).status).toBe(200);
  expect((await api.post(PATH, { phone_number: ANN })).status).toBe(429);
});

test("a refused check does not make the wait longer", async () => {
  const api = freshApi();
  await api.post(PATH, { phone_number: ANN });
  await api.advance(9000);
  await api.post(PATH, { phone_number: ANN });
  await api.advance(1000);
  expect((await api.post(PATH, { phone_number: ANN })).status).toBe(200);
});

test("each token has a limit of its own", async () => {
  const api = freshApi();
  expect((await api.post(PATH, { phone_number: ANN }, token("a"))).status).toBe(200);
  expect((await api.post(PATH, { phone_number: ANN }, token("b"))).status).toBe(200);
  expect((await api.post(PATH, { phone_number: ANN }, token("a"))).status).toBe(429);
});

test("a reset forgets the limit", async () => {
  const api = freshApi();
  await api.post(PATH, { phone_number: ANN });
  await api.send("POST", "//__mock/reset");
  expect((await api.post(PATH, { phone_number: ANN })).status).toBe(200);
});

test("without rate limits every check is answered", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: NOW, rateLimits: false });
  for (const phone_number of [ANN, BEN, CAY]) expect((await api.post(PATH, { phone_number })).status).toBe(200);
});

test.each([
  [422, { phone_number: "(205) 555-0102" }],
  [422, { phone_number: "ann@example.com" }],
  [400, { phone_number: "" }],
  [400, { phone_number: " " }],
  [400, { phone_number: 2055550102 }],
  [400, {}],
])("%i refuses %j, which does not count", async (status, body) => {
  const api = freshApi();
  const answer = await api.post(PATH, body);
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0].detail).toMatch(/^phone_number |^Missing required parameter: phone_number$/);
  expect((await api.post(PATH, { phone_number: ANN })).status).toBe(200);
});
