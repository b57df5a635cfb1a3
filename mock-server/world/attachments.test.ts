import { FileStore, type StoredFile } from "./attachments";

const MB = 1024 * 1024;

function file(size: number): StoredFile {
  return { filename: "a.bin", mimeType: "application/octet-stream", bytes: Buffer.alloc(size) };
}

test("a file is found under the id of its attachment, until it is deleted", () => {
  const store = new FileStore();
  const stored = file(3);
  store.add("a", stored);
  expect(store.get("a")).toBe(stored);
  expect(store.usage).toEqual({ count: 1, bytes: 3, evicted: 0 });
  store.delete("a");
  expect(store.get("a")).toBeUndefined();
  expect(store.usage).toEqual({ count: 0, bytes: 0, evicted: 0 });
});

test("what is not there can be deleted without harm", () => {
  const store = new FileStore();
  store.add("a", file(3));
  store.delete("b");
  expect(store.usage).toEqual({ count: 1, bytes: 3, evicted: 0 });
});

test("64 MB are kept; then the oldest give way, and are counted", () => {
  const store = new FileStore();
  for (const id of ["a", "b", "c"]) store.add(id, file(20 * MB));
  expect(store.usage).toEqual({ count: 3, bytes: 60 * MB, evicted: 0 });
  store.add("d", file(25 * MB));
  expect(["a", "b", "c", "d"].map((id) => store.get(id) !== undefined)).toEqual([false, false, true, true]);
  expect(store.usage).toEqual({ count: 2, bytes: 45 * MB, evicted: 2 });
});

test("a copy has what the original had, and neither sees what the other changes", () => {
  const store = new FileStore();
  store.add("a", file(3));
  const copy = store.copy();
  store.delete("a");
  copy.add("b", file(4));
  expect([store.usage.bytes, copy.usage.bytes]).toEqual([0, 7]);
  expect(copy.get("a")?.bytes).toHaveLength(3);
});
