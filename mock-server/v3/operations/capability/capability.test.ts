import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-capability-scope, A-v3-service-choice, A-v3-code-choice.

test.each<[string, string, object]>([
  [ANN, "check_imessage", { available: true, selected_service: "iMessage" }],
  [DEE, "check_imessage", { available: true, selected_service: "iMessage" }],
  [BEN, "check_imessage", { available: false, reason: "not_supported" }],
  [BEN, "check_rcs", { available: true, selected_service: "RCS" }],
  [CAY, "check_rcs", { available: false, reason: "not_supported" }],
])("%s, %s", async (address, check, answer) => {
  const api = apiClient({ fixtures: smallWorld }, "v3");
  const { status, body } = await api.post(`/capability/${check}`, { address, from: LINE });
  expect([status, body]).toEqual([200, { address, ...answer }]);
});

test("one check in ten seconds is answered to a token, whichever it is", async () => {
  const api = apiClient({ fixtures: smallWorld, clock: "2026-01-05T12:00:00Z" }, "v3");
  await api.post("/capability/check_imessage", { address: ANN });
  await api.advance(3000);
  const refused = await api.post("/capability/check_rcs", { address: ANN });
  expect([refused.status, refused.body.error.code, refused.body.error.retry_after]).toEqual([429, 1007, 7]);
  const other = await api.post("/capability/check_rcs", { address: ANN }, { Authorization: "Bearer other" });
  expect(other.status).toBe(200);
  await api.advance(7000);
  expect((await api.post("/capability/check_rcs", { address: ANN })).status).toBe(200);
});

test.each<[string, string, object, number, number]>([
  ["check_imessage", "nothing", {}, 400, 1001],
  ["check_imessage", "a number that is not E.164", { address: "2055550101" }, 400, 1002],
  ["check_imessage", "a foreign line", { address: ANN, from: "+12055559999" }, 403, 2006],
  ["check_rcs", "an e-mail address", { address: DEE }, 400, 1002],
])("%s of %s is refused", async (check, _, body, status, code) => {
  const answer = await apiClient({ fixtures: smallWorld }, "v3").post(`/capability/${check}`, body);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});
