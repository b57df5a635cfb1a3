import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FixtureChat } from "../../fixtures/generated/fixture-document";
import { writeDocument } from "./write-document";

const folder = mkdtempSync(join(tmpdir(), "linq-mock-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

const chat: FixtureChat = { line: "+12052761148", participants: ["+12055550101"] };

/** What fails after some of it is written. */
function* failing(): Generator<FixtureChat> {
  for (let i = 0; i < 10; i += 1) yield chat;
  throw new Error("the source is gone");
}

function* many(count: number, one: FixtureChat): Generator<FixtureChat> {
  for (let i = 0; i < count; i += 1) yield one;
}

test.each(["kept.json", "kept.yaml"])("what was in %s stays until all of the new is written", async (name) => {
  const path = join(folder, name);
  writeFileSync(path, "what was there");
  await expect(writeDocument({ head: { version: 1 }, chats: failing() }, path)).rejects.toThrow("the source is gone");
  expect(readFileSync(path, "utf8")).toBe("what was there");
  await writeDocument({ head: { version: 1 }, chats: [chat] }, path);
  expect(readFileSync(path, "utf8")).toContain("+12052761148");
  expect(readdirSync(folder).filter((file) => file.endsWith(".unfinished"))).toEqual([]);
});

test("what others must not read gets that mode, whatever stood there before", async () => {
  const path = join(folder, "private.json");
  for (const file of [path, `${path}.unfinished`]) writeFileSync(file, "old", { mode: 0o644 });
  await writeDocument({ head: { version: 1 }, chats: [chat] }, path, { mode: 0o600 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("no YAML is written that could not be read again", async () => {
  const path = join(folder, "long.yaml");
  const long = { ...chat, display_name: "x".repeat(1_000_000) };
  const written = writeDocument({ head: { version: 1 }, chats: many(22, long) }, path);
  await expect(written).rejects.toThrow(`${path} would hold more than the 20 MB of YAML that can be read; write it as .json`);
  expect(readdirSync(folder)).not.toContain("long.yaml");
});
