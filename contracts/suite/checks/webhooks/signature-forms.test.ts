import { createHmac } from "node:crypto";
import { MutantRunner } from "../../../testing/mutants/runner";
import { law37 } from "./37-signatures-verify";

let runner: MutantRunner;

beforeAll(async () => {
  runner = await MutantRunner.start();
});
afterAll(() => runner.stop());

test.each([
  ["base64", "the signature of a delivery is right, but in base64 and not in hex"],
  ["hex", undefined],
] as const)("a signature in %s is told as such", async (encoding, reason) => {
  const layer = {
    name: "its signatures are written otherwise",
    delivery: ({
      headers,
      body,
      secret,
    }: {
      headers: Record<string, string>;
      body: string | undefined;
      secret: string | undefined;
    }) => {
      if (secret === undefined) return;
      headers["x-webhook-signature"] = `sha256=${createHmac("sha256", secret)
        .update(body ?? "")
        .digest(encoding)}`;
    },
  };
  const { outcomes } = await runner.report([layer], { asked: [law37] });
  const told = outcomes.find(({ law }) => law === 37);
  expect(told?.verdict).toBe(reason === undefined ? "pass" : "fail");
  expect(told?.reason).toBe(reason);
});
