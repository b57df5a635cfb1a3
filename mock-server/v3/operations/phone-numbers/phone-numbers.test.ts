import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, OTHER_LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-code-choice, A-v3-available-number, A-v3-reputation, A-list-order.

const lines = [
  {
    id: 3,
    phone_number: LINE,
    contact_card: { first_name: "Front; Desk", last_name: "A,B", image_url: "https://example.com/a.png" },
  },
  { id: 5, phone_number: OTHER_LINE },
];

function freshApi() {
  return apiClient({ fixtures: { ...smallWorld, lines, foreign_line_ids: [9] } }, "v3");
}

async function idOf(api: ReturnType<typeof freshApi>, line: string): Promise<string> {
  const { body } = await api.get("/phone_numbers");
  return body.phone_numbers.find(({ phone_number }: { phone_number: string }) => phone_number === line).id;
}

test("calls to a line are forwarded, and no more; V2 sees it", async () => {
  const api = freshApi();
  const id = await idOf(api, LINE);
  const put = (forwarding_number: string | null) => api.put(`/phone_numbers/${id}`, { forwarding_number });
  const forwarded = { id, forwarding_number: ANN, phone_number: LINE };
  expect([(await put(ANN)).status, (await put(ANN)).body]).toEqual([200, forwarded]);
  const v2 = await api.get("//api/partner/v2/phone_numbers", { "X-LINQ-INTEGRATION-TOKEN": "test" });
  expect(JSON.stringify(v2.body)).toContain(ANN);
  for (const nothing of ["", null]) expect((await put(nothing)).body).toEqual({ ...forwarded, forwarding_number: null });
});

test("a number that is not E.164 is 400, a line of nobody 404, that of another account 403", async () => {
  const api = freshApi();
  const id = await idOf(api, LINE);
  const refused = await api.put(`/phone_numbers/${id}`, { forwarding_number: "2055550101" });
  expect([refused.status, refused.body.error.code]).toEqual([400, 1002]);
  const unknown = await api.put("/phone_numbers/550e8400-e29b-41d4-a716-446655440000", { forwarding_number: ANN });
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 2019]);
  const { PublicIds } = await import("../../../world/public-ids");
  const foreign = await api.put(`/phone_numbers/${new PublicIds("default").uuidOf("line", 9)}`, { forwarding_number: ANN });
  expect([foreign.status, foreign.body.error.code]).toEqual([403, 2005]);
});

async function reputations(api: ReturnType<typeof freshApi>) {
  const { body } = await api.get("/phone_numbers");
  return body.phone_numbers.map(({ reputation }: { reputation: object }) => reputation);
}

const PAGE = "https://docs.linqapp.com/guides/phone-numbers/reputation";
const HEALTHY = { doc_url: `${PAGE}#healthy`, status: "HEALTHY" };
const AT_RISK = { doc_url: `${PAGE}#at-risk`, status: "AT_RISK" };
const DAY_MS = 86_400_000;

test("50 new chats in 24 hours turn a line AT_RISK, until fewer are of the last day; a reset forgets them, a snapshot does not", async () => {
  const api = freshApi();
  await api.put("//__mock/clock", { freeze: "2026-01-10T12:00:00Z" });
  const open = (i: number) =>
    api.post("/chats", {
      from: LINE,
      to: [`+1415555${String(i).padStart(4, "0")}`],
      message: { parts: [{ type: "text", value: "Hi" }] },
    });
  for (let i = 0; i < 49; i += 1) await open(i);
  await open(0); // that chat is there
  await api.post("//__mock/simulate/message", { line: LINE, from: "+14155550999", text: "I begin" });
  expect(await reputations(api)).toEqual([HEALTHY, HEALTHY]);
  await api.advance(1000);
  await open(49);
  expect(await reputations(api)).toEqual([AT_RISK, HEALTHY]);
  await api.put("//__mock/snapshots/risky");
  await api.advance(DAY_MS - 1001);
  await open(50);
  expect(await reputations(api)).toEqual([AT_RISK, HEALTHY]);
  await api.advance(1);
  expect(await reputations(api)).toEqual([HEALTHY, HEALTHY]);
  await api.post("//__mock/snapshots/risky/restore");
  expect(await reputations(api)).toEqual([AT_RISK, HEALTHY]);
  await api.post("//__mock/reset");
  expect(await reputations(api)).toEqual([HEALTHY, HEALTHY]);
});

test("a line that is FLAGGED is CRITICAL", async () => {
  const api = apiClient(
    { fixtures: { ...smallWorld, lines: [{ id: 3, phone_number: LINE, status: "FLAGGED" }], chats: [] } },
    "v3",
  );
  expect(await reputations(api)).toEqual([{ doc_url: `${PAGE}#critical`, status: "CRITICAL" }]);
});

test("the old path has the same lines, in its own shape", async () => {
  const api = freshApi();
  const { body } = await api.get("/phonenumbers");
  expect(body.phone_numbers[0]).toEqual({
    id: await idOf(api, LINE),
    phone_number: LINE,
    capabilities: { mms: true, sms: true, voice: true },
    country_code: "US",
    type: null,
  });
});

test("the line for somebody new has its card at a URL", async () => {
  const api = freshApi();
  const { body } = await api.get("/available_number");
  expect(body.phone_number).toBe(LINE);
  const { type, bytes } = await api.download(body.vcf_url);
  expect(type).toContain("text/vcard");
  expect(bytes.toString().split("\r\n")).toEqual([
    "BEGIN:VCARD",
    "VERSION:3.0",
    String.raw`N:A\,B;Front\; Desk;;;`,
    String.raw`FN:Front\; Desk A\,B`,
    `TEL;TYPE=CELL:${LINE}`,
    "PHOTO;VALUE=URI:https://example.com/a.png",
    "END:VCARD",
    "",
  ]);
  const other = await api.get(`/available_number?exclude_from=${encodeURIComponent(LINE)},${encodeURIComponent(ANN)}`);
  expect(other.body.phone_number).toBe(OTHER_LINE);
  expect((await api.download(other.body.vcf_url)).bytes.toString()).toContain(`FN:${OTHER_LINE}`);
});

test.each([[`exclude_from=${encodeURIComponent(LINE)},${encodeURIComponent(OTHER_LINE)}`], ["exclude_from=205"], ["to=205"]])(
  "GET /available_number?%s is 400",
  async (query) => {
    const answer = await freshApi().get(`/available_number?${query}`);
    expect([answer.status, answer.body.error.code]).toEqual([400, 1005]);
  },
);
