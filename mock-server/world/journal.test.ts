import { Journal, type JournalEntry } from "./journal";
import { Memory } from "./memory-limits";

const MB = 1024 * 1024;

function entry(requestId: string, bytes: Partial<Pick<JournalEntry, "answer" | "bodyBytes">> = {}): JournalEntry {
  return {
    requestId,
    at: 0,
    startedAt: 0,
    ms: 1,
    connection: undefined,
    method: "GET",
    url: "/",
    operation: undefined,
    headers: {},
    body: undefined,
    bodyBytes: 0,
    status: 200,
    answer: "",
    hint: undefined,
    assumptions: [],
    ...bytes,
  };
}

function idsOf(journal: Journal): string[] {
  return journal.entries().map(({ requestId }) => requestId);
}

test("entries stand in the order in which they came", () => {
  const journal = new Journal(new Memory(100 * MB));
  for (const id of ["a", "b", "c"]) journal.add(entry(id));
  expect(idsOf(journal)).toEqual(["a", "b", "c"]);
  expect([journal.size, journal.evicted]).toEqual([3, 0]);
});

test("the last 500 are kept, and the rest is counted", () => {
  const journal = new Journal(new Memory(100 * MB));
  for (let i = 1; i <= 3500; i += 1) {
    journal.add(entry(String(i)));
    expect(journal.size).toBe(Math.min(i, 500));
  }
  expect(idsOf(journal)).toEqual(Array.from({ length: 500 }, (_, i) => String(i + 3001)));
  expect(journal.evicted).toBe(3000);
});

test("8 MB are kept, of requests and answers together", () => {
  const journal = new Journal(new Memory(100 * MB));
  for (const id of ["a", "b", "c"]) journal.add(entry(id, { answer: "x".repeat(2 * MB), bodyBytes: MB }));
  expect(idsOf(journal)).toEqual(["b", "c"]);
  expect(journal.evicted).toBe(1);
});

test("the newest is kept, however large, and what comes after it drives it out", () => {
  const journal = new Journal(new Memory(100 * MB));
  journal.add(entry("small"));
  journal.add(entry("large", { bodyBytes: 9 * MB }));
  expect(idsOf(journal)).toEqual(["large"]);
  journal.add(entry("next"));
  expect(idsOf(journal)).toEqual(["next"]);
});

test("a journal that was emptied has room again, and has evicted nothing", () => {
  const journal = new Journal(new Memory(100 * MB));
  for (const id of ["a", "b"]) journal.add(entry(id, { bodyBytes: 5 * MB }));
  journal.clear();
  expect([journal.size, journal.evicted]).toEqual([0, 0]);
  for (const id of ["c", "d"]) journal.add(entry(id, { bodyBytes: 4 * MB }));
  expect(idsOf(journal)).toEqual(["c", "d"]);
});
