import { PlantedFiles } from "./testing/planted-files";

/* Plants calls of the machine's clock and of chance, and requires that the lint rule finds each. */

const banned = ["Date.now();", "new Date();", "Math.random();", "setTimeout(() => {}, 1);", "setInterval(() => {}, 1);"];
const allowed = ["new Date(5);", "Date.parse('2025-05-21T15:30:00Z');", "setImmediate(() => {});"];
const planted = new PlantedFiles("scripts/lint/injected-time.grit", /Time and chance are injected/);

afterAll(() => planted.remove());

test.each(["mock-server/world/planted.ts", "mock-server/cli.ts", "mock-server/server/deep/planted.ts"])(
  "each is found in %s",
  async (path) => {
    expect(await planted.complaints(path, [...banned, ...allowed])).toEqual(banned.map((_, i) => i + 1));
  },
);

test.each([
  "mock-server/world/clock.ts",
  "mock-server/server/listen.ts",
  "mock-server/world/planted.test.ts",
  "fixtures/planted.ts",
])("none is found in %s", async (path) => {
  expect(await planted.complaints(path, banned)).toEqual([]);
});
