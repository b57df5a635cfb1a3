import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { startMockServer } from "./server/start-mock-server";
import { smallWorld } from "./testing/worlds";

test("two test files that run in parallel against one server never see each other", async () => {
  const mock = await startMockServer({ fixtures: smallWorld, webhookOrder: "in-order" });
  const run = (name: string) =>
    promisify(execFile)(process.execPath, ["mock-server/testing/parallel-client.mjs", mock.url, name]);
  await Promise.all([run("one"), run("two")]);
  const state = await (await mock.sandbox("default")).state();
  expect(state.chats?.[0]?.messages).toHaveLength(1); // nor did the world without a name
  await mock.stop();
}, 30_000);
