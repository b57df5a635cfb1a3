import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, DEE, LINE, STRANGER, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-list-order, A-list-scope, A-list-email, A-list-unknown, A-error-wording, A-repeated-parameter.

const api = apiClient({ fixtures: smallWorld });

function listPath(number: string, rest = ""): string {
  return `/chats?phone_number=${encodeURIComponent(number)}${rest}`;
}

async function listedIds(path: string): Promise<number[]> {
  const { status, body } = await api.get(path);
  expect(status).toBe(200);
  return body.data.map((chat: { id: number }) => chat.id);
}

test.each([
  ["a line", LINE, [1, 2, 3, 4]],
  ["a participant, on all lines", ANN, [1, 2, 3, 5]],
  ["a member of groups", BEN, [2, 3]],
  ["an e-mail address", DEE, [4]],
  ["a number in the vendor's short form", "12055550102", [2, 3]],
  ["a stranger", STRANGER, []],
])("lists the chats of %s", async (_, number, ids) => {
  expect(await listedIds(listPath(number))).toEqual(ids);
});

test("pages partition the list", async () => {
  expect(await listedIds(listPath(LINE, "&per_page=3"))).toEqual([1, 2, 3]);
  const { body } = await api.get(listPath(LINE, "&per_page=3&page=2"));
  expect(body.data.map((chat: { id: number }) => chat.id)).toEqual([4]);
  expect(body.meta).toEqual({ page: 2, total_pages: 2, total_count: 4, per_page: 3 });
});

test("without parameters it is page 1 of 25", async () => {
  expect((await api.get(listPath(LINE))).body.meta).toEqual({ page: 1, total_pages: 1, total_count: 4, per_page: 25 });
});

test.each(["500", "99999999999999999999"])("per_page over 100 is served as 100: %s", async (per_page) => {
  const { body, assumptions } = await api.get(listPath(LINE, `&per_page=${per_page}`));
  expect(body.meta.per_page).toBe(100);
  expect(assumptions).toContain("A-page-invalid");
});

test.each([
  ["9999999", 9999999],
  ["9007199254740992", 9007199254740991],
  ["99999999999999999999", 9007199254740991],
])("page %s is empty, with the same total", async (page, served) => {
  const { body, assumptions } = await api.get(listPath(LINE, `&page=${page}`));
  expect(body).toMatchObject({ data: [], meta: { page: served, total_count: 4 } });
  expect(assumptions.includes("A-page-invalid")).toBe(String(served) !== page);
  expect(assumptions).toContain("A-page-past-end");
});

test.each([
  ["&page=0", "page must be at least 1"],
  ["&page=-1", "page must be at least 1"],
  ["&page=1.5", "page must be an integer"],
  ["&page=", "page must be an integer"],
  ["&page=two", "page must be an integer"],
  ["&per_page=0", "per_page must be at least 1"],
  ["&page=1&page=2", "page must be given once"],
])("%s is refused", async (rest, detail) => {
  const { status, body } = await api.get(listPath(LINE, rest));
  expect(status).toBe(400);
  expect(body.errors[0].detail).toBe(detail);
});

test("a participant without a contact is shown by the number, a contact by the name, the line not at all", async () => {
  const { body } = await api.get(listPath(LINE));
  expect(body.data.map((chat: { display_name: string }) => chat.display_name)).toEqual([
    "Ann Archer",
    "Ann Archer, +1 (205) 555-0102",
    "The three",
    "Dee",
  ]);
});

test("whoever reads the first page again and again is told of the others", async () => {
  const { get } = apiClient({ fixtures: smallWorld });
  const read = async (page: number) => (await get(`/chats?phone_number=2052761148&per_page=2&page=${page}`)).hint;
  expect([await read(1), await read(1)]).toEqual([undefined, undefined]);
  expect(await read(1)).toMatch(/ask for page=2/);
  expect([await read(2), await read(1)]).toEqual([undefined, undefined]);
});

test("a plus that became a space in an e-mail address gets a hint (A-number-invalid)", async () => {
  const { status, hint } = await apiClient({ fixtures: smallWorld }).get("/chats?phone_number=dee+x@example.com");
  expect([status, hint]).toEqual([400, "A + in a query string means a space. Write it as %2B."]);
});
