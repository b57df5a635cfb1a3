import { RateWindow } from "./rate-window";

const NOW = 1_000_000;

test("one call passes in a span, and is told how long the next must wait", () => {
  const window = new RateWindow(10_000);
  expect(window.enter("a", NOW)).toBe(0);
  expect(window.enter("a", NOW + 1)).toBe(9999);
  expect(window.enter("a", NOW + 9999)).toBe(1);
  expect(window.enter("a", NOW + 10_000)).toBe(0);
  expect(window.enter("a", NOW + 10_001)).toBe(9999);
});

test("of several that may pass, the oldest makes room for the next", () => {
  const window = new RateWindow(10_000, 2);
  expect([window.enter("a", NOW), window.enter("a", NOW + 4000), window.enter("a", NOW + 5000)]).toEqual([0, 0, 5000]);
  expect([window.enter("a", NOW + 10_000), window.enter("a", NOW + 10_001)]).toEqual([0, 3999]);
});

test("a call that must wait does not make the next wait longer", () => {
  const window = new RateWindow(10_000);
  window.enter("a", NOW);
  window.enter("a", NOW + 9000);
  expect(window.enter("a", NOW + 10_000)).toBe(0);
});

test("each key waits for itself", () => {
  const window = new RateWindow(10_000);
  window.enter("a", NOW);
  expect([window.enter("b", NOW), window.enter("a", NOW)]).toEqual([0, 10_000]);
});

test("a clock that went back lets the next call pass", () => {
  const window = new RateWindow(10_000);
  window.enter("a", NOW);
  expect(window.enter("a", NOW - 1)).toBe(0);
});

test("a span of nothing limits nothing", () => {
  const window = new RateWindow(0);
  expect([window.enter("a", NOW), window.enter("a", NOW)]).toEqual([0, 0]);
});

test("who must wait still must after many others came", () => {
  const window = new RateWindow(10_000);
  for (let i = 0; i < 1500; i += 1) window.enter(`old ${i}`, NOW);
  window.enter("a", NOW + 9000);
  for (let i = 0; i < 1500; i += 1) window.enter(`new ${i}`, NOW + 10_000);
  expect(window.enter("a", NOW + 10_000)).toBe(9000);
});

test("a copy remembers, and neither sees what the other lets pass", () => {
  const window = new RateWindow(10_000);
  window.enter("a", NOW);
  const copy = window.copy();
  copy.enter("b", NOW);
  expect([copy.enter("a", NOW), window.enter("b", NOW)]).toEqual([10_000, 0]);
});
