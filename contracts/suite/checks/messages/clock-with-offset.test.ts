import { clockWithOffset } from "./19-before-after-or-at-a-time";

test("each spelling of a moment is the same moment", () => {
  const moment = Date.UTC(2025, 10, 2, 6, 30, 15, 250);
  expect(clockWithOffset(moment, "+05:30")).toBe("2025-11-02T12:00:15.250+05:30");
  expect(clockWithOffset(moment, "-10:00")).toBe("2025-11-01T20:30:15.250-10:00");
  for (const offset of ["+05:30", "-10:00"]) expect(Date.parse(clockWithOffset(moment, offset))).toBe(moment);
});
