import type { FixtureDocument } from "../../../../fixtures/generated/fixture-document";
import { apiClient } from "../../../testing/api-client";
import { ANN, LINE, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-page-past-end, A-delivery, A-error-wording, A-repeated-parameter.

const PATH = "/chats/1/chat_messages";

/** One message each minute from 12:01 to 12:05, ids 1 to 5. */
const conversation: FixtureDocument = {
  version: 1,
  lines: [{ phone_number: LINE }],
  chats: [
    {
      line: LINE,
      participants: [ANN],
      messages: [1, 2, 3, 4, 5].map((minute) => ({
        from: minute % 2 ? ANN : LINE,
        text: `Message ${minute}`,
        sent_at: `2025-07-01T12:0${minute}:00.000-05:00`,
      })),
    },
    { line: LINE, participants: [ANN, "+12055550102"], messages: [{ from: ANN, text: "Elsewhere" }] },
  ],
};

const api = apiClient({ fixtures: conversation });

async function listed(query: string, client = api): Promise<number[]> {
  const { status, body } = await client.get(`${PATH}?${query}`);
  expect(status).toBe(200);
  return body.data.map((message: { id: number }) => message.id);
}

test("the messages of a chat are listed by the time of sending", async () => {
  const { body, assumptions } = await api.get(PATH);
  expect(body.data.map((message: { text: string }) => message.text)).toEqual([
    "Message 1",
    "Message 2",
    "Message 3",
    "Message 4",
    "Message 5",
  ]);
  expect(body.data[0]).toEqual({
    id: 1,
    text: "Message 1",
    sent_at: "2025-07-01T12:01:00.000-05:00",
    delivered_at: "2025-07-01T12:01:00.500-05:00",
    delivery_status: "delivered",
    edited_at: null,
    is_read: true,
    sent_from: ANN,
    chat_handle_id: 1,
    attachments: [],
    reactions: [],
  });
  expect(body.meta).toEqual({ page: 1, total_pages: 1, total_count: 5, per_page: 25 });
  expect(assumptions).toEqual(["A-message-order"]);
});

test.each([
  ["sort=asc", [1, 2, 3, 4, 5]],
  ["sort=desc", [5, 4, 3, 2, 1]],
  ["per_page=2&page=1", [1, 2]],
  ["per_page=2&page=3", [5]],
  ["per_page=2&page=4", []],
  ["per_page=2&page=9007199254740992", []],
  ["per_page=2&page=1&sort=desc", [5, 4]],
  ["per_page=2&page=3&sort=desc", [1]],
  ["per_page=2&page=4&sort=desc", []],
  ["per_page=2&page=99999999999999999999&sort=desc", []],
])("%s lists %j", async (query, ids) => {
  expect(await listed(query)).toEqual(ids);
});

test.each([
  ["before its moment is excluded", "before=2025-07-01T12:03:00.000-05:00", [1, 2]],
  ["after its moment is excluded", "after=2025-07-01T12:03:00.000-05:00", [4, 5]],
  ["a millisecond more includes it", "before=2025-07-01T12:03:00.001-05:00", [1, 2, 3]],
  ["between two moments", "after=2025-07-01T12:01:00-05:00&before=2025-07-01T12:05:00-05:00", [2, 3, 4]],
  ["in UTC", "after=2025-07-01T17:04:00Z", [5]],
  ["with another offset", "after=2025-07-01T19:04:00%2B02:00", [5]],
  ["from the last page backwards", "before=2025-07-01T12:04:00Z&after=2025-07-01T12:01:00-05:00", []],
  ["sorted descending, on page 2", "after=2025-07-01T12:01:00-05:00&sort=desc&per_page=3&page=2", [2]],
  ["when the moments are the wrong way round", "after=2025-07-01T12:04:00-05:00&before=2025-07-01T12:02:00-05:00", []],
  ["without seconds", "after=2025-07-01T12:03-05:00", [4, 5]],
  ["without an offset, which is in UTC", "after=2025-07-01T17:04:00&before=2025-07-01T17:05:00.001", [5]],
  ["without seconds and offset", "before=2025-07-01T17:02", [1]],
  ["of a date alone, its midnight in UTC", "after=2025-07-01&before=2025-07-02", [1, 2, 3, 4, 5]],
  ["in the basic format", "after=20250701T120300-0500&before=20250701T170500Z", [4]],
  ["of a date in the basic format", "after=20250702", []],
  ["since the first year", "after=0001-01-01", [1, 2, 3, 4, 5]],
  ["since a year before 1970", "after=1900-01-01T00:00:00Z", [1, 2, 3, 4, 5]],
  ["until a year after 2099", "before=2100-01-01T00:00:00Z", [1, 2, 3, 4, 5]],
  ["until the last year", "before=9999-12-31T23:59:59Z", [1, 2, 3, 4, 5]],
  ["until the year 0", "before=00000101T000000Z", []],
  ["with a comma, and hours as the offset", "before=2025-07-01T12:03:00,001-05", [1, 2, 3]],
])("a window %s", async (_, query, ids) => {
  expect(await listed(query)).toEqual(ids);
});

test("the total of a window counts what is in it", async () => {
  const { body } = await api.get(`${PATH}?after=2025-07-01T12:02:00-05:00&per_page=2`);
  expect(body.meta).toEqual({ page: 1, total_pages: 2, total_count: 3, per_page: 2 });
});

test("messages of the same time are in the order of their ids", async () => {
  const now = "2025-07-01T13:00:00.000-05:00";
  const still = apiClient({ fixtures: smallWorld, clock: now });
  for (const text of ["a", "b", "c"]) await still.post(PATH, { message: { text } });
  expect(await listed("", still)).toEqual([1, 2, 3, 4]);
  expect(await listed("sort=desc", still)).toEqual([4, 3, 2, 1]);
  expect(await listed(`after=${now}`, still)).toEqual([]);
  expect(await listed(`before=${now}`, still)).toEqual([1]);
});

test("a message that was sent when it was earlier comes first", async () => {
  const past = apiClient({ fixtures: conversation, clock: "2025-07-01T12:02:30.000-05:00" });
  await past.post(PATH, { message: { text: "Between" } });
  expect(await listed("", past)).toEqual([1, 2, 7, 3, 4, 5]);
  expect(await listed("sort=desc&per_page=2&page=2", past)).toEqual([3, 7]);
});

test.each(["101", "99999999999999999999"])("per_page over 100 is served as 100: %s", async (per_page) => {
  const { body, assumptions } = await api.get(`${PATH}?per_page=${per_page}`);
  expect(body.meta.per_page).toBe(100);
  expect(assumptions).toContain("A-page-invalid");
});

test.each([
  ["before=yesterday", "before must be a date-time", "Write ISO 8601"],
  ["after=2025-07", "after must be a date-time", "Write ISO 8601"],
  ["after=2025-0701", "after must be a date-time", "Write ISO 8601"],
  ["after=1751371200", "after must be a date-time", "Write ISO 8601"],
  ["before=2025-02-30T12:00:00Z", "before must be a date-time", "Write ISO 8601"],
  ["before=2025-W15-2", "before must be a date-time", "Write ISO 8601"],
  ["before=2025-098", "before must be a date-time", "Write ISO 8601"],
  ["before=2025-07-01T12:00:60Z", "before must be a date-time", "Write ISO 8601"],
  ["before=%2B275760-01-01", "before must be a date-time", "Write ISO 8601"],
  ["before=20250230", "before must be a date-time", "Write ISO 8601"],
  ["before=2025-07-01T25:00", "before must be a date-time", "Write ISO 8601"],
  ["before=2025-07-01+12:00", "before must be a date-time", "Write ISO 8601"],
  ["before=2025-07-01+12:00:00Z", "before must be a date-time", "Write ISO 8601"],
  ["before=", "before must be a date-time", "Write ISO 8601"],
  ["after=2025-07-01T12:00:00+02:00", "after must be a date-time", "Write it as %2B."],
])("%s is refused with a hint", async (query, detail, advice) => {
  const { status, body, hint, assumptions } = await api.get(`${PATH}?${query}`);
  expect(status).toBe(400);
  expect(body.errors[0].detail).toBe(detail);
  expect(hint).toContain(advice);
  expect(assumptions).toContain("A-message-order");
});

test.each(["sort=up", "sort=", "page=0", "per_page=0", "page=x", "sort=asc&sort=desc"])("%s is refused", async (query) => {
  expect((await api.get(`${PATH}?${query}`)).status).toBe(400);
});

test("whoever polls the first of several pages is told of the others, once read no more", async () => {
  const own = apiClient({ fixtures: conversation });
  const read = async (query: string) => (await own.get(`${PATH}?per_page=2${query}`)).hint;
  expect([await read(""), await read("")]).toEqual([undefined, undefined]);
  expect(await read("")).toBe("This list has 3 pages, and you read only the first again and again; ask for page=2.");
  expect(await read("&page=2")).toBeUndefined();
  expect([await read(""), await read(""), await read("")]).toEqual([undefined, undefined, undefined]);
});

test("a list of one page may be polled", async () => {
  const own = apiClient({ fixtures: conversation });
  for (const _ of [1, 2, 3, 4]) expect((await own.get(PATH)).hint).toBeUndefined();
});

test.each<[method: "get" | "post", path: string, body: object | undefined, status: number]>([
  ["get", "/chats/99/chat_messages?page=0", undefined, 400],
  ["get", "/chats/99/chat_messages?sort=up", undefined, 400],
  ["get", "/chats/99/chat_messages?before=yesterday", undefined, 400],
  ["post", "/chats/99/chat_messages", { message: { text: 7 } }, 400],
  ["post", "/chats/99/chat_messages", { message: { text: " " } }, 404],
  ["post", "/chats/99/chat_messages", { message: { text: "Hi", attachment_urls: ["none"] } }, 422],
])(
  "of %s %s %j what schemas say is judged before the chat, and the rest after it (A-create-status)",
  async (method, path, body, status) => {
    const answer = method === "get" ? await api.get(path) : await api.post(path, body);
    expect(answer.status).toBe(status);
  },
);

test("a chat that does not exist has no list", async () => {
  const { status, body, assumptions } = await api.get("/chats/99/chat_messages");
  expect(status).toBe(404);
  expect(body.errors[0].detail).toBe("Chat not found");
  expect(assumptions).toEqual(["A-404-others"]);
});
