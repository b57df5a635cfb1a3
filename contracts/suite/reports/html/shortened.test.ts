import { shortened } from "./shortened";

const asItIs = (value: unknown): unknown => value;
const list = Array.from({ length: 9 }, (_, i) => ({ id: i }));

test("a list keeps its first two entries, and says how many were left out", () => {
  expect(shortened({ data: list }, "", asItIs)).toEqual({ data: [{ id: 0 }, { id: 1 }, "… 7 more"] });
  expect(shortened({ data: list.slice(0, 2) }, "", asItIs)).toEqual({ data: [{ id: 0 }, { id: 1 }] });
});

test("the entry that a pointer goes through is kept, and the lists in it are cut along the pointer", () => {
  const chats = list.map(({ id }) => ({ id, handles: list }));
  expect(shortened({ data: chats }, "/data/5/handles/7/id", asItIs)).toEqual({
    data: [
      { id: 0, handles: [{ id: 0 }, { id: 1 }, "… 7 more"] },
      { id: 1, handles: [{ id: 0 }, { id: 1 }, "… 7 more"] },
      { id: 5, handles: [{ id: 0 }, { id: 1 }, { id: 7 }, "… 6 more"] },
      "… 6 more",
    ],
  });
});

test("only what is kept is masked, and names that were masked change nothing", () => {
  const seen: unknown[] = [];
  const mask = (kept: unknown): unknown => {
    seen.push(kept);
    return JSON.parse(JSON.stringify(kept).replaceAll("secret", "TEXT_1"));
  };
  expect(shortened({ secret: ["secret", 2, 3, "left out"] }, "", mask)).toEqual({ TEXT_1: ["TEXT_1", 2, "… 2 more"] });
  expect(seen).toEqual([{ secret: ["secret", 2] }]);
});

test.each(["text", 7, null, true])("%j is short enough", (value) => {
  expect(shortened(value, "/data/0", asItIs)).toBe(value);
});
