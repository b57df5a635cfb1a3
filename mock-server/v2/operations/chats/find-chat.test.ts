import { findChatPath } from "../../../../contracts/operations";
import { apiClient } from "../../../testing/api-client";
import { ANN, BEN, CAY, DEE, LINE, OTHER_LINE, STRANGER, smallWorld } from "../../../testing/worlds";

// Asserted here, too: A-find-match, A-email-case, A-group-limit.

const api = apiClient({ fixtures: smallWorld });
const NOT_FOUND = { data: { chat: null, messages: [] } };

async function foundId(path: string): Promise<number | undefined> {
  const { status, body } = await api.get(path);
  expect(status).toBe(200);
  return body.data.chat?.id;
}

test("the documented command finds its chat in the shipped world", async () => {
  const { body } = await apiClient().get("/chats/find?phone_number=%2B12052761148&phone_numbers%5B%5D=%2B12055426109");
  expect(body.data.chat).toMatchObject({ id: 46, group: false, service: "iMessage" });
  expect(body.data.chat.chat_handles.map((handle: { phone_number: string }) => handle.phone_number)).toEqual([
    "+12055426109",
    LINE,
  ]);
});

test("the documented answer is given field for field", async () => {
  const { body } = await apiClient().get(findChatPath("+15559876543", ["+15551234567"]));
  expect(body).toEqual({
    data: {
      chat: {
        id: 45,
        display_name: "John Doe",
        service: "iMessage",
        group: false,
        message_count: 15,
        chat_handles: [
          { id: 123, phone_number: "+15551234567", service: "iMessage", joined_at: "2025-05-21T15:30:00.000-05:00" },
          { id: 124, phone_number: "+15559876543", service: "iMessage", joined_at: "2025-05-21T15:30:00.000-05:00" },
        ],
      },
    },
  });
});

test.each([
  ["raw brackets", "phone_numbers[]"],
  ["upper-case encoded brackets", "phone_numbers%5B%5D"],
  ["lower-case encoded brackets", "phone_numbers%5b%5d"],
])("brackets may be written as %s", async (_, name) => {
  expect(await foundId(`/chats/find?phone_number=%2B12052761148&${name}=%2B12055550101`)).toBe(1);
});

test.each([
  ["in another order", [CAY, ANN, BEN]],
  ["with duplicates", [BEN, ANN, BEN, CAY, CAY]],
  ["as ten digits", ["2055550101", "2055550102", "2055550103"]],
  ["as eleven digits", ["12055550103", "12055550101", "12055550102"]],
  ["with the own line among them", [ANN, LINE, BEN, CAY]],
  ["with pluses that were not encoded", [" 12055550101", " 12055550102", " 12055550103"]],
])("a group is found %s", async (_, participants) => {
  expect(await foundId(findChatPath(LINE, participants))).toBe(3);
});

test.each([
  ["a superset", [ANN, BEN, CAY, STRANGER]],
  ["a subset that has no chat of its own", [BEN, CAY]],
  ["one member of groups alone", [BEN]],
  ["a stranger", [STRANGER]],
  ["nobody but the line", [LINE]],
])("%s is not found, with 200", async (_, participants) => {
  const { status, body, hint } = await api.get(findChatPath(LINE, participants));
  expect({ status, body }).toEqual({ status: 200, body: NOT_FOUND });
  expect(hint).toContain("Not found is 200 with data.chat null");
});

test("the line matters", async () => {
  expect(await foundId(findChatPath(LINE, [ANN]))).toBe(1);
  expect(await foundId(findChatPath(OTHER_LINE, [ANN]))).toBe(5);
});

test("an e-mail address is found in any case", async () => {
  expect(await foundId(findChatPath(LINE, [DEE.toUpperCase()]))).toBe(4);
});

test("of several chats of the same people the lowest id is found", async () => {
  const twice = apiClient({
    fixtures: {
      version: 1,
      lines: [{ phone_number: LINE }],
      chats: [
        { id: 9, line: LINE, participants: [ANN] },
        { id: 7, line: LINE, participants: [ANN] },
      ],
    },
  });
  const { body, assumptions } = await twice.get(findChatPath(LINE, [ANN]));
  expect(body.data.chat.id).toBe(7);
  expect(assumptions).toContain("A-find-first");
});

test("an unencoded plus works, with a hint", async () => {
  const { body, hint, assumptions } = await api.get("/chats/find?phone_number=+12052761148&phone_numbers[]=+12055550101");
  expect(body.data.chat.id).toBe(1);
  expect(hint).toContain("Write it as %2B");
  expect(assumptions).toContain("A-plus-space");
});

test("a foreign phone_number finds nothing, and the hint says what belongs there", async () => {
  const { status, body, hint, assumptions } = await api.get(findChatPath(STRANGER, [ANN]));
  expect({ status, body }).toEqual({ status: 200, body: NOT_FOUND });
  expect(hint).toContain(`${STRANGER} is none of your lines`);
  expect(assumptions).toEqual(["A-find-unknown-line"]);
});

test("swapped parameters are recognized", async () => {
  const { body, hint } = await api.get(findChatPath(ANN, [LINE]));
  expect(body).toEqual(NOT_FOUND);
  expect(hint).toContain(`they look swapped: ${LINE} is your line`);
});

test.each([1, 21, 32])("a group of %i is found", async (size) => {
  const participants = Array.from({ length: size }, (_, i) => `+1205555${String(i).padStart(4, "0")}`);
  const crowd = apiClient({ fixtures: { version: 1, lines: [{ phone_number: LINE }], chats: [{ line: LINE, participants }] } });
  expect((await crowd.get(findChatPath(LINE, participants.toReversed()))).body.data.chat.id).toBe(1);
});
