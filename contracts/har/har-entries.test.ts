import { TargetError } from "../client/errors";
import { harEntries } from "./har-entries";

const entries = [
  { request: { url: "a" }, note: 'with "quotes", {braces}, ]brackets[ and \\ backslashes' },
  { list: [[1, { a: [] }]], nothing: null },
  { request: { url: "c" } },
];
const text = JSON.stringify({ log: { version: "1.2", pages: [{ entries: [{ no: 1 }] }], entries, comment: "x" } });
const start = text.indexOf('"entries":[{"request"') + '"entries":['.length;

test("a whole file has all its entries", () => {
  expect(harEntries(`\uFEFF${text}`, "x")).toEqual({ entries, lost: 0 });
});

test("a file that is cut off anywhere has the entries that are whole", () => {
  const ends = entries.map((_, i) => start + JSON.stringify(entries.slice(0, i + 1)).length - "[]".length);
  for (let length = start; length < text.length; length += 1) {
    const whole = ends.filter((end) => end <= length).length;
    const isInEntry = whole < entries.length && length > (whole === 0 ? start : (ends[whole - 1] ?? 0) + 1);
    expect({ length, ...harEntries(text.slice(0, length), "x") }).toEqual({
      length,
      entries: entries.slice(0, whole),
      lost: isInEntry ? 1 : 0,
    });
  }
});

test.each([0, 1, 10, start - 1])("a file that is cut off before its entries, after %i characters, is none", (length) => {
  expect(() => harEntries(text.slice(0, length), "calls.har")).toThrow(TargetError);
});

test("a file with a fault in the middle is none", () => {
  expect(() => harEntries(text.replace('"nothing":null', '"nothing":nil'), "calls.har")).toThrow("calls.har is no JSON");
});
