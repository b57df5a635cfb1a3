import { resolveFixtures } from "../../fixtures/resolve";
import { Sandboxes } from "./sandboxes";
import { createSeed } from "./seed";

test("sandboxes whose deliveries never end are ended, even when it was long enough before", async () => {
  let closed = 0;
  const settings = { clock: { mode: "frozen", instant: 0 }, chance: undefined, rateLimits: true, webhookHosts: [] } as const;
  const sandboxes = new Sandboxes(createSeed(resolveFixtures([])), settings, () => ({
    redeliver: () => undefined,
    settle: () => new Promise(() => {}),
    close() {
      closed += 1;
      return 0;
    },
  }));
  await sandboxes.close(AbortSignal.abort());
  expect(closed).toBe(1);
});
