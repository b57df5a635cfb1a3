import { FileStore, FileVault, type StoredFile } from "./attachments";
import { Memory } from "./memory-limits";

const MB = 1024 * 1024;

function file(size: number): StoredFile {
  return { filename: "a.bin", mimeType: "application/octet-stream", bytes: Buffer.alloc(size) };
}

test("a file is found under the id of its attachment, until it is deleted", () => {
  const store = new FileStore(new FileVault(new Memory(MB)));
  const stored = file(3);
  store.add("a", stored);
  expect(store.get("a")).toEqual(stored);
  expect(store.usage).toEqual({ count: 1, bytes: 3, evicted: 0 });
  store.delete("a");
  expect(store.get("a")).toBeUndefined();
  expect(store.usage).toEqual({ count: 0, bytes: 0, evicted: 0 });
});

test("what is not there can be deleted without harm", () => {
  const store = new FileStore(new FileVault(new Memory(MB)));
  store.add("a", file(3));
  store.delete("b");
  expect(store.usage).toEqual({ count: 1, bytes: 3, evicted: 0 });
});

test("over the limit the oldest files give way, whichever world they are of, and are counted", () => {
  const memory = new Memory(70 * MB);
  const vault = new FileVault(memory);
  const [mine, theirs] = [new FileStore(vault), new FileStore(vault)];
  mine.add("a", file(20 * MB));
  theirs.add("b", file(20 * MB));
  mine.add("c", file(20 * MB));
  mine.add("d", file(25 * MB));
  expect([mine.get("a"), theirs.get("b"), mine.get("c"), mine.get("d")].map((kept) => kept !== undefined)).toEqual([
    ...[false, false, true, true],
  ]);
  expect(mine.usage).toEqual({ count: 2, bytes: 45 * MB, evicted: 1 });
  expect(theirs.usage).toEqual({ count: 0, bytes: 0, evicted: 1 });
  expect([memory.held, memory.dropped.files]).toEqual([45 * MB, 2]);
});

test("a file counts once, for as long as anybody has it", () => {
  const memory = new Memory(70 * MB);
  const store = new FileStore(new FileVault(memory));
  store.add("a", file(3));
  const snapshot = store.copy();
  snapshot.own();
  store.delete("a");
  expect(memory.held).toBe(3);
  const restored = snapshot.copy();
  restored.own();
  snapshot.close();
  expect([memory.held, restored.get("a")?.bytes.length]).toEqual([3, 3]);
  restored.close();
  expect([memory.held, restored.get("a")]).toEqual([0, undefined]);
});

test("a copy has what the original had, and neither sees what the other changes", () => {
  const store = new FileStore(new FileVault(new Memory(MB)));
  store.add("a", file(3));
  const copy = store.copy();
  copy.own();
  store.delete("a");
  copy.add("b", file(4));
  expect([store.usage.bytes, copy.usage.bytes]).toEqual([0, 7]);
  expect(copy.get("a")?.bytes).toHaveLength(3);
});
