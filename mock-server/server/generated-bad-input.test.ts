import fc from "fast-check";
import { type OperationId, operations } from "../../contracts/generated/v2/operations";
import { type Answer, apiClient } from "../testing/api-client";
import { type BadRequest, badRequests, bodyFields, replaced, show, valueAt } from "../testing/bad-requests";
import { fullWorld, goodRequests } from "../testing/good-requests";
import { ANN, LINE, STRANGER } from "../testing/worlds";

// Asserted here, too: A-list-required, A-error-wording, A-repeated-parameter, A-number-invalid, A-page-invalid,
// A-page-past-end, A-create-status, A-create-numbers, A-create-name, A-text-blank, A-content-type, A-body-limit,
// A-find-missing, A-mixed-parameter, A-id-shape, A-404-others, A-contact-status, A-update-invalid, A-update-owner,
// A-forwarding-missing, A-create-self, A-body-wrapped, A-webhook-events, A-idempotency-scope, A-line-unknown, A-webhook-update, A-form-urlencoded.

const api = apiClient({ fixtures: fullWorld, clock: "2025-12-05T14:40:00-06:00" });
const UNNAMED = { first_name: "", last_name: "", email: "", phone_number: "" };

const ids = Object.keys(operations) as OperationId[];
/** Each operation by its method, and those by PUT by PATCH, too (A-patch). */
const ways = ids.flatMap((id): [OperationId, string][] => {
  const { method, path } = operations[id];
  const isTwin =
    method === "PUT" && !ids.some((other) => operations[other].path === path && operations[other].method === "PATCH");
  return isTwin
    ? [
        [id, method],
        [id, "PATCH"],
      ]
    : [[id, method]];
});
const idsWithBody = ids.filter((id) => goodRequests[id].body !== undefined);
let seeded: string;

beforeAll(async () => {
  seeded = await state();
});

beforeEach(() => reset());

test.each(ways)("%s by %s takes the good request, which has every field and parameter", async (id, method) => {
  const { path, body, status } = goodRequests[id];
  for (const { at } of body === undefined ? [] : bodyFields(id)) expect(valueAt(body, at)).toBeDefined();
  for (const name of Object.keys(operations[id].query)) expect(decodeURIComponent(path)).toContain(`${name}=`);
  expect((await send(id, {}, method)).status).toBe(status);
});

test("PATCH is tried wherever PUT is", () => {
  expect(ways.filter(([, method]) => method === "PATCH").map(([id]) => id)).toEqual([
    "markChatAsRead",
    "patchContact",
    "updatePhoneNumber",
    "updateWebhookSubscription",
  ]);
});

