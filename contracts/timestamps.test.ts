import fc from "fast-check";
import { formatTimestamp, parseTimestamp } from "./timestamps";

test.each([
  ["2025-05-21T20:30:00.000Z", "2025-05-21T15:30:00.000-05:00"],
  ["2025-12-05T20:42:06.007Z", "2025-12-05T14:42:06.007-06:00"],
  ["2025-03-09T07:59:59.999Z", "2025-03-09T01:59:59.999-06:00"],
  ["2025-03-09T08:00:00.000Z", "2025-03-09T03:00:00.000-05:00"],
  ["2025-11-02T06:59:59.999Z", "2025-11-02T01:59:59.999-05:00"],
  ["2025-11-02T07:00:00.000Z", "2025-11-02T01:00:00.000-06:00"],
])("%s is written %s", (utc, central) => {
  expect(formatTimestamp(Date.parse(utc))).toBe(central);
});

test("is the time that clocks in Chicago show, and reads back as the same instant", () => {
  const chicago = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Chicago", dateStyle: "short", timeStyle: "medium" });
  const instant = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 0, 1) });
  fc.assert(
    fc.property(instant, (ms) => {
      const written = formatTimestamp(ms);
      expect(written.slice(0, 19).replace("T", " ")).toBe(chicago.format(ms));
      expect(parseTimestamp(written)).toBe(ms);
    }),
  );
});

test.each([
  "yesterday",
  "1",
  "May 1",
  "2025-05-21",
  "2025-05-21T15:30:00",
  "2025-13-01T00:00:00Z",
  "2025-02-30T00:00:00Z",
  "+275760-01-01T00:00:00Z",
  "1969-12-31T23:59:59Z",
  "2100-01-01T00:00:00Z",
])("%s is no time", (text) => {
  expect(parseTimestamp(text)).toBeNaN();
});
