import { apiClient } from "../../../testing/api-client";
import { smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-page-past-end, A-error-wording, A-repeated-parameter.

const contacts = [3, 1, 2].map((id) => ({ id, first_name: `Contact ${id}` }));
const fixtures = { ...smallWorld, contacts };
const api = apiClient({ fixtures });

test("contacts are listed by their ids", async () => {
  const { status, body, assumptions } = await api.get("/contacts");
  expect(status).toBe(200);
  expect(body.contacts.map((contact: { id: number }) => contact.id)).toEqual([1, 2, 3]);
  expect(body.contacts[0]).toEqual((await api.get("/contacts/1")).body.data);
  expect(body.pagination).toEqual({ current_page: 1, per_page: 25, total_pages: 1, total_count: 3 });
  expect(assumptions).toEqual(["A-list-order", "A-contact-empty"]);
});

test.each([
  ["page=1", [1, 2]],
  ["page=2", [3]],
  ["page=3", []],
  ["page=99999999999999999999", []],
])("%s of 2 holds %j", async (query, ids) => {
  const { body } = await api.get(`/contacts?per_page=2&${query}`);
  expect(body.contacts.map((contact: { id: number }) => contact.id)).toEqual(ids);
  expect(body.pagination).toMatchObject({ per_page: 2, total_pages: 2, total_count: 3 });
});

test.each(["101", "99999999999999999999"])("per_page over 100 is served as 100: %s", async (per_page) => {
  const { body, assumptions } = await api.get(`/contacts?per_page=${per_page}`);
  expect(body.pagination.per_page).toBe(100);
  expect(assumptions).toContain("A-page-invalid");
});

test.each(["page=0", "page=x", "per_page=0", "page=1&page=2"])("%s is refused", async (query) => {
  const { status, body } = await api.get(`/contacts?${query}`);
  expect(status).toBe(400);
  expect(body).toMatchObject({ status: "error", error_code: "INVALID_PARAMS", message: "Invalid params" });
});

describe("with --pagination clamp", () => {
  const clamping = apiClient({ fixtures, pagination: "clamp" });

  test.each([
    ["page=0", { current_page: 1, per_page: 25 }],
    ["page=-3", { current_page: 1, per_page: 25 }],
    ["page=x", { current_page: 1, per_page: 25 }],
    ["page=2x&per_page=2", { current_page: 2, per_page: 2 }],
    ["per_page=0", { current_page: 1, per_page: 25 }],
    [`page=${"9".repeat(30)}`, { current_page: Number.MAX_SAFE_INTEGER, per_page: 25 }],
  ])("%s is served", async (query, served) => {
    const { status, body, assumptions, hint } = await clamping.get(`/contacts?${query}`);
    expect(hint).toContain("--pagination clamp");
    expect({ status, pagination: body.pagination }).toMatchObject({ status: 200, pagination: served });
    expect(assumptions).toContain("A-page-invalid");
  });

  test("a page that can be is served without an assumption", async () => {
    const { assumptions, hint } = await clamping.get("/contacts?page=2&per_page=1");
    expect(hint).toBeUndefined();
    expect(assumptions).not.toContain("A-page-invalid");
  });
});

test("whoever reads page 1 only, three times, is told of the others", async () => {
  const own = apiClient({ fixtures });
  const read = async () => (await own.get("/contacts?per_page=2")).hint;
  expect([await read(), await read()]).toEqual([undefined, undefined]);
  expect(await read()).toContain("This list has 2 pages");
});
