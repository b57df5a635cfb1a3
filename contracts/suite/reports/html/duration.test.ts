import { duration } from "./duration";

test.each([
  [0, "0 ms"],
  [12.4, "12 ms"],
  [999.4, "999 ms"],
  [999.6, "1.0 s"],
  [1_540, "1.5 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 0 s"],
  [125_000, "2 min 5 s"],
  [3_600_000, "60 min 0 s"],
])("%d ms are %s", (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});
