import { readFixtureDocument } from "../../fixtures/load/read-document";
import { stillSettings } from "../testing/worlds";
import { Sandboxes } from "./sandboxes";
import { createSeed } from "./seed";

test("sandboxes whose deliveries never end are ended, even when it was long enough before", async () => {
  let closed = 0;
  const sandboxes = new Sandboxes(
    createSeed(readFixtureDocument({ version: 1 }, { now: 0 }).records, 0),
    stillSettings,
    () => ({
      redeliver: () => undefined,
      delay: () => false,
      drop() {},
      whenIdle: () => new Promise(() => {}),
      close() {
        closed += 1;
        return 0;
      },
    }),
  );
  await sandboxes.close(AbortSignal.abort());
  expect(closed).toBe(1);
});
