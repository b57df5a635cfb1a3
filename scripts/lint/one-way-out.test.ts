import { PlantedFiles } from "./testing/planted-files";

/* Plants code that would ask a server past the one client, and requires that the lint rule finds each. */

const banned = ['fetch("https://api.example");', "await globalThis.fetch(url);", 'new WebSocket("wss://api.example");'];
const planted = new PlantedFiles("scripts/lint/one-way-out.grit", /Only the client in contracts.client asks a server/);

afterAll(() => planted.remove());

test.each([
  "contracts/suite/checks/lists/planted.ts",
  "contracts/suite/assumptions/planted.ts",
  "contracts/suite/transport.ts",
  "fixtures/pull/planted.ts",
  "fixtures/planted.ts",
  "mock-server/command-line/planted.ts",
])("each is found in %s", async (path) => {
  expect(await planted.complaints(path, [...banned, "fetched();"])).toEqual(banned.map((_, i) => i + 1));
});

test.each(["contracts/suite/planted.test.ts", "mock-server/testing/planted.ts", "scripts/planted.ts"])(
  "none is found in %s",
  async (path) => {
    expect(await planted.complaints(path, banned)).toEqual([]);
  },
);
