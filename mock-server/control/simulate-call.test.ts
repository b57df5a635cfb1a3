import { apiClient } from "../testing/api-client";
import { ANN, DEE, LINE, OTHER_LINE, STRANGER, smallWorld } from "../testing/worlds";

const CALL = "//__mock/simulate/call";

function freshApi() {
  return apiClient({ fixtures: smallWorld, clock: "2025-07-01T12:00:00.000-05:00" });
}

test("somebody has called: a minute, answered at the line, just now", async () => {
  const { status, body } = await freshApi().post(CALL, { line: LINE, with: STRANGER });
  expect(status).toBe(201);
  expect(body.call).toEqual({
    id: "1",
    from: STRANGER,
    to: LINE,
    status: "completed",
    direction: "inbound",
    start_time: "2025-07-01 11:59:00 -0500",
    end_time: "2025-07-01 12:00:00 -0500",
    duration: 60,
    call_type: "normal",
    forwarded_from: null,
    answered_by: LINE,
    voicemail: false,
    has_recording: false,
    recording_data: null,
  });
});

test("the line has called, in any format of the numbers", async () => {
  const { body } = await freshApi().post(CALL, { line: "2052761148", with: "2055550101", direction: "outbound" });
  expect(body.call).toMatchObject({ from: LINE, to: ANN, direction: "outbound", answered_by: ANN });
});

test("whatever is said of it is so", async () => {
  const said = { status: "missed", call_type: "facetime", answered_by: "nobody" };
  const { body } = await freshApi().post(CALL, {
    line: LINE,
    with: DEE,
    duration_s: 0,
    forwarded_from: "5559876543",
    ...said,
  });
  expect(body.call).toMatchObject({ ...said, from: DEE, duration: 0, forwarded_from: OTHER_LINE });
  expect(body.call.start_time).toBe(body.call.end_time);
});

test("whom nobody answered is no answerer (A-call-fields)", async () => {
  const api = freshApi();
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["call.completed"] },
  });
  const missed = { line: LINE, with: ANN, status: "missed" };
  const answeredBy = async (call: object) => (await api.post(CALL, call)).body.call.answered_by;
  expect(await answeredBy({ ...missed, duration_s: 0 })).toBeNull();
  expect(await answeredBy({ ...missed, duration_s: 4 })).toBeNull();
  expect(await answeredBy({ line: LINE, with: ANN, duration_s: 0 })).toBe(LINE);
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(deliveries.map(({ contract }: { contract: object }) => contract)).toEqual(
    Array(3).fill({ valid: true, violations: [] }),
  );
});

test.each(["missed", "no_answer", "busy", "declined"])("a call that is %s took no time, in either version", async (status) => {
  const api = freshApi();
  await api.post("//__mock/subscriptions", { url: "http://127.0.0.1:1/", version: "v3" });
  const { body } = await api.post(CALL, { line: LINE, with: ANN, status });
  expect(body.call).toMatchObject({ status, duration: 0, answered_by: null });
  const [delivery] = (await api.get("//__mock/deliveries")).body.deliveries;
  expect(JSON.parse(delivery.body).data).toMatchObject({ status, duration_seconds: 0 });
});

test("a voicemail", async () => {
  const { body } = await freshApi().post(CALL, { line: LINE, with: ANN, voicemail: true });
  expect(body.call).toMatchObject({ voicemail: true, answered_by: LINE });
});

test("a recording is as long as the call", async () => {
  const recording = { url: "https://files.example/1.mp3", transcription: "Hello", summary: "A greeting" };
  const { body } = await freshApi().post(CALL, { line: LINE, with: ANN, duration_s: 5, recording });
  expect(body.call.has_recording).toBe(true);
  expect(body.call.recording_data).toEqual({
    id: expect.stringMatching(/^[1-9]\d*$/),
    duration: 5,
    transcribed: true,
    transcript_available: true,
    ...recording,
  });
});

test("a recording may be of sound alone (A-call-fields)", async () => {
  const { body } = await freshApi().post(CALL, { line: LINE, with: ANN, recording: { url: "https://files.example/1.mp3" } });
  const untold = { transcribed: false, transcript_available: false, transcription: "", summary: "" };
  expect(body.call).toMatchObject({ has_recording: true, recording_data: untold });
});

test("calls are numbered, and receivers are told what the answer says", async () => {
  const api = freshApi();
  await api.post("/webhook_subscriptions", {
    webhook_subscription: { webhook_url: "http://127.0.0.1:1/", version: 2, events: ["call.completed"] },
  });
  await api.post(CALL, { line: LINE, with: ANN });
  const { body } = await api.post(CALL, { line: OTHER_LINE, with: ANN });
  expect(body.call.id).toBe("2");
  const { deliveries } = (await api.get("//__mock/deliveries")).body;
  expect(JSON.parse(deliveries[0].body).data).toEqual(body.call);
  expect(deliveries[0].contract).toEqual({ valid: true, violations: [] });
});

test.each([
  [
    "a line that is not there",
    { line: STRANGER, with: ANN },
    404,
    {
      code: "line_unknown",
      pointer: "/line",
      message: `${STRANGER} is not one of your phone numbers`,
      hint: `There are ${LINE}, ${OTHER_LINE}.`,
    },
  ],
  ["a line with itself", { line: LINE, with: LINE }, 409, { code: "impossible", message: "A line cannot call itself" }],
  [
    "what is no number",
    { line: LINE, with: "Zed" },
    422,
    { code: "invalid", pointer: "/with", message: "with is neither a phone number nor an e-mail address" },
  ],
  [
    "forwarded from what is no number",
    { line: LINE, with: ANN, forwarded_from: "Ann" },
    422,
    { code: "invalid", pointer: "/forwarded_from", message: "forwarded_from is not a valid phone number" },
  ],
  ["without the other side", { line: LINE }, 422, { code: "invalid", message: "with is missing" }],
  [
    "by a chat",
    { chat: 46 },
    422,
    { code: "invalid", message: "line is missing", hint: "It needs line and with; chat is not read." },
  ],
  ["without a line", { with: ANN }, 422, { code: "invalid", message: "line is missing" }],
  [
    "a call that has not begun",
    { line: LINE, with: ANN, duration_s: -1 },
    422,
    { code: "invalid", pointer: "/duration_s", message: "duration_s must be at least 0" },
  ],
  [
    "a recording that is nowhere",
    { line: LINE, with: ANN, recording: { url: "here" } },
    422,
    { code: "invalid", pointer: "/recording/url", message: "recording.url must be a URL" },
  ],
  [
    "a status that no call has",
    { line: LINE, with: ANN, status: "complete" },
    422,
    { code: "invalid", pointer: "/status", hint: "Did you mean completed?" },
  ],
  ["a misspelt field", { line: LINE, with: ANN, duration: 5 }, 422, { code: "invalid", hint: "Did you mean duration_s?" }],
])("refused: %s", async (_, request, status, error) => {
  const api = freshApi();
  expect(await api.post(CALL, request)).toMatchObject({ status, body: { error } });
  expect((await api.post(CALL, { line: LINE, with: ANN })).body.call.id).toBe("1");
});
