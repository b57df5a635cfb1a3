import { apiClient } from "../../../testing/api-client";
import { LINE, OTHER_LINE, smallWorld } from "../../../testing/worlds";

// Rests on A-v3-chat-order, A-v3-contact-card-status, A-v3-contact-card-delete, A-v3-code-choice, A-v3-card-limit, A-share-disabled,
// A-error-wording, A-v3-handles-order, A-v3-card-at-once, A-v3-card-shared.

const QUERY = `phone_number=${encodeURIComponent(LINE)}`;
const nora = { first_name: "Nora", last_name: "Field", phone_number: LINE };
const lines = [{ phone_number: LINE, contact_card: false }, { phone_number: OTHER_LINE }];

function freshApi(options = {}) {
  return apiClient({ fixtures: { ...smallWorld, lines }, clock: "2026-01-05T12:00:00Z", ...options }, "v3");
}

test("a card is set up once, active at once, changed field by field, and removed", async () => {
  const api = freshApi();
  const made = await api.post("/contact_card", nora);
  expect([made.status, made.body]).toEqual([200, { ...nora, is_active: true }]);
  const again = await api.post("/contact_card", nora);
  expect([again.status, again.body.error.code]).toEqual([409, 2014]);
  const image_url = "https://example.com/nora.png";
  expect((await api.patch(`/contact_card?${QUERY}`, { image_url })).body).toEqual({ ...nora, is_active: true, image_url });
  expect((await api.get(`/contact_card?${QUERY}`)).body).toEqual({ contact_cards: [{ ...nora, is_active: true, image_url }] });
  expect((await api.delete(`/contact_card?${QUERY}`)).status).toBe(204);
  const gone = await api.get(`/contact_card?${QUERY}`);
  expect([gone.status, gone.body.error.code]).toEqual([404, 2012]);
});

test("a line that a fixture says no more of has a card with its number, or with the name of its user", async () => {
  const users = [{ name: "Ada King Lovelace", email: "ada@example.com" }];
  const withUser = { phone_number: LINE, user: "ada@example.com" };
  const api = apiClient({ fixtures: { version: 1, users, lines: [withUser, { phone_number: OTHER_LINE }] } }, "v3");
  expect((await api.get("/contact_card")).body.contact_cards).toEqual([
    { first_name: "Ada", last_name: "King Lovelace", is_active: true, phone_number: LINE },
    { first_name: OTHER_LINE, is_active: true, phone_number: OTHER_LINE },
  ]);
});

test("what V3 sets up, V2 can share, and what it removes, V2 cannot", async () => {
  const api = freshApi();
  const share = () => api.post("//api/partner/v2/chats/1/share_contact", undefined, { "X-LINQ-INTEGRATION-TOKEN": "test" });
  const listed = await api.get("/chats");
  const chat = listed.body.chats.find(({ handles }: { handles: { handle: string }[] }) => handles[0]?.handle === LINE);
  const shareByV3 = () => api.post(`/chats/${chat.id}/share_contact_card`);
  expect((await share()).status).toBe(422);
  expect((await shareByV3()).body.error.code).toBe(2012);
  await api.post("/contact_card", nora);
  expect((await share()).status).toBe(201);
  const early = await shareByV3();
  expect([early.status, early.body.error.code, early.hint]).toEqual([409, 2015, expect.stringContaining("not written")]);
  await api.post(`/chats/${chat.id}/messages`, { message: { parts: [{ type: "text", value: "Hi" }] } });
  expect((await shareByV3()).status).toBe(204);
  await api.advance(86_399_000);
  const again = await shareByV3();
  expect([again.status, again.body.error.code]).toEqual([409, 2015]);
  await api.advance(1000);
  expect((await shareByV3()).status).toBe(204);
});

test.each(["", "  "])("no change empties the name of a card: %j", async (first_name) => {
  const api = freshApi();
  await api.post("/contact_card", nora);
  const refused = await api.patch(`/contact_card?${QUERY}`, { first_name });
  expect([refused.status, refused.body.error.code]).toEqual([400, 1001]);
  expect((await api.get(`/contact_card?${QUERY}`)).body.contact_cards[0].first_name).toBe("Nora");
});

test("a change to what the card says already counts for nothing, and no event tells of it", async () => {
  const api = freshApi();
  await api.post("/contact_card", nora);
  const before = (await api.get("//__mock/webhook_events")).body.webhook_events.length;
  for (const same of [{}, nora, { last_name: "Field" }, {}, {}]) {
    const { phone_number: _, ...fields } = same as Partial<typeof nora>;
    expect((await api.patch(`/contact_card?${QUERY}`, fields)).status).toBe(200);
  }
  expect((await api.get("//__mock/webhook_events")).body.webhook_events).toHaveLength(before);
});

test("three changes of a line's card pass in ten minutes", async () => {
  const api = freshApi();
  let changes = 0;
  const patch = (line: string) => {
    changes += 1;
    return api.patch(`/contact_card?phone_number=${encodeURIComponent(line)}`, { last_name: `Field ${changes}` });
  };
  await api.post("/contact_card", nora);
  await api.advance(60_000);
  expect([(await patch(LINE)).status, (await patch(LINE)).status]).toEqual([200, 200]);
  const refused = await patch(LINE);
  expect([refused.status, refused.body.error.code, refused.headers["retry-after"]]).toEqual([429, 1007, "540"]);
  expect((await patch(OTHER_LINE)).status).toBe(200);
  await api.advance(540_000);
  expect((await patch(LINE)).status).toBe(200);
  const unlimited = freshApi({ rateLimits: false });
  for (let i = 0; i < 5; i += 1) await unlimited.patch(`/contact_card?phone_number=${encodeURIComponent(OTHER_LINE)}`, nora);
  expect((await unlimited.get("/contact_card")).body.contact_cards).toMatchObject([{ first_name: "Nora" }]);
});

test.each<[string, string, string, object | undefined, number, number]>([
  ["no name", "POST", "/contact_card", { phone_number: LINE }, 400, 1001],
  ["a blank name", "POST", "/contact_card", { phone_number: LINE, first_name: " " }, 400, 1001],
  ["a number that is not E.164", "POST", "/contact_card", { ...nora, phone_number: "2052761148" }, 400, 1002],
  ["a foreign line", "POST", "/contact_card", { ...nora, phone_number: "+12055559999" }, 403, 2006],
  ["a picture without a scheme", "POST", "/contact_card", { ...nora, image_url: "nora.png" }, 400, 5007],
  ["no card", "PATCH", `/contact_card?${QUERY}`, { first_name: "N" }, 404, 2012],
  ["a foreign line", "PATCH", "/contact_card?phone_number=%2B12055559999", { first_name: "N" }, 403, 2006],
  ["no card", "DELETE", `/contact_card?${QUERY}`, undefined, 404, 2012],
  ["a number that is not E.164", "GET", "/contact_card?phone_number=205", undefined, 400, 1002],
])("with %s, %s is refused", async (_, method, path, body, status, code) => {
  const api = freshApi();
  const headers = { "Content-Type": "application/json" };
  const answer = await api.send(method, path, body ? { body: JSON.stringify(body), headers } : {});
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});
