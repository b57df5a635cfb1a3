import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { run } from "../testing/command";
import { CommandError, readText } from "./input";

const TEXT = '{"log":{"entries":[]}}';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "linq-mock-read-text-"));
  file = join(folder, "calls.har");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a text in UTF-8 is read, with a byte order mark, too", () => {
  for (const text of [TEXT, `\ufeff${TEXT}`, "", "{"]) {
    writeFileSync(file, text);
    expect(readText(file)).toBe(text);
  }
});

const utf16 = Buffer.from(`\ufeff${TEXT}`, "utf16le");
const OTHERS: readonly [string, Buffer, string][] = [
  ["UTF-16", utf16, "is in UTF-16; save it in UTF-8"],
  ["UTF-16 with the high byte first", Buffer.from(utf16).swap16(), "is in UTF-16; save it in UTF-8"],
  ["UTF-16 without a mark", utf16.subarray(2), "is in UTF-16; save it in UTF-8"],
  ["gzip", gzipSync(TEXT), "is compressed with gzip; unpack it first"],
  ["a ZIP archive", Buffer.from("PK\u0003\u0004"), "is a ZIP archive; unpack it first"],
];

test.each(OTHERS)("a file in another encoding is refused by the name of it: %s", (_, bytes, expected) => {
  writeFileSync(file, bytes);
  expect(() => readText(file)).toThrow(new CommandError(`${file} ${expected}`));
});

test.each([[["replay"]], [["contract", "--har"]]])("%j names the encoding of a recording", async (args) => {
  writeFileSync(file, utf16);
  expect(await run([...args, file])).toMatchObject({
    stderr: `linq-mock: ${file} is in UTF-16; save it in UTF-8\n`,
    code: 2,
  });
});
