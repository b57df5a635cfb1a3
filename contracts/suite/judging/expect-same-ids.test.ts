import { expectSameIds } from "./expect-same-ids";

const entries = (...ids: number[]): { id: number }[] => ids.map((id) => ({ id }));

test("lists with the same entries are the same in any order", () => {
  expect(() => expectSameIds(entries(3, 1, 2), entries(1, 2, 3), "a list")).not.toThrow();
  expect(() => expectSameIds([], [], "a list")).not.toThrow();
});

test.each([
  ["is missing", entries(1, 3), { expected: "entry 2 among others", received: [1, 3] }],
  ["does not belong there", entries(1, 2, 3, 4), { expected: "no entry 4", received: "entry 4" }],
  ["comes twice", entries(1, 2, 2, 3), { expected: "entry 2 once", received: "entry 2" }],
])("an entry that %s is told", (_, received, evidence) => {
  expect(() => expectSameIds(received, entries(1, 2, 3), "a list")).toThrow(
    expect.objectContaining({ evidence: { what: "a list", pointer: "", ...evidence } }),
  );
});