test.each(ways)("%s by %s refuses what it must, takes what it may, and changes nothing when it refuses", async (id, method) => {
  const complaints: string[] = [];
  for (const request of badRequests(id)) {
    const complaint = await complaintAbout(id, request, method);
    if (complaint) complaints.push(`${request.what}: ${complaint.slice(0, 300)}`);
  }
  expect(complaints).toEqual([]);
  expect(await state()).toBe(seeded);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe("a well-formed value that cannot be used", () => {
  test.each<[OperationId, string, unknown, number]>([
    ["createChat", "send_from", "", 400],
    ["createChat", "send_from", STRANGER, 422],
    ["createChat", "send_from", "(205) 276-1148", 422],
    ["createChat", "chat.phone_numbers", [], 422],
    ["createChat", "chat.phone_numbers", [""], 422],
    ["createChat", "chat.phone_numbers", [ANN, " "], 422],
    ["createChat", "chat.phone_numbers", [LINE], 422],
    ["createChat", "message", { text: " " }, 422],
    ["createChat", "message.attachment_urls", ["ftp://a.test/a"], 422],
    ["sendMessage", "message", { text: "" }, 422],
    ["sendMessage", "message", { text: "\n", attachment_urls: [] }, 422],
    ["sendMessage", "message.attachment_urls", ["file:///etc/passwd"], 422],
    ["editMessage", "text", " ", 422],
    ["createReaction", "type", "LIKE", 422],
    ["createReaction", "operation", "toggle", 422],
    ["createReaction", "operation", "remove", 404],
    ["createContact", "contact", { first_name: " ", email: "" }, 422],
    ["patchContact", "contact", { ...UNNAMED, email: null, phone_number: " " }, 422],
    ["createContact", "contact", { company: "Cole's" }, 422],
    ["createContact", "contact.email", "cay", 422],
    ["createContact", "contact.phone_number", "911", 422],
    ["createContact", "user_email", "nobody@example.com", 422],
    ["patchContact", "contact", { ...UNNAMED, company: "Cole's" }, 422],
    ["updatePhoneNumber", "forwarding_number", " ", 422],
    ["updatePhoneNumber", "forwarding_number", "(205) 555-0140", 422],
    ["checkIMessageAvailability", "phone_number", "", 400],
    ["checkIMessageAvailability", "phone_number", "ann@example.com", 422],
    ["createWebhookSubscription", "webhook_subscription.webhook_url", "ftp://a.test/", 422],
    ["createWebhookSubscription", "webhook_subscription.webhook_url", "http://", 422],
    ["createWebhookSubscription", "webhook_subscription.version", 1, 422],
    ["updateWebhookSubscription", "webhook_subscription.events", ["message.lost"], 422],
  ])("is refused by %s: %s = %j with a %i", async (id, field, value, outcome) => {
    const body = JSON.stringify(replaced(goodRequests[id].body, field.split("."), value));
    expect(await complaintAbout(id, { what: field, body, outcome })).toBeUndefined();
  });
});

/** Any but a half of one, as fast-check's own unit `binary`, for which it makes a table of all that there are. */
const anyCharacter = fc.integer({ min: 0, max: 0x10f7ff }).map(
  (n) => String.fromCodePoint(n < 0xd800 ? n : n + 0x800),
  (text) => {
    const [character, ...more] = [...String(text)];
    const point = character?.codePointAt(0);
    if (point === undefined || more.length > 0 || (point >= 0xd800 && point < 0xe000))
      throw new RangeError("it is no character");
    return point < 0xd800 ? point : point - 0x800;
  },
);

test("no JSON in the place of a body or of a field leads to a defect of ours", async () => {
  const anyJson = fc.jsonValue({ stringUnit: anyCharacter, maxDepth: 4 });
  const property = fc.asyncProperty(fc.constantFrom(...idsWithBody), anyJson, fc.nat(), async (id, value, n) => {
    const fields = bodyFields(id);
    const at = fields[n % fields.length]?.at ?? [];
    for (const body of [value, replaced(goodRequests[id].body, at, value)]) await send(id, { body: JSON.stringify(body) });
  });
  await fc.assert(property, { numRuns: 150 });
});

async function state(): Promise<string> {
  return JSON.stringify((await api.get("//__mock/state")).body);
}

async function reset(): Promise<void> {
  await api.send("POST", "//__mock/reset");
}

/** Sends an operation's good request, but for what is given; a `body` of undefined is none. */
function send(id: OperationId, given: Partial<BadRequest> = {}, method: string = operations[id].method): Promise<Answer> {
  const { path, body } = { path: goodRequests[id].path, body: JSON.stringify(goodRequests[id].body), ...given };
  const headers = given.headers ?? (body === undefined ? {} : { "Content-Type": "application/json" });
  return api.send(method, path, { ...(body !== undefined && { body }), headers });
}

/** What is wrong with the answer to a request, if anything. The client itself throws on a 5xx and on what breaks the contract. */
async function complaintAbout(id: OperationId, request: BadRequest, method?: string): Promise<string | undefined> {
  const { outcome, hint } = request;
  const answer = await send(id, request, method).catch(String);
  const isTaken = typeof answer !== "string" && answer.status < 300;
  const isReading = operations[id].method === "GET";
  if (isTaken && !isReading) await reset();
  else if (!isReading && (await state()) !== seeded) return "the state changed";
  if (typeof answer === "string") return answer;
  const { status, body, headers } = answer;
  const fits = outcome === "either" || status === (outcome === "taken" ? goodRequests[id].status : outcome);
  if (!fits) return `${status} instead of ${outcome}: ${show(body)}`;
  if (typeof hint === "string" && !answer.hint?.includes(hint)) return `the hint is ${answer.hint}, not: ${hint}`;
  if (hint === null && answer.hint?.includes("did you mean")) return `the hint is ${answer.hint}`;
  return headers["x-evil"] && "a header was injected";
}
